"""From a raw mail to a message, a duplicate, an own loop or the quarantine: exactly one of them (invariant 3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from helpdesk.access.actor import Actor, cause_of, system
from helpdesk.core import blobs
from helpdesk.core.config import config
from helpdesk.core.errors import Conflict, Unavailable
from helpdesk.core.events import Cause
from helpdesk.core.table import Action, ConditionFailed, transact
from helpdesk.core.tries import tries
from helpdesk.mail import addresses, ledger, returned, side_letters, store, threading
from helpdesk.mail.incoming import Incoming, gather_evidence, incoming_of, ledger_row, quarantine_cause
from helpdesk.mail.ledger import Received
from helpdesk.mail.model import ParsedMail
from helpdesk.mail.parse import parse
from helpdesk.mail.receipt import Receipt, receipt_of
from helpdesk.mail.words import message_of
from helpdesk.people.service import contact_for
from helpdesk.settings.service import organisation
from helpdesk.tickets import service
from helpdesk.tickets.copies import join_copies
from helpdesk.tickets.edit import Edit, add_message
from helpdesk.tickets.model import Message, Ticket

_TRIES = 5
_MOST_CC = 20
Compose = Callable[[Ticket, dict[str, Any]], tuple[Message, Sequence[Action]]]


def receive(body: str) -> Received:
    """Take one receipt notification; a redelivered one gives the row that it has."""
    receipt = receipt_of(body)
    org_id = config().org_id
    if done := ledger.find(org_id, receipt.mail_id):
        return done
    incoming = _read(org_id, receipt, released=False)
    row = ledger_row(incoming)
    if incoming.kind.own_loop:
        known = store.find_mail_ids(org_id, [incoming.message_id]).get(incoming.message_id, {})
        done = replace(row, outcome="own_loop", reason="it carries our own mark")
        return _alone(done, ticket_id=known.get("ticket_id"))
    if cause := quarantine_cause(incoming):
        return _alone(replace(row, outcome="quarantine", cause=str(cause)))
    return _deliver(incoming, row)


def release(actor: Actor, mail_id: str) -> dict[str, Any]:
    """Make a ticket or message of a mail in quarantine, whatever held it there.

    Raises
    ------
    Conflict
        when the mail is not in quarantine (any more).
    """
    held = ledger.known(actor.org_id, mail_id)
    if held.outcome != "quarantine":
        raise Conflict("this mail is not in quarantine", code="not_quarantined")
    receipt = Receipt(held.id, held.received_at, held.object_key, held.envelope_from, held.recipients, held.verdicts)
    incoming = _read(actor.org_id, receipt, released=True)
    return ledger.public(_deliver(incoming, ledger_row(incoming)))


def _read(org_id: str, receipt: Receipt, *, released: bool) -> Incoming:
    raw = blobs.get(config().mail_bucket, receipt.object_key)
    mailboxes = tuple(organisation(org_id)["mailboxes"])
    return incoming_of(org_id, receipt, raw, parse(raw), mailboxes, released=released)


def _deliver(incoming: Incoming, row: Received) -> Received:
    """Thread the mail and commit it; when its twin was quicker, look again."""
    for _ in tries(_TRIES):
        mail = incoming.mail
        found = store.find_mail_ids(
            incoming.org_id,
            dict.fromkeys([incoming.message_id, *mail.references, *mail.in_reply_to, *_reported(mail)]),
        )
        twin = found.get(incoming.message_id)
        if twin and twin["ours"]:
            done = replace(row, outcome="own_loop", reason="it is a mail that we sent")
            return _alone(done, released=incoming.released, ticket_id=twin["ticket_id"])
        if twin and twin["content_hash"] == mail.content_hash:
            return _alone(_duplicate(row, twin), released=incoming.released, ticket_id=twin["ticket_id"])
        if twin:
            incoming = incoming.renamed()
            continue
        if about := returned.delivery_of(incoming, found):
            done = returned.take(incoming, row, about)
            return _alone(done, released=incoming.released, ticket_id=about["ticket_id"])
        try:
            if side := side_letters.side_of(incoming, found):
                return side_letters.take(incoming, row, side, _cause(incoming, None))
            return _commit(incoming, row, threading.decide(gather_evidence(incoming, found)))
        except Conflict as failure:
            if failure.code != "merged":
                raise
        except ConditionFailed:
            entered = ledger.find(incoming.org_id, row.id)
            if entered and entered.outcome != "quarantine":
                return entered
    raise Unavailable("this mail is being delivered by too many at once")


def _reported(mail: ParsedMail) -> tuple[str, ...]:
    """The id of our mail that a report is about."""
    return (mail.report.original_message_id,) if mail.report and mail.report.original_message_id else ()


def _commit(incoming: Incoming, row: Received, decision: threading.Decision) -> Received:
    """One transaction: ticket, message, files, Message-ID and ledger row."""
    written: list[Received] = []

    def compose(ticket: Ticket, author: dict[str, Any]) -> tuple[Message, Sequence[Action]]:
        message, files = message_of(incoming, ticket, author)
        done = replace(
            row,
            outcome="message",
            message_id=incoming.message_id,
            reason=decision.reason,
            ticket_id=ticket.id,
            ticket_message_id=message.id,
        )
        written[:] = [done]
        lookups = store.mail_id_rows(
            incoming.org_id,
            incoming.message_id,
            ticket_id=ticket.id,
            ours=False,
            content_hash=incoming.mail.content_hash,
            message_id=message.id,
        )
        return message, [*files, *lookups, ledger.recording(done, released=incoming.released)]

    if decision.ticket_id:
        _append(incoming, decision, decision.ticket_id, compose)
    else:
        _open(incoming, decision.link_to, compose)
    return written[0]


def _append(incoming: Incoming, decision: threading.Decision, ticket_id: str, compose: Compose) -> None:
    """Put the mail on its ticket; who writes or gets copies by it takes part, unless he was removed (EM-43)."""
    cause = _cause(incoming, None)
    person, people = contact_for(incoming.org_id, incoming.sender, incoming.sender_name, cause=cause)
    author = {"kind": "contact", "id": person.id, "name": person.name}
    joining = [incoming.sender] if decision.third_party else _named_in(incoming)

    def apply(edit: Edit) -> tuple[Sequence[Message], Sequence[Action]]:
        message, also = compose(edit.after, author)
        message = replace(message, third_party=decision.third_party)
        add_message(edit, message, counts=incoming.counts)
        if not incoming.automatic and person.kind == "contact":
            join_copies(edit, joining)
        return [message], [*people, *also]

    service.change(system(incoming.org_id), _cause(incoming, person.id), ticket_id, apply)


def _named_in(incoming: Incoming) -> list[str]:
    """Who else the sender wrote to, but for our own addresses."""
    mail = incoming.mail
    others = dict.fromkeys(one.email for one in (*mail.to, *mail.cc) if one.email != incoming.sender)
    return [one for one in others if not addresses.is_ours(one, incoming.mailboxes)][:_MOST_CC]


def _open(incoming: Incoming, link_to: str | None, compose: Compose) -> None:
    opening = service.Opening(
        subject=" ".join(incoming.mail.subject.split())[:250] or "(no subject)",
        email=incoming.sender,
        name=incoming.sender_name,
        channel="mail",
        cc=tuple(_named_in(incoming)),
        linked_to=link_to,
        acknowledge=incoming.kind.answerable and not incoming.released,
    )

    def write_first(ticket: Ticket) -> tuple[Message, Sequence[Action]]:
        person = ticket.requester
        return compose(ticket, {"kind": "contact", "id": person["id"], "name": person["name"]})

    service.open_ticket(_cause(incoming, None), opening, write_first)


def _duplicate(row: Received, twin: dict[str, Any]) -> Received:
    return replace(
        row,
        outcome="duplicate",
        reason="the same mail was received before" + (", for a ticket that was purged" if twin.get("purged") else ""),
        ticket_id=twin["ticket_id"] or None,
        ticket_message_id=twin.get("message_id"),
    )


def _alone(row: Received, *, released: bool = False, ticket_id: str | None = None) -> Received:
    """Enter a row that changes no ticket; one that is there already stands. A purge of `ticket_id` takes its mail."""
    pointer = [store.mail_pointer(row.org_id, ticket_id, row.id)] if ticket_id else []
    try:
        transact([ledger.recording(row, released=released), *pointer])
    except ConditionFailed:
        return ledger.known(row.org_id, row.id)
    return row


def _cause(incoming: Incoming, person_id: str | None) -> Cause:
    actor = Actor("contact", person_id or "mail", incoming.org_id, frozenset())
    return cause_of(actor, "mail")
