"""Which ticket a mail belongs to: a pure decision that says why (EM-01..05, 07..16; pain points 1, 4, 7, 8,
11). docs/mail.md has it as a table.

A subject never brings a stranger to a ticket: numbers in it can be guessed, and people reply under any subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from helpdesk.mail.receiving.evidence import Evidence, KnownMessage, Named, TicketFacts
from helpdesk.mail.subjects import base_subject
from helpdesk.settings.defaults import DONE

__all__ = ["Decision", "Evidence", "KnownMessage", "Named", "TicketFacts", "decide"]

MOST_TOLD = 10
_NOTHING = "nothing in it names a ticket"


@dataclass(frozen=True, slots=True)
class Decision:
    """`ticket_id` None means a new ticket, linked to `link_to` where that is given; `reason` is for people to
    read.

    `ours`: a secret of ours (signed address or id) decided. `evidence` is all that named a ticket, as the API
    shows it.
    """

    ticket_id: str | None
    reason: str
    link_to: str | None = None
    third_party: bool = False
    ours: bool = False
    recovery: bool = False
    evidence: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class _Hit:
    ticket: TicketFacts
    source: str
    value: str
    reason: str
    ours: bool = False
    admits: bool = False
    recovery: bool = False


def decide(evidence: Evidence) -> Decision:
    """The ticket of a mail: signed reply address, References right to left, every In-Reply-To, and `named` in order.

    The first hit that the sender may follow wins: an own id or a signed address lets anybody in (as a third
    party), all else only participants. If there are but hits that do not admit a stranger, the mail opens a
    ticket linked to the first of them (a newsletter's readers must not meet in one ticket). So it does where the
    policy or the trash speaks against the ticket.
    """
    hits = tuple(_hits(evidence))
    chosen = next((hit for hit in hits if hit.ours or hit.admits or _takes_part(evidence, hit.ticket)), None)
    decision = _judged(evidence, hits, chosen)
    told = tuple(
        {"source": hit.source, "value": hit.value[:200], "ticket_id": hit.ticket.ticket_id, "used": hit is chosen}
        for hit in hits[:MOST_TOLD]
    )
    return replace(decision, evidence=told)


def _judged(evidence: Evidence, hits: tuple[_Hit, ...], chosen: _Hit | None) -> Decision:
    if not hits:
        return Decision(None, _NOTHING)
    if chosen is None:
        reason = f"{hits[0].reason}, but the sender does not take part in that ticket"
        return Decision(None, reason, link_to=hits[0].ticket.ticket_id)
    if objection := _objection(evidence, chosen):
        return Decision(None, f"{chosen.reason}, but {objection}", link_to=chosen.ticket.ticket_id)
    third_party = not (chosen.admits or _takes_part(evidence, chosen.ticket))
    return Decision(
        chosen.ticket.ticket_id,
        chosen.reason,
        third_party=third_party,
        ours=chosen.ours,
        recovery=chosen.recovery,
    )


def _objection(evidence: Evidence, hit: _Hit) -> str | None:
    """What keeps the mail from the ticket that it names; automatic mail goes wherever it names."""
    ticket, days = hit.ticket, evidence.policy.closed_ticket_days
    if ticket.trashed:
        return "the ticket is in the trash"
    if hit.source == "rule":
        return f"the ticket is {ticket.category}" if ticket.category in DONE and not hit.recovery else None
    if evidence.automatic:
        return None
    age = evidence.received_at - ticket.done_at if evidence.received_at and ticket.done_at else timedelta(0)
    if days is not None and ticket.category in DONE and age > timedelta(days=days):
        return f"the ticket has been {ticket.category} for more than {days} days"
    return _other_topic(evidence, hit) if _is_another(evidence.subject, ticket.subject, hit) else None


def _other_topic(evidence: Evidence, hit: _Hit) -> str | None:
    policy, stranger = evidence.policy.changed_subject, not _takes_part(evidence, hit.ticket)
    if policy == "same":
        return None
    if policy == "new":
        return "the subject is another"
    if hit.ticket.category == "closed":
        return "the ticket is closed and the subject is another"
    by_id = hit.source in ("references", "in_reply_to")
    return "the sender does not take part in it and the subject is another" if stranger and by_id else None


def _is_another(subject: str, of_ticket: str, hit: _Hit) -> bool:
    return hit.source != "subject" and bool(base_subject(subject)) and base_subject(subject) != base_subject(of_ticket)


def _hits(evidence: Evidence) -> Iterator[_Hit]:
    for ticket_id, where in ((evidence.envelope_ticket, "envelope"), (evidence.header_ticket, "header")):
        if ticket_id and ticket_id in evidence.tickets:
            reason = f"signed reply address in the {where}"
            yield _Hit(evidence.tickets[ticket_id], where, "signed reply address", reason, ours=True)
    for message_id in reversed(evidence.references):
        yield from _matches(evidence, message_id, "References")
    for message_id in evidence.in_reply_to:
        yield from _matches(evidence, message_id, "In-Reply-To")
    for one in evidence.named:
        if one.ticket_id in evidence.tickets:
            ticket = evidence.tickets[one.ticket_id]
            yield _Hit(ticket, one.source, one.value, one.says, admits=one.admits, recovery=one.recovery)


def _matches(evidence: Evidence, message_id: str, header: str) -> Iterator[_Hit]:
    if not message_id:
        return
    source = header.lower().replace("-", "_")
    found = [
        _Hit(evidence.tickets[known.ticket_id], source, message_id, _reason(header, known), ours=known.ours)
        for known in evidence.known
        if known.message_id == message_id and known.ticket_id in evidence.tickets
    ]
    yield from sorted(found, key=lambda hit: (hit.ticket.updated_at, hit.ticket.ticket_id), reverse=True)


def _reason(header: str, known: KnownMessage) -> str:
    return f"{header} matched {'our own' if known.ours else 'the foreign'} id {known.message_id}"


def _takes_part(evidence: Evidence, ticket: TicketFacts) -> bool:
    return ticket.ticket_id in evidence.writable or (
        evidence.sender is not None and evidence.sender in ticket.participants
    )
