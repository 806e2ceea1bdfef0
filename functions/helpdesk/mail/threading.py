"""Which ticket a mail belongs to: a pure decision that says why (EM-01..05, 09, 10; pain points 1, 4, 7, 8,
11).

The subject never brings a mail to a ticket: numbers in it can be guessed, and people reply under any subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from helpdesk.mail.subjects import base_subject


@dataclass(frozen=True, slots=True)
class KnownMessage:
    """A Message-ID (normalised) that some ticket has stored; `ours` if we sent that mail."""

    message_id: str
    ticket_id: str
    ours: bool


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """What the decision needs of a ticket that some evidence names; `participants` = requester and cc,
    normalised.
    """

    ticket_id: str
    participants: frozenset[str]
    category: str
    updated_at: datetime
    subject: str = ""
    trashed: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that speaks for a ticket. `known` holds what the store found for the ids of `references` and
    `in_reply_to`.

    `envelope_ticket` and `header_ticket` come from signed reply addresses (`addresses.ticket_of`) among the
    envelope recipients and the To/Cc headers. A ticket without facts in `tickets` (deleted, purged) is as if
    never named.
    """

    sender: str | None
    references: tuple[str, ...] = ()
    in_reply_to: tuple[str, ...] = ()
    known: tuple[KnownMessage, ...] = ()
    tickets: Mapping[str, TicketFacts] = field(default_factory=dict)
    envelope_ticket: str | None = None
    header_ticket: str | None = None
    subject: str = ""
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """`ticket_id` None means a new ticket, linked to `link_to` where that is given; `reason` is for people to
    read.
    """

    ticket_id: str | None
    reason: str
    link_to: str | None = None
    third_party: bool = False


@dataclass(frozen=True, slots=True)
class _Hit:
    ticket: TicketFacts
    reason: str
    ours: bool


def decide(evidence: Evidence) -> Decision:
    """The ticket of a mail: signed reply address, then References right to left, then every In-Reply-To.

    The first hit that the sender may follow wins: an own id or a signed address lets anybody in (as a third
    party), a foreign id only participants. If there are but foreign hits for a stranger, the mail opens a
    ticket linked to the first of them (a newsletter's readers must not meet in one ticket). So does a changed
    subject on a closed one, and any mail to one in the trash: nothing comes back from there by itself.
    """
    hits = tuple(_hits(evidence))
    chosen = next((hit for hit in hits if hit.ours or _takes_part(evidence, hit.ticket)), None)
    if chosen is None:
        return _open_beside(hits)
    if chosen.ticket.trashed:
        return Decision(None, f"{chosen.reason}, but the ticket is in the trash", link_to=chosen.ticket.ticket_id)
    if _is_new_topic(evidence, chosen.ticket):
        reason = f"{chosen.reason}, but the ticket is closed and the subject is another"
        return Decision(None, reason, link_to=chosen.ticket.ticket_id)
    return Decision(chosen.ticket.ticket_id, chosen.reason, third_party=not _takes_part(evidence, chosen.ticket))


def _open_beside(hits: tuple[_Hit, ...]) -> Decision:
    if not hits:
        return Decision(None, "nothing in it names a ticket")
    reason = f"{hits[0].reason}, but the sender does not take part in that ticket"
    return Decision(None, reason, link_to=hits[0].ticket.ticket_id)


def _hits(evidence: Evidence) -> Iterator[_Hit]:
    for ticket_id, where in ((evidence.envelope_ticket, "envelope"), (evidence.header_ticket, "header")):
        if ticket_id and ticket_id in evidence.tickets:
            yield _Hit(evidence.tickets[ticket_id], f"signed reply address in the {where}", ours=True)
    for message_id in reversed(evidence.references):
        yield from _matches(evidence, message_id, "References")
    for message_id in evidence.in_reply_to:
        yield from _matches(evidence, message_id, "In-Reply-To")


def _matches(evidence: Evidence, message_id: str, header: str) -> Iterator[_Hit]:
    if not message_id:
        return
    found = [
        _Hit(evidence.tickets[known.ticket_id], _reason(header, known), known.ours)
        for known in evidence.known
        if known.message_id == message_id and known.ticket_id in evidence.tickets
    ]
    yield from sorted(found, key=lambda hit: (hit.ticket.updated_at, hit.ticket.ticket_id), reverse=True)


def _reason(header: str, known: KnownMessage) -> str:
    return f"{header} matched {'our own' if known.ours else 'the foreign'} id {known.message_id}"


def _takes_part(evidence: Evidence, ticket: TicketFacts) -> bool:
    return evidence.sender is not None and evidence.sender in ticket.participants


def _is_new_topic(evidence: Evidence, ticket: TicketFacts) -> bool:
    if evidence.automatic or ticket.category != "closed":
        return False
    return bool(base_subject(evidence.subject)) and base_subject(evidence.subject) != base_subject(ticket.subject)
