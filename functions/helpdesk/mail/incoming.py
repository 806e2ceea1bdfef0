"""A mail on its way in: what SES said, what the parser read, how it is classed, and what speaks for a ticket."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from helpdesk.core import clock
from helpdesk.mail import addresses, intake, loops, message_ids, threading
from helpdesk.mail.keys import mail_key
from helpdesk.mail.ledger import Received
from helpdesk.mail.loops import Classification
from helpdesk.mail.model import ParsedMail, QuarantineCause
from helpdesk.mail.receipt import Receipt
from helpdesk.people import store as people_store
from helpdesk.tickets import store as ticket_store
from helpdesk.tickets import thread
from helpdesk.tickets.model import Ticket

_NOBODY = "unknown@sender.invalid"  # RFC 2606: nobody can own it


@dataclass(frozen=True)
class Incoming:
    """One mail and all that is known of it; `message_id` is the id that we store for it."""

    org_id: str
    receipt: Receipt
    mail: ParsedMail
    kind: Classification
    message_id: str
    mailboxes: tuple[str, ...]
    released: bool = False

    @property
    def sender(self) -> str:
        """The address of whoever wrote."""
        requester = intake.requester_of(self.mail, self.mailboxes)
        return requester.email if requester else _NOBODY

    @property
    def sender_name(self) -> str | None:
        """His name, if the mail tells it."""
        requester = intake.requester_of(self.mail, self.mailboxes)
        return requester.name if requester else None

    @property
    def counts(self) -> bool:
        """True if it may reopen a ticket and shows as the customer's last word."""
        return self.released or self.kind.reopens

    @property
    def automatic(self) -> bool:
        """True if a machine wrote it."""
        return bool(self.kind.automatic) or self.kind.bounce

    @property
    def domain(self) -> str:
        """The domain of our ids."""
        return self.mailboxes[0].rpartition("@")[2]

    def renamed(self) -> Incoming:
        """Another mail under a Message-ID that is known (pain point 5): it gets an id of its own content."""
        own = message_ids.from_raw(self.mail.content_hash.encode(), self.domain)
        return replace(self, message_id=own)


def incoming_of(
    org_id: str, receipt: Receipt, raw: bytes, mail: ParsedMail, mailboxes: tuple[str, ...], *, released: bool
) -> Incoming:
    """Class a parsed mail."""
    key = mail_key()
    kind = loops.classify(
        mail,
        mailboxes,
        lambda id_: message_ids.verify(id_, key) is not None,
        lambda value: loops.is_loop_header(value, org_id, key),
        receipt.envelope_from,
    )
    domain = mailboxes[0].rpartition("@")[2]
    message_id = mail.message_id or message_ids.from_raw(raw, domain)
    return Incoming(org_id, receipt, mail, kind, message_id, mailboxes, released)


def quarantine_cause(incoming: Incoming) -> QuarantineCause | None:
    """Why a person has to look first, or None."""
    verdicts = incoming.receipt.verdicts
    if verdicts["virus"] == "FAIL":
        return QuarantineCause.VIRUS
    if verdicts["spam"] == "FAIL":
        return QuarantineCause.SPAM
    if not any(addresses.is_ours(one, incoming.mailboxes) for one in incoming.receipt.recipients):
        return QuarantineCause.UNKNOWN_RECIPIENT
    return intake.quarantine_cause(incoming.mail, incoming.mailboxes)


def gather_evidence(incoming: Incoming, found: Mapping[str, Mapping[str, Any]]) -> threading.Evidence:
    """What speaks for a ticket; `found` is what the store has for the ids that the mail names. One round trip."""
    mail = incoming.mail
    envelope = _signed_ticket(incoming.receipt.recipients, incoming.mailboxes)
    header = _signed_ticket([one.email for one in (*mail.to, *mail.cc)], incoming.mailboxes)
    known = tuple(
        threading.KnownMessage(id_, row["ticket_id"], row["ours"])
        for id_, row in found.items()
        if not row.get("side_id")
    )
    wanted = {one.ticket_id for one in known} | {one for one in (envelope, header) if one}
    tickets = ticket_store.get_tickets(incoming.org_id, sorted(wanted)) if wanted else {}
    ends = thread.living(incoming.org_id, tickets)
    facts = {id_: _facts(ticket, ends[id_]) for id_, ticket in tickets.items()}
    return threading.Evidence(
        sender=incoming.sender,
        references=mail.references,
        in_reply_to=mail.in_reply_to,
        known=known,
        tickets=_with_sender(incoming, facts, [*tickets.values(), *ends.values()]),
        envelope_ticket=envelope,
        header_ticket=header,
        subject=mail.subject,
        automatic=incoming.automatic,
    )


def ledger_row(incoming: Incoming) -> Received:
    """The mail's row in the ledger, but for its outcome."""
    mail, receipt = incoming.mail, incoming.receipt
    return Received(
        id=receipt.mail_id,
        org_id=incoming.org_id,
        received_at=receipt.received_at,
        object_key=receipt.object_key,
        outcome="",
        envelope_from=receipt.envelope_from,
        recipients=receipt.recipients[:100],
        sender=mail.from_.email if mail.from_ else None,
        subject=mail.subject[:250],
        message_id=mail.message_id,
        size=mail.size,
        defects=mail.defects[:20],
        verdicts=receipt.verdicts,
        parser_version=mail.parser_version,
    )


def _signed_ticket(recipients: Iterable[str], mailboxes: tuple[str, ...]) -> str | None:
    key = mail_key()
    named = (addresses.ticket_of(one, mailboxes, key) for one in recipients)
    return next((ticket_id for ticket_id in named if ticket_id), None)


def _facts(ticket: Ticket, end: Ticket) -> threading.TicketFacts:
    """What a ticket that was merged says is that its mail goes to `end`, for its people and under its subject."""
    participants = frozenset(one for it in (ticket, end) for one in (it.requester["email"], *it.cc))
    at, trashed = clock.parse(end.updated_at), bool(end.trashed_at)
    return threading.TicketFacts(end.id, participants, end.category, at, ticket.subject, trashed=trashed)


def _with_sender(
    incoming: Incoming, facts: dict[str, threading.TicketFacts], tickets: list[Ticket]
) -> dict[str, threading.TicketFacts]:
    """The facts with the sender among the participants where he is one under another address of his.

    A round trip, only for senders whom some ticket does not know.
    """
    sender = incoming.sender
    if not facts or all(sender in one.participants for one in facts.values()):
        return facts
    person = people_store.find_by_email(incoming.org_id, sender)
    if not person:
        return facts
    his = {person.id, *person.emails}
    in_these = {it.id for it in tickets if it.requester["id"] in his or not his.isdisjoint(it.cc)}
    return {
        id_: replace(one, participants=one.participants | {sender}) if {id_, one.ticket_id} & in_these else one
        for id_, one in facts.items()
    }
