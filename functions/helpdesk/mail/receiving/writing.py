"""What an accepted mail leaves in the tables: message, files, ids of its thread, sender's rate, row of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from helpdesk.core import clock
from helpdesk.core.ids import derived_id
from helpdesk.core.table import Action
from helpdesk.mail import message_ids, store
from helpdesk.mail.keys import mail_key
from helpdesk.mail.receiving import ledger, rate_store
from helpdesk.mail.receiving.colleagues import Voice
from helpdesk.mail.receiving.found import Found
from helpdesk.mail.receiving.incoming import Incoming
from helpdesk.mail.receiving.ledger import Received
from helpdesk.mail.receiving.rates import Buckets
from helpdesk.mail.receiving.threading import Decision
from helpdesk.mail.receiving.words import message_of
from helpdesk.mail.sending import deliveries
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Message, Ticket
from helpdesk.tickets.speaking import add_message

_MOST_ALIASES = 15  # of one mail: with 60 files and all else they stay below 100 writes


@dataclass(frozen=True)
class Arrival:
    """An accepted mail with what decided about it; `remark` is what a colleague wrote above what he passes on."""

    incoming: Incoming
    found: Found
    decision: Decision
    row: Received
    buckets: Buckets
    remark: str = ""

    @property
    def reason(self) -> str:
        """Why it came to its ticket, and who passed it on."""
        by, reason = self.incoming.forwarded_by, self.decision.reason
        return f"{reason}; passed on by {by.name} <{self.incoming.trust['sent_by']}>" if by else reason


def written(
    arrival: Arrival, ticket: Ticket, author: dict[str, Any], voice: Voice
) -> tuple[Message, Sequence[Action], Received]:
    """The message, the writes that go with it, and the mail's row in the ledger."""
    incoming = arrival.incoming
    kind = {"sent": "reply"}.get(voice, voice)
    message, files = message_of(incoming, ticket, author, kind)
    threading = {"reason": arrival.reason, "evidence": list(arrival.decision.evidence)}
    message = replace(
        message,
        threading=threading,
        trust=incoming.trust,
        third_party=arrival.decision.third_party and kind == "customer",
    )
    if kind == "reply":
        message = _as_reply(message, ticket, sent=voice == "sent")
    done = replace(
        arrival.row,
        outcome="message",
        message_id=incoming.message_id,
        reason=arrival.reason,
        ticket_id=ticket.id,
        ticket_message_id=message.id,
    )
    rows = [*files, *_lookups(arrival, ticket, message), ledger.recording(done, released=incoming.released)]
    if voice == "sent":
        rows.append(deliveries.sent_elsewhere(ticket.org_id, ticket.id, message.id, ticket.requester["email"]))
    return message, rows, done


def _as_reply(message: Message, ticket: Ticket, *, sent: bool) -> Message:
    """A colleague's words alone go out, without what his mail program quotes below them (EM-75), and to nobody whom
    he wrote to himself.
    """
    from helpdesk.mail.parsing.quoting import trim_text

    own = replace(
        message,
        body_text=trim_text(message.body_text) or message.body_text,
        body_html=message.trimmed_html or message.body_html,
        trimmed_html=None,
        delivery={"status": "sent" if sent else "queued"},
    )
    if sent:
        return own
    reached = {*message.to, *message.cc}
    return replace(own, to=(ticket.requester["email"],), cc=tuple(one for one in ticket.cc if one not in reached))


def _lookups(arrival: Arrival, ticket: Ticket, message: Message) -> list[Action]:
    """The mail's own id, those of its thread that nobody knows yet, the rule's key, and the sender's rate."""
    incoming, found = arrival.incoming, arrival.found
    org_id, mail, key = incoming.org_id, incoming.mail, mail_key()
    named = dict.fromkeys([*mail.references, *mail.in_reply_to])
    unseen = [one for one in named if one not in found.ids and not message_ids.verify(one, key)]
    unseen = [one for one in unseen if one != incoming.message_id][-_MOST_ALIASES:]
    rows = store.mail_id_rows(
        org_id,
        incoming.message_id,
        ticket_id=ticket.id,
        ours=False,
        content_hash=mail.content_hash,
        message_id=message.id,
    )
    rows += store.alias_rows(
        org_id, unseen, ticket_id=ticket.id, message_id=message.id, at=incoming.receipt.received_at
    )
    seen = found.ids.get(found.key.id, {}).get("ticket_id") if found.key else None
    if found.key and seen != ticket.id:
        rows += store.key_rows(org_id, found.key.id, ticket_id=ticket.id, seen=seen)
    if arrival.buckets != found.buckets:
        rows.append(rate_store.keeping(org_id, incoming.sender, arrival.buckets))
    return rows


def remarks(arrival: Arrival, edit: Edit) -> list[Message]:
    """A note of what a colleague wrote above the mail that he passed on: no word of it is the customer's."""
    from helpdesk.markup.sanitise import text_to_html

    by, receipt = arrival.incoming.forwarded_by, arrival.incoming.receipt
    if not by or not arrival.remark:
        return []
    at = clock.parse(receipt.received_at) + timedelta(milliseconds=1)  # so that it stands below the mail
    note = Message(
        id=derived_id(at, "remark", receipt.mail_id),
        kind="note",
        author={"kind": "agent", "id": by.id, "name": by.name},
        body_text=arrival.remark,
        body_html=text_to_html(arrival.remark),
        created_at=receipt.received_at,
    )
    add_message(edit, note)
    return [note]
