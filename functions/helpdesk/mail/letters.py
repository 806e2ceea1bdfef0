"""What we write: from a committed message, a new ticket or a wish to sign in to the bytes of a mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from helpdesk.access import sessions
from helpdesk.core import blobs, clock
from helpdesk.core.config import config
from helpdesk.mail import addresses, compose, loops, message_ids, recipients, subjects, templates
from helpdesk.mail.keys import mail_key
from helpdesk.mail.model import Address
from helpdesk.mail.wire import OutgoingAttachment
from helpdesk.people.model import normal_email
from helpdesk.people.service import find_person
from helpdesk.settings.service import organisation
from helpdesk.tickets import attachment_store, service
from helpdesk.tickets.model import Message, Ticket

MOST_ATTACHED = 7_000_000  # bytes: SES takes 10 MB with base64's third on top
_MADE_UP = "raw."  # ids that we gave to mail without one; nobody else knows them


@dataclass(frozen=True)
class Letter:
    """A mail that is ready to go; `own_id` is its Message-ID until SES gives it another."""

    org_id: str
    delivery_id: str
    to: tuple[str, ...]
    raw: bytes
    own_id: str
    ticket_id: str | None = None
    message_id: str | None = None
    side_id: str | None = None  # the message is one of a side conversation
    refused: tuple[tuple[str, tuple[str, str]], ...] = ()  # who cannot get mail of ours: address, (status, why)


def reply_letter(ticket: Ticket, message_id: str) -> Letter:
    """The mail of an agent's reply: threaded under the customer's last mail, which it quotes."""
    message = service.read_message(ticket, message_id)
    earlier, _ = service.read_messages(ticket, limit=50, before_id=message_id, public_only=True)
    asked = next((one for one in reversed(earlier) if one.kind == "customer"), None)
    org = organisation(ticket.org_id)
    to = recipients.deliverable([_customer(ticket), *(Address("", one) for one in message.cc)], org["mailboxes"])
    envelope = envelope_for(
        org,
        delivery_id=f"{ticket.org_id}_message_{ticket.id}_{message_id}",
        ulid=message_id,
        sender_name=org["name"] if message.author["kind"] == "system" else f"{message.author['name']} ({org['name']})",
        to=to[:1],
        cc=to[1:],
        subject=subjects.reply_subject((asked and asked.subject) or ticket.subject),
        ticket=ticket,
        chain=chain_of(earlier),
        asked=asked,
        at=message.created_at,
    )
    html, files = with_files(ticket, message)
    quoted = _quoted(asked) if asked else None
    raw = compose.compose_reply(compose.ReplyMail(envelope, message.body_text, html, files, quoted))
    return letter_of(ticket.org_id, envelope, raw, ticket.id, message_id)


def acknowledgement_letter(ticket: Ticket) -> Letter:
    """The automatic answer to the first message of a ticket."""
    messages, _ = service.read_messages(ticket, limit=50, public_only=True)
    asked = messages[0]
    org = organisation(ticket.org_id)
    envelope = envelope_for(
        org,
        delivery_id=f"{ticket.org_id}_ack_{ticket.id}",
        ulid=ticket.id,
        sender_name=org["name"],
        to=recipients.deliverable([_customer(ticket)], org["mailboxes"]),
        subject=subjects.reply_subject(asked.subject or ticket.subject),
        ticket=ticket,
        chain=chain_of([asked]),
        asked=asked,
        at=ticket.created_at,
    )
    mail = compose.Acknowledgement(envelope, org["name"], ticket.number, ticket.requester["name"])
    return letter_of(ticket.org_id, envelope, compose.compose_acknowledgement(mail), ticket.id)


def sign_in_letter(org_id: str, email: str, job_id: str) -> Letter | None:
    """The mail with a sign-in link, or None when the address belongs to no customer."""
    person = find_person(org_id, email)
    if not person or person.kind != "contact" or person.disabled:
        return None
    org = organisation(org_id)
    envelope = envelope_for(
        org,
        delivery_id=f"{org_id}_link_{job_id}",
        ulid=job_id,
        sender_name=org["name"],
        to=recipients.deliverable([Address(person.name, normal_email(email))], org["mailboxes"]),
        subject=templates.subject("sign_in_link", org["locale"], {"org": org["name"]}),
        at=clock.stamp(),
    )
    link = f"{config().origin}/portal/#/sign-in/{sessions.make_link_token(org_id, person.id)}"
    mail = compose.SignInLink(envelope, org["name"], link, sessions.LINK_MINUTES)
    return letter_of(org_id, envelope, compose.compose_sign_in_link(mail))


def envelope_for(
    org: dict[str, Any],
    *,
    delivery_id: str,
    ulid: str,
    sender_name: str,
    to: tuple[Address, ...],
    subject: str,
    at: str,
    cc: tuple[Address, ...] = (),
    ticket: Ticket | None = None,
    chain: list[str] | None = None,
    asked: Message | None = None,
    reply_to: str = "",
) -> compose.Envelope:
    """The header of a mail of ours; `chain` are the ids of its thread, `reply_to` by default the ticket's address."""
    key, support = mail_key(), org["support_address"]
    return compose.Envelope(
        sender_name=sender_name,
        support_address=support,
        to=to,
        cc=cc,
        message_id=message_ids.make(ulid, support.rpartition("@")[2], key),
        subject=subject,
        sent_at=clock.parse(at),
        delivery_id=delivery_id,
        loop_header=loops.loop_header(org["id"], key),
        locale=org["locale"],
        reply_to=addresses.reply_address(support, ticket.id, key) if ticket else reply_to,
        in_reply_to=known_id(asked),
        references=compose.references_of(chain or []),
        configuration_set=config().configuration_set,
    )


def letter_of(
    org_id: str,
    envelope: compose.Envelope,
    raw: bytes,
    ticket_id: str | None = None,
    message_id: str | None = None,
    side_id: str | None = None,
) -> Letter:
    """The finished letter to all whom the envelope names."""
    to = tuple(one.email for one in (*envelope.to, *envelope.cc))
    own_id = message_ids.normalise(envelope.message_id) or ""
    return Letter(org_id, envelope.delivery_id, to, raw, own_id, ticket_id, message_id, side_id)


def chain_of(earlier: list[Message]) -> list[str]:
    """The ids of the thread as its reader knows them, oldest first."""
    root = list(earlier[0].references[:1]) if earlier else []
    return root + [id_ for one in earlier if (id_ := known_id(one))]


def known_id(message: Message | None) -> str | None:
    """The Message-ID under which others know a message, or None."""
    id_ = message.rfc822_id if message else None
    return None if not id_ or id_.startswith(_MADE_UP) else id_


def _customer(ticket: Ticket) -> Address:
    return Address(ticket.requester["name"], ticket.requester["email"])


def _quoted(message: Message) -> compose.Quoted:
    at = clock.parse(message.created_at)
    return compose.Quoted(message.author["name"], at, message.body_text, message.body_html)


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
