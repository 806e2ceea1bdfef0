"""Mail of side conversations: out to third parties without a word of the ticket, and back into the same talk only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from helpdesk.access.actor import system
from helpdesk.core.errors import NotFound
from helpdesk.core.events import Cause
from helpdesk.core.table import Action
from helpdesk.mail import addresses, store, subjects
from helpdesk.mail.keys import mail_key
from helpdesk.mail.model import Address
from helpdesk.mail.receiving import ledger
from helpdesk.mail.receiving.incoming import Incoming
from helpdesk.mail.receiving.ledger import Received
from helpdesk.mail.receiving.words import message_of
from helpdesk.mail.sending import compose
from helpdesk.mail.sending.envelopes import Letter, chain_of, envelope_for, known_id, letter_of, reach, sender_for
from helpdesk.mail.sending.letters import signature_of, with_files
from helpdesk.people.store import get_people
from helpdesk.relations import side_store, sides
from helpdesk.tickets import service
from helpdesk.tickets.model import Message, Ticket


@dataclass(frozen=True)
class SideHit:
    """The side conversation that a mail belongs to, and why."""

    side_id: str
    ticket_id: str
    reason: str


def side_letter(ticket: Ticket, side_id: str, message_id: str) -> Letter:
    """One mail of a side conversation: its own subject, thread and reply address; nothing is quoted."""
    side = side_store.find_side(ticket.org_id, [ticket.id], side_id)
    if not side:
        raise NotFound("there is no such side conversation")
    message = sides.read_message(ticket.org_id, ticket.id, side_id, message_id)
    earlier, _ = sides.read(ticket, side_id, limit=50, before_id=message_id)
    sender = sender_for(ticket.org_id, ticket.mailbox_id)
    whom = reach(sender, [Address("", one) for one in side.to])
    envelope = envelope_for(
        sender,
        "reply",
        delivery_id=f"{ticket.org_id}_side_{side_id}_{message_id}",
        ulid=message_id,
        name=sender.name_of(message.author),
        to=whom.to,
        subject=subjects.reply_subject(side.subject) if earlier else side.subject,
        chain=chain_of(earlier),
        in_reply_to=known_id(earlier[-1] if earlier else None),
        reply_to=addresses.side_address(sender.mailbox.address, side_id, mail_key()),
        at=message.created_at,
    )
    html, files = with_files(ticket, message)
    author = next(iter(get_people(ticket.org_id, [message.author["id"]])), None)
    mail = compose.ReplyMail(
        replace(envelope, template=None),  # the reply's frame is for customers, and may name the ticket
        message.body_text,
        html,
        files,
        signature=signature_of(sender, author),
        automatic=message.automatic,
    )
    return letter_of(ticket.org_id, envelope, compose.compose_reply(mail), whom.refused, ticket.id, message_id, side_id)


def side_of(incoming: Incoming, found: Mapping[str, Mapping[str, Any]]) -> SideHit | None:
    """The side conversation that the mail names by a signed address or by a Message-ID of it, or None.

    One such sign is enough and beats all that names a ticket: what third parties write must never become public.
    """
    mail, key = incoming.mail, mail_key()
    named = [*incoming.receipt.recipients, *(one.email for one in (*mail.to, *mail.cc))]
    for address in named:
        side_id = addresses.side_of(address, incoming.mailboxes, key)
        ticket_id = side_store.ticket_of_side(incoming.org_id, side_id) if side_id else None
        if side_id and ticket_id:
            return SideHit(side_id, ticket_id, "signed address of a side conversation")
    for id_ in (*reversed(mail.references), *mail.in_reply_to):
        row = found.get(id_)
        if row and row.get("side_id"):
            return SideHit(row["side_id"], row["ticket_id"], f"{id_} is of a side conversation")
    return None


def take(incoming: Incoming, row: Received, hit: SideHit, cause: Cause) -> Received:
    """One transaction: the message in its side conversation, files, Message-ID and ledger row."""
    done = replace(
        row,
        outcome="message",
        message_id=incoming.message_id,
        reason=hit.reason,
        ticket_id=hit.ticket_id,
    )
    author = {
        "kind": "third_party",
        "id": incoming.sender,
        "name": incoming.sender_name or incoming.sender.partition("@")[0],
    }
    written: list[Received] = []

    def compose_message(ticket: Ticket) -> tuple[Message, Sequence[Action]]:
        message, files = message_of(incoming, ticket, author, kind="side_received")
        lookups = store.mail_id_rows(
            incoming.org_id,
            incoming.message_id,
            ticket_id=ticket.id,
            ours=False,
            content_hash=incoming.mail.content_hash,
            message_id=message.id,
            side_id=hit.side_id,
        )
        written[:] = [replace(done, ticket_message_id=message.id)]
        return message, [*files, *lookups, ledger.recording(written[0], released=incoming.released)]

    actor = system(incoming.org_id)
    sides.receive(actor, cause, hit.ticket_id, hit.side_id, compose_message, counts=incoming.counts)
    return written[0]


def letter_for(event: Mapping[str, Any]) -> Letter:
    """The letter of a `side_conversation.message_sent` event."""
    ticket = service.get_ticket(event["org_id"], event["subject"]["id"])
    return side_letter(ticket, event["data"]["side_conversation_id"], event["data"]["message_id"])
