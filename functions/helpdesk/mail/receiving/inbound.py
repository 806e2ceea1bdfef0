"""From a raw mail to a message, a duplicate, an own loop or the quarantine: exactly one of them (invariant 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from helpdesk.access.actor import Actor, cause_of
from helpdesk.core import blobs, clock
from helpdesk.core.config import config
from helpdesk.core.errors import Conflict, Unavailable
from helpdesk.core.events import event_of
from helpdesk.core.log import event_row
from helpdesk.core.table import Action, ConditionFailed, transact
from helpdesk.core.tries import tries
from helpdesk.mail import store
from helpdesk.mail.model import QuarantineCause
from helpdesk.mail.parsing.parse import parse
from helpdesk.mail.receiving import arriving, ledger, returned, threading
from helpdesk.mail.receiving.colleagues import passed_on
from helpdesk.mail.receiving.found import Found, look_up
from helpdesk.mail.receiving.gathering import gather, late_ticket
from helpdesk.mail.receiving.incoming import Incoming, incoming_of, ledger_row, quarantine_cause
from helpdesk.mail.receiving.ledger import Received
from helpdesk.mail.receiving.receipt import Receipt, receipt_of
from helpdesk.mail.receiving.relinking import relink
from helpdesk.mail.receiving.writing import Arrival
from helpdesk.mail.sending import side_letters

_TRIES = 5


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
        return _alone(replace(row, outcome="quarantine", cause=str(cause)), also=_answer_to(incoming, cause))
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
    return incoming_of(org_id, receipt, raw, parse(raw), released=released)


def _deliver(incoming: Incoming, row: Received) -> Received:
    """Thread the mail and commit it; when its twin was quicker, look again."""
    for _ in tries(_TRIES):
        found = look_up(incoming)
        twin = found.ids.get(incoming.message_id)
        if twin and not twin.get("alias"):
            if done := _twin(incoming, row, twin):
                return done
            incoming = incoming.renamed()
            continue
        if about := returned.delivery_of(incoming, found.ids):
            done = returned.take(incoming, row, about)
            return _alone(done, released=incoming.released, ticket_id=about["ticket_id"])
        try:
            if side := side_letters.side_of(incoming, found.ids):
                return side_letters.take(incoming, row, side, cause_of(_writer(incoming), "mail"))
            return _thread(incoming, row, found)
        except Conflict as failure:
            if failure.code != "merged":
                raise
        except ConditionFailed:
            entered = ledger.find(incoming.org_id, row.id)
            if entered and entered.outcome != "quarantine":
                return entered
    raise Unavailable("this mail is being delivered by too many at once")


def _thread(incoming: Incoming, row: Received, found: Found) -> Received:
    """Decide, and write down what was decided."""
    remark = ""
    if passed := passed_on(incoming, found.person):
        incoming, remark = passed
        found = look_up(incoming)
    decision = threading.decide(gather(incoming, found))
    free = incoming.released or incoming.trusted or bool(found.key) or bool(decision.ticket_id)
    policy = incoming.policy
    within, buckets = found.buckets.take_mail(policy.sender_burst, policy.sender_per_minute)
    if not within and not free:
        held = replace(row, outcome="quarantine", cause=str(QuarantineCause.RATE_LIMITED))
        return _alone(replace(held, reason=f"more than {policy.sender_per_minute} mails a minute from this sender"))
    late = late_ticket(incoming, found)
    if late and decision.ticket_id:
        relink(incoming.org_id, late, decision.ticket_id)
    return arriving.take(Arrival(incoming, found, decision, row, buckets if within else found.buckets, remark))


def _twin(incoming: Incoming, row: Received, twin: Any) -> Received | None:
    """What becomes of a mail whose Message-ID is known: None for another mail under the same id."""
    released, ticket_id = incoming.released, twin["ticket_id"]
    if twin["ours"]:
        done = replace(row, outcome="own_loop", reason="it is a mail that we sent")
        return _alone(done, released=released, ticket_id=ticket_id)
    if twin["content_hash"] != incoming.mail.content_hash:
        return None
    done = replace(
        row,
        outcome="duplicate",
        reason="the same mail was received before" + (", for a ticket that was purged" if twin.get("purged") else ""),
        ticket_id=ticket_id or None,
        ticket_message_id=twin.get("message_id"),
    )
    return _alone(done, released=released, ticket_id=ticket_id)


def _answer_to(incoming: Incoming, cause: QuarantineCause) -> list[Action]:
    """The event by which the sender of a mail that we cannot read is told so (EM-63); a machine is told nothing."""
    if cause != QuarantineCause.TOO_LARGE or not incoming.kind.answerable:
        return []
    subject = {"kind": "mail", "id": incoming.receipt.mail_id}
    return [event_row(event_of(cause_of(_writer(incoming), "mail"), "mail.too_large", subject, 1, clock.stamp()))]


def _alone(
    row: Received, *, released: bool = False, ticket_id: str | None = None, also: Sequence[Action] = ()
) -> Received:
    """Enter a row that changes no ticket; one that is there already stands. A purge of `ticket_id` takes its mail."""
    pointer = [store.mail_pointer(row.org_id, ticket_id, row.id)] if ticket_id else []
    try:
        transact([ledger.recording(row, released=released), *pointer, *also])
    except ConditionFailed:
        return ledger.known(row.org_id, row.id)
    return row


def _writer(incoming: Incoming) -> Actor:
    return Actor("contact", "mail", incoming.org_id, frozenset())
