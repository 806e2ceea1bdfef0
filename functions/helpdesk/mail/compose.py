"""Our own mail: answers, acknowledgements and sign-in links as RFC 5322 bytes (EM-70, 71, 72, 74, 75).

Everything comes in as a value, so that the same message rendered again (a retry) is the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from helpdesk.mail import templates
from helpdesk.mail.loops import LOOP_HEADER
from helpdesk.mail.model import Address
from helpdesk.mail.wire import (
    OutgoingAttachment,
    address_header,
    alternatives,
    id_header,
    one_line,
    render,
    text_header,
)

MOST_REFERENCES = 20

_AUTOMATIC = (("X-Auto-Response-Suppress", "All"),)
_IMAGE = re.compile(r'<img(?=(?:[^>"]|"[^"]*")*?\ssrc="([^"]*)"|)(?:[^>"]|"[^"]*")*>')
_NO_TAG = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every mail of ours says in its header; there is no Bcc, for nobody needs to read of it.

    `subject` is final (`subjects.reply_subject`), `references` already chosen (`references_of`), `message_id`
    with or without brackets, `sent_at` aware; `reply_to` is the signed address, empty for none.
    """

    sender_name: str
    support_address: str
    to: tuple[Address, ...]
    message_id: str
    subject: str
    sent_at: datetime
    delivery_id: str
    loop_header: str
    locale: str = templates.FALLBACK
    reply_to: str = ""
    cc: tuple[Address, ...] = ()
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    configuration_set: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """The public message that is answered: who wrote it, when (aware), its text and its sanitised HTML."""

    author: str
    at: datetime
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class ReplyMail:
    """An agent's answer; `body_html` is sanitised, pictures in it are `cid:` of an attachment."""

    envelope: Envelope
    body_text: str
    body_html: str
    attachments: tuple[OutgoingAttachment, ...] = ()
    quoted: Quoted | None = None


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The automatic answer to the first mail of a ticket."""

    envelope: Envelope
    org_name: str
    ticket_number: int
    requester_name: str = ""


@dataclass(frozen=True, slots=True)
class SignInLink:
    """The mail with a single-use link; `minutes` is how long it lives."""

    envelope: Envelope
    org_name: str
    link: str
    minutes: int


def compose_reply(mail: ReplyMail) -> bytes:
    """A mail that a person wrote: no automatic headers; the quoted message stands below the words."""
    from markupsafe import Markup

    quoted = mail.quoted
    values = {
        "body_text": mail.body_text.strip("\n"),
        "body_html": Markup(_with_pictures_of(mail.body_html, mail.attachments)),  # noqa: S704
        "quoted": quoted,
        "quoted_html": Markup(_with_pictures_of(quoted.html, ()) if quoted else ""),  # noqa: S704
        "quoted_lines": quoted.text.strip("\n").splitlines() if quoted else (),
    }
    return _compose(mail.envelope, "reply", values, mail.attachments)


def compose_acknowledgement(mail: Acknowledgement) -> bytes:
    """The automatic answer: it says so in its header, and repeats nothing of the customer's text but the
    subject.
    """
    values = {"org": mail.org_name, "number": mail.ticket_number, "name": mail.requester_name}
    extra = (("Auto-Submitted", "auto-replied"), *_AUTOMATIC)
    return _compose(mail.envelope, "acknowledgement", values, extra=extra)


def compose_sign_in_link(mail: SignInLink) -> bytes:
    """The mail with the link; without In-Reply-To and References it is a new mail of ours, so
    `auto-generated`.
    """
    values = {"org": mail.org_name, "link": mail.link, "minutes": mail.minutes}
    extra = (("Auto-Submitted", "auto-generated"), *_AUTOMATIC)
    return _compose(mail.envelope, "sign_in_link", values, extra=extra)


def references_of(chain: Sequence[str]) -> tuple[str, ...]:
    """The References of an answer to the last of `chain`: the root of the thread and the newest, 20 at most
    (EM-71).
    """
    ids = tuple(dict.fromkeys(filter(None, chain)))
    return ids if len(ids) <= MOST_REFERENCES else (ids[0], *ids[1 - MOST_REFERENCES :])


def _with_pictures_of(html: str, attachments: Sequence[OutgoingAttachment]) -> str:
    """`html` without pictures that the mail does not carry: their address would be one of ours, and need a
    session.
    """
    carried = {f"cid:{one.content_id}" for one in attachments if one.content_id}
    return _IMAGE.sub(lambda match: match.group() if match.group(1) in carried else "", html)


def _compose(
    envelope: Envelope,
    template: str,
    values: dict[str, Any],
    attachments: tuple[OutgoingAttachment, ...] = (),
    extra: tuple[tuple[str, str], ...] = (),
) -> bytes:
    text, html = templates.render(template, envelope.locale, values | {"subject": one_line(envelope.subject)})
    content = alternatives(text, html, attachments, seed=envelope.message_id)
    return render([*_headers(envelope), *extra], content)


def _headers(envelope: Envelope) -> list[tuple[str, str]]:
    sender = Address(envelope.sender_name, envelope.support_address)
    tag = _NO_TAG.sub("-", envelope.delivery_id)
    return [
        ("From", address_header([sender])),
        ("To", address_header(envelope.to)),
        ("Cc", address_header(envelope.cc)),
        ("Reply-To", address_header([Address(envelope.sender_name, envelope.reply_to)]) if envelope.reply_to else ""),
        ("Subject", text_header(envelope.subject)),
        ("Date", format_datetime(envelope.sent_at)),
        ("Message-ID", id_header([envelope.message_id])),
        ("In-Reply-To", id_header([envelope.in_reply_to]) if envelope.in_reply_to else ""),
        ("References", id_header(envelope.references)),
        (LOOP_HEADER, one_line(envelope.loop_header)),
        ("X-SES-CONFIGURATION-SET", one_line(envelope.configuration_set)),
        ("X-SES-MESSAGE-TAGS", f"delivery={tag}" if tag else ""),
    ]
