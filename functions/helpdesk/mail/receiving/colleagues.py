"""What colleagues may do by mail: answer customers, note, and pass a customer's mail on (EM-17, 47; pain points 2, 10,
21). Each needs a verified mail and the rights of the moment; without them it is a mail like any other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from helpdesk.access.people import person_actor
from helpdesk.mail.model import ParsedMail
from helpdesk.mail.receiving import forwards
from helpdesk.mail.receiving.found import Found
from helpdesk.mail.receiving.gathering import colleague_row, is_verified_colleague
from helpdesk.mail.receiving.incoming import Incoming
from helpdesk.mail.receiving.threading import Decision
from helpdesk.mail.receiving.writers import Writer
from helpdesk.people.model import Person
from helpdesk.tickets.model import Ticket

Voice = Literal["customer", "reply", "sent", "note"]


def voice_of(incoming: Incoming, found: Found, decision: Decision, ticket: Ticket) -> Voice:
    """As what the mail speaks on its ticket.

    `reply` goes out to the customer, `sent` is one that he has from the colleague himself already, and what a
    colleague writes without a secret of ours (a signed address, an id that we made) is a `note`.
    """
    person = found.person
    may = incoming.policy.agents_answer and is_verified_colleague(incoming, person)
    if not may or not person or ticket.requester["id"] == person.id or not _may_write(person):
        return "customer"
    reached = {one.email for one in (*incoming.mail.to, *incoming.mail.cc)}
    if ticket.requester["email"] in reached:
        return "sent"
    return "reply" if decision.ours else "note"


def passed_on(incoming: Incoming, person: Person | None) -> tuple[Incoming, str] | None:
    """The customer's mail in a colleague's forward, and what he wrote above it; None if it is none, or he may not.

    He says so by `@fwd` on the first line, or by writing to the mailbox's `+fwd` address.
    """
    mail, asked = incoming.mail, forwards.asks(incoming.mail, incoming.receipt.recipients, incoming.mailboxes)
    if not asked or not incoming.policy.agents_forward or not is_verified_colleague(incoming, person):
        return None
    inner = forwards.original_in(mail)
    if not person or not _may_write(person) or inner is None or inner.mail.from_ is None:
        return None
    theirs = replace(
        inner.mail,
        message_id=mail.message_id,
        content_hash=mail.content_hash,
        references=_references(inner.mail),
        automatic=frozenset[str](),
        bounce=None,
    )
    writer = Writer(inner.mail.from_, incoming.sender)
    return replace(incoming, mail=theirs, writer=writer, forwarded_by=person), inner.remark


def _references(inner: ParsedMail) -> tuple[str, ...]:
    """The thread of the customer's mail with its own id, so that what he writes later finds the ticket."""
    return tuple(dict.fromkeys([*inner.references, *([inner.message_id] if inner.message_id else [])]))


def _may_write(person: Person) -> bool:
    return person_actor(colleague_row(person)).may("tickets:write")
