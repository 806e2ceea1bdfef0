"""What people write in a ticket, and the acknowledgement of it: from a committed message to the bytes of a mail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from helpdesk.core import blobs, clock
from helpdesk.core.config import config
from helpdesk.mail import subjects
from helpdesk.mail.model import Address
from helpdesk.mail.sending import compose
from helpdesk.mail.sending.envelopes import (
    Letter,
    Sender,
    chain_of,
    envelope_for,
    known_id,
    letter_of,
    marked,
    reach,
    sender_for,
    ticket_address,
)
from helpdesk.mail.sending.wire import OutgoingAttachment
from helpdesk.markup.both import Both
from helpdesk.people.model import Person
from helpdesk.people.store import get_people
from helpdesk.tickets import attachment_store, service
from helpdesk.tickets.model import Message, Ticket

MOST_ATTACHED = 7_000_000  # bytes: SES takes 10 MB with base64's third on top


def reply_letter(ticket: Ticket, message_id: str, attempt: str = "", only: Sequence[str] = ()) -> Letter:
    """The mail of an agent's reply: threaded under the customer's last mail, which it quotes (EM-71, 72, 75).

    Sent again it is a delivery of its own, named by the `attempt`, to `only` those who do not have it.
    """
    message = service.read_message(ticket, message_id)
    earlier, _ = service.read_messages(ticket, limit=50, before_id=message_id, public_only=True)
    asked = next((one for one in reversed(earlier) if one.kind == "customer"), None)
    people = _people(ticket, message.author["id"])
    sender = sender_for(ticket.org_id, ticket.mailbox_id)
    whom = reach(sender, _named(ticket, message, only if attempt else None))
    envelope = envelope_for(
        sender,
        "reply",
        delivery_id="_".join(filter(None, (ticket.org_id, "message", ticket.id, message_id, attempt))),
        ulid=attempt or message_id,
        name=sender.name_of(message.author),
        to=whom.to[:1],
        cc=whom.to[1:],
        subject=subjects.reply_subject((asked and asked.subject) or ticket.subject),
        at=message.created_at,
        locale=_locale(people.get(ticket.requester["id"])),
        chain=chain_of(earlier),
        in_reply_to=known_id(asked),
        reply_to=ticket_address(sender, ticket.id),
    )
    envelope = marked(envelope, ticket.id)
    html, files = with_files(ticket, message)
    mail = compose.ReplyMail(
        envelope,
        message.body_text,
        html,
        files,
        _quoted(asked) if asked and message.quotes else None,
        signature_of(sender, people.get(message.author["id"])),
        _names(sender, ticket, message),
        message.automatic,
    )
    letter = letter_of(ticket.org_id, envelope, compose.compose_reply(mail), whom.refused, ticket.id, message_id)
    return replace(letter, others=tuple(one for one in message.recipients if attempt and one["email"] not in only))


def _named(ticket: Ticket, message: Message, only: Sequence[str] | None) -> list[Address]:
    named = [_customer(ticket), *(Address("", one) for one in message.cc)]
    return [one for one in named if only is None or one.email in only]


def acknowledgement_letter(ticket: Ticket) -> Letter:
    """The automatic answer to the first message of a ticket."""
    messages, _ = service.read_messages(ticket, limit=50, public_only=True)
    asked = messages[0]
    sender = sender_for(ticket.org_id, ticket.mailbox_id)
    whom = reach(sender, [_customer(ticket)])
    envelope = envelope_for(
        sender,
        "acknowledgement",
        delivery_id=f"{ticket.org_id}_ack_{ticket.id}",
        ulid=ticket.id,
        name=sender.name,
        to=whom.to,
        subject=subjects.reply_subject(asked.subject or ticket.subject),
        at=ticket.created_at,
        locale=_locale(_people(ticket).get(ticket.requester["id"])),
        chain=chain_of([asked]),
        in_reply_to=known_id(asked),
        reply_to=ticket_address(sender, ticket.id),
    )
    values = {"org": sender.name, "number": ticket.number, "name": ticket.requester["name"], "subject": asked.subject}
    raw = compose.compose_notice(compose.Notice(marked(envelope, ticket.id), "acknowledgement", values))
    return letter_of(ticket.org_id, envelope, raw, whom.refused, ticket.id)


def signature_of(sender: Sender, author: Person | None) -> Both:
    """The author's signature above the mailbox's; both were made safe when they were kept."""
    from helpdesk.markup.html_text import to_text

    parts = [one for one in (author.signature_html if author else "", sender.mailbox.signature_html) if one]
    html = "".join(f"<div>{one}</div>" for one in parts)
    return Both(to_text(html).strip("\n"), html)


def with_files(ticket: Ticket, message: Message) -> tuple[str, tuple[OutgoingAttachment, ...]]:
    """The reply's HTML with its pictures as `cid:`, and its files; too many bytes become a link to the portal."""
    html = message.body_html
    if sum(one["size"] for one in message.attachments) > MOST_ATTACHED:
        link = f"{config().origin}/portal/#/tickets/{ticket.id}"
        return f'{html}<p><a href="{link}">{link}</a></p>', ()
    rows = attachment_store.get_attachments(ticket.org_id, [one["id"] for one in message.attachments])
    files = []
    for shown in message.attachments:
        source = f'"/v1/attachments/{shown["id"]}"'
        content_id = f"{shown['id']}@lambdesk" if source in html else None
        html = html.replace(source, f'"cid:{content_id}"') if content_id else html
        content = blobs.get(config().attachments_bucket, rows[shown["id"]]["key"])
        files.append(OutgoingAttachment(shown["filename"], shown["content_type"], content, content_id))
    return html, tuple(files)


def _people(ticket: Ticket, *others: str) -> dict[str, Person]:
    """The requester and others by id; one round trip."""
    wanted: Iterable[str] = dict.fromkeys((ticket.requester["id"], *others))
    return {person.id: person for person in get_people(ticket.org_id, list(wanted))}


def _locale(person: Person | None) -> str | None:
    return person.locale if person else None


def _customer(ticket: Ticket) -> Address:
    return Address(ticket.requester["name"], ticket.requester["email"])


def _names(sender: Sender, ticket: Ticket, message: Message) -> dict[str, object]:
    agent = sender.name if message.author["kind"] == "system" else message.author["name"]
    return {"org": sender.name, "agent": agent, "name": ticket.requester["name"], "number": ticket.number}


def _quoted(message: Message) -> compose.Quoted:
    at = clock.parse(message.created_at)
    return compose.Quoted(message.author["name"], at, message.body_text, message.body_html)
