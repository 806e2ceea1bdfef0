"""From what a mail names to the evidence about tickets: their facts, who takes part, who may write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from helpdesk.access.people import person_actor
from helpdesk.access.policy import may_see
from helpdesk.core import clock
from helpdesk.mail import addresses, marks
from helpdesk.mail.keys import mail_key
from helpdesk.mail.receiving.evidence import Evidence, KnownMessage, Named, TicketFacts
from helpdesk.mail.receiving.found import Found
from helpdesk.mail.receiving.incoming import Incoming
from helpdesk.mail.receiving.verdicts import VERIFIED
from helpdesk.people.model import Person
from helpdesk.settings.defaults import DONE
from helpdesk.tickets import store as ticket_store
from helpdesk.tickets import thread
from helpdesk.tickets.model import Ticket

LATE = timedelta(minutes=10)
"""How much later than its answer a mail may come to be joined with it (EM-23)."""


def gather(incoming: Incoming, found: Found) -> Evidence:
    """What speaks for a ticket. One round trip, and one for each step of the longest chain of merges."""
    mail = incoming.mail
    envelope = _signed_ticket(incoming, incoming.receipt.recipients)
    header = _signed_ticket(incoming, [one.email for one in (*mail.to, *mail.cc)])
    known = tuple(known_ids(incoming, found))
    named = tuple(named_tickets(incoming, found))
    wanted = {one.ticket_id for one in known} | {one.ticket_id for one in named}
    wanted |= {one for one in (envelope, header) if one}
    tickets = ticket_store.get_tickets(incoming.org_id, sorted(wanted)) if wanted else {}
    ends = thread.living(incoming.org_id, tickets)
    facts = {id_: _facts(ticket, ends[id_]) for id_, ticket in tickets.items()}
    return Evidence(
        sender=incoming.sender,
        references=mail.references,
        in_reply_to=mail.in_reply_to,
        known=known,
        tickets=_with_sender(incoming.sender, found.person, facts, [*tickets.values(), *ends.values()]),
        envelope_ticket=envelope,
        header_ticket=header,
        subject=mail.subject,
        automatic=incoming.automatic and not incoming.trusted,
        named=named,
        writable=_writable(incoming, found.person, ends.values()),
        received_at=clock.parse(incoming.receipt.received_at),
        policy=incoming.policy,
    )


def late_ticket(incoming: Incoming, found: Found) -> str | None:
    """The ticket of an answer to this very mail that came less than ten minutes before it."""
    row = found.ids.get(incoming.message_id)
    if not row or not row.get("alias"):
        return None
    age = clock.parse(incoming.receipt.received_at) - clock.parse(row["at"])
    ticket_id: str = row["ticket_id"]
    return ticket_id if age <= LATE else None


def known_ids(incoming: Incoming, found: Found) -> Iterator[KnownMessage]:
    """What is known of the ids of its thread; a side conversation's lead nowhere else."""
    for id_ in (*incoming.mail.references, *incoming.mail.in_reply_to):
        row = found.ids.get(id_)
        if row and not row.get("side_id"):
            yield KnownMessage(id_, row["ticket_id"], row["ours"])


def named_tickets(incoming: Incoming, found: Found) -> Iterator[Named]:
    """What else names a ticket, in the order of its weight."""
    mail, key, rule = incoming.mail, mail_key(), found.key
    if ticket_id := marks.marked(mail, key):
        yield Named("body", "signed mark", ticket_id, "a signed mark in the text")
    if incoming.policy.attachment_tokens and (ticket_id := marks.marked_in_files(mail, key)):
        yield Named("attachment", "signed mark", ticket_id, "a signed mark in a text file")
    if rule and (row := found.ids.get(rule.id)):
        says = f"a rule of the policy: {rule.says}" + (", which is over" if rule.recovery else "")
        yield Named("rule", rule.says, row["ticket_id"], says, admits=True, recovery=rule.recovery)
    for number, ticket_id in found.numbers.items():
        yield Named("subject", f"#{number}", ticket_id, f"the number #{number} in the subject")
    if late := late_ticket(incoming, found):
        yield Named("late", incoming.message_id, late, "the ticket began with an answer to this mail, which came later")


def _signed_ticket(incoming: Incoming, recipients: Iterable[str]) -> str | None:
    key = mail_key()
    named = (addresses.ticket_of(one, incoming.mailboxes, key) for one in recipients)
    return next((ticket_id for ticket_id in named if ticket_id), None)


def _facts(ticket: Ticket, end: Ticket) -> TicketFacts:
    """What a ticket that was merged says is that its mail goes to `end`, for its people and under its subject."""
    return TicketFacts(
        ticket_id=end.id,
        participants=frozenset(one for it in (ticket, end) for one in (it.requester["email"], *it.cc)),
        category=end.category,
        updated_at=clock.parse(end.updated_at),
        subject=ticket.subject,
        trashed=bool(end.trashed_at),
        done_at=clock.parse(end.status_changed_at) if end.category in DONE else None,
    )


def _with_sender(
    sender: str, person: Person | None, facts: dict[str, TicketFacts], tickets: list[Ticket]
) -> Mapping[str, TicketFacts]:
    """The facts with the sender among the participants where he is one under another address of his."""
    if not person:
        return facts
    his = {person.id, *person.emails}
    in_these = {it.id for it in tickets if it.requester["id"] in his or not his.isdisjoint(it.cc)}
    return {
        id_: replace(one, participants=one.participants | {sender}) if {id_, one.ticket_id} & in_these else one
        for id_, one in facts.items()
    }


def _writable(incoming: Incoming, person: Person | None, tickets: Iterable[Ticket]) -> frozenset[str]:
    """The tickets that a colleague may write to now; none unless his mail is verified and by himself (EM-17)."""
    if not incoming.policy.agents_answer or not is_verified_colleague(incoming, person):
        return frozenset()
    actor = person_actor(colleague_row(person))
    return frozenset(it.id for it in tickets if actor.may("tickets:write") and may_see(actor, it))


def is_verified_colleague(incoming: Incoming, person: Person | None) -> bool:
    """True for mail that a colleague himself wrote, as far as DMARC can say so."""
    staff = person is not None and person.kind == "agent" and not person.disabled
    return staff and incoming.trust["level"] == VERIFIED and not incoming.automatic


def colleague_row(person: Person | None) -> dict[str, Any]:
    """The person as `access` reads him."""
    return asdict(person) if person else {}
