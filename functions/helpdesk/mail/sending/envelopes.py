"""Where a mail of ours goes out from, to whom, and the header that it gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.mail import addresses, loops, marks, message_ids
from helpdesk.mail.keys import mail_key
from helpdesk.mail.model import Address
from helpdesk.mail.sending import compose, own_templates, recipients
from helpdesk.settings.mailboxes import Mailbox, mailbox_of
from helpdesk.settings.service import organisation
from helpdesk.tickets.model import Message

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
    refused: Mapping[str, tuple[str, str]] | None = None  # who cannot get mail of ours, with `(status, why)`
    others: tuple[dict[str, Any], ...] = ()  # the states of those who have the message already


@dataclass(frozen=True)
class Sender:
    """The organisation and the mailbox that a mail goes out from."""

    org: Mapping[str, Any]
    mailbox: Mailbox

    @property
    def name(self) -> str:
        """What stands in From where the desk itself writes."""
        return self.mailbox.name or str(self.org["name"])

    def name_of(self, author: Mapping[str, Any]) -> str:
        """What stands in From where a colleague writes."""
        return self.name if author["kind"] == "system" else f"{author['name']} ({self.name})"


@dataclass(frozen=True)
class Reach:
    """To whom a mail goes, in the header's order, and who of those named cannot get it."""

    to: tuple[Address, ...]
    refused: dict[str, tuple[str, str]]


def sender_for(org_id: str, mailbox_id: str | None = None) -> Sender:
    """The sender of a ticket's mail, or without a mailbox the main one's; no round trip when warm."""
    return Sender(organisation(org_id), mailbox_of(org_id, mailbox_id))


def reach(sender: Sender, named: Iterable[Address]) -> Reach:
    """Who of `named` can get mail of ours."""
    everybody, own = tuple(named), sender.org["mailboxes"]
    return Reach(recipients.deliverable(everybody, own), recipients.refused(everybody, own))


def envelope_for(
    sender: Sender,
    kind: str,
    *,
    delivery_id: str,
    ulid: str,
    name: str,
    to: tuple[Address, ...],
    subject: str,
    at: str,
    cc: tuple[Address, ...] = (),
    locale: str | None = None,
    chain: list[str] | None = None,
    in_reply_to: str | None = None,
    reply_to: str = "",
) -> compose.Envelope:
    """The header of a mail of ours, and in which words it is written.

    `locale` is the recipient's own language, `chain` the ids of the thread; without `reply_to` answers go to the
    mailbox.
    """
    key, address = mail_key(), sender.mailbox.address
    locales = (locale, sender.mailbox.locale, str(sender.org["locale"]))
    language, template = own_templates.choose(sender.org["id"], kind, locales)
    return compose.Envelope(
        sender_name=name,
        support_address=address,
        to=to,
        cc=cc,
        message_id=message_ids.make(ulid, address.rpartition("@")[2], key),
        subject=subject,
        sent_at=clock.parse(at),
        delivery_id=delivery_id,
        loop_header=loops.loop_header(sender.org["id"], key),
        locale=language,
        reply_to=reply_to,
        in_reply_to=in_reply_to,
        references=compose.references_of(chain or []),
        configuration_set=config().configuration_set,
        template=template,
    )


def ticket_address(sender: Sender, ticket_id: str) -> str:
    """The signed address by which answers find their ticket (EM-09)."""
    return addresses.reply_address(sender.mailbox.address, ticket_id, mail_key())


def marked(envelope: compose.Envelope, ticket_id: str) -> compose.Envelope:
    """The envelope of a mail that carries the ticket's signed mark in its body (EM-07)."""
    return replace(envelope, mark=marks.mark_of(ticket_id, mail_key()))


def letter_of(
    org_id: str,
    envelope: compose.Envelope,
    raw: bytes,
    refused: Mapping[str, tuple[str, str]],
    ticket_id: str | None = None,
    message_id: str | None = None,
    side_id: str | None = None,
) -> Letter:
    """The finished letter to all whom the envelope names."""
    to = tuple(one.email for one in (*envelope.to, *envelope.cc))
    own_id = message_ids.normalise(envelope.message_id) or ""
    return Letter(org_id, envelope.delivery_id, to, raw, own_id, ticket_id, message_id, side_id, refused)


def chain_of(earlier: list[Message]) -> list[str]:
    """The ids of the thread as its reader knows them, oldest first."""
    root = list(earlier[0].references[:1]) if earlier else []
    return root + [id_ for one in earlier if (id_ := known_id(one))]


def known_id(message: Message | None) -> str | None:
    """The Message-ID under which others know a message, or None."""
    id_ = message.rfc822_id if message else None
    return None if not id_ or id_.startswith(_MADE_UP) else id_
