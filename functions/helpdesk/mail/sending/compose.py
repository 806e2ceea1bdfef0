"""Our own mail: answers and automatic notices as RFC 5322 bytes (EM-70, 71, 72, 74, 75).

Everything comes in as a value, so that the same message rendered again (a retry) is the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from helpdesk.mail.loops import LOOP_HEADER
from helpdesk.mail.model import Address
from helpdesk.mail.sending import templates
from helpdesk.mail.sending.template_kinds import KINDS
from helpdesk.mail.sending.templates import Source
from helpdesk.mail.sending.wire import (
    OutgoingAttachment,
    address_header,
    alternatives,
    id_header,
    one_line,
    render,
    text_header,
)
from helpdesk.markup.both import Both

MOST_REFERENCES = 20

_QUIET = ("X-Auto-Response-Suppress", "All")
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
    template: Source | None = None  # the organisation's own, in place of the one that the desk comes with
    mark: str = ""  # the ticket's, in the body


@dataclass(frozen=True, slots=True)
class Quoted:
    """The public message that is answered: who wrote it, when (aware), its text and its sanitised HTML."""

    author: str
    at: datetime
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class ReplyMail:
    """An agent's answer; `body_html` is sanitised, pictures in it are `cid:` of an attachment.

    `names` are the values of the reply template's further variables.
    """

    envelope: Envelope
    body_text: str
    body_html: str
    attachments: tuple[OutgoingAttachment, ...] = ()
    quoted: Quoted | None = None
    signature: Both = field(default_factory=Both)
    names: Mapping[str, Any] = field(default_factory=dict)
    automatic: bool = False  # no person wrote it: a reminder


@dataclass(frozen=True, slots=True)
class Notice:
    """A mail that no person writes: its kind's template (`template_kinds`), filled with `values`."""

    envelope: Envelope
    kind: str
    values: Mapping[str, Any]


def compose_reply(mail: ReplyMail) -> bytes:
    """A mail that a person wrote has no automatic headers; the quoted message stands below the words."""
    values = dict.fromkeys(("org", "agent", "name", "number"), "") | dict(mail.names)
    values |= {
        "body": Both(mail.body_text.strip("\n"), _with_pictures_of(mail.body_html, mail.attachments)),
        "signature": Both(mail.signature.text, _with_pictures_of(mail.signature.html, ())),
        "quote": _quote(mail.envelope.locale, mail.quoted) if mail.quoted else Both(),
    }
    extra = (("Auto-Submitted", "auto-generated"), _QUIET) if mail.automatic else ()
    return _compose(mail.envelope, "reply", values, mail.attachments, extra)


def compose_notice(notice: Notice) -> bytes:
    """An automatic mail says so in its header, and repeats nothing of what a customer wrote but the subject."""
    extra = (("Auto-Submitted", KINDS[notice.kind].automatic), _QUIET)
    return _compose(notice.envelope, notice.kind, dict(notice.values), extra=extra)


def references_of(chain: Sequence[str]) -> tuple[str, ...]:
    """The References of an answer to the last of `chain`: the root of the thread and the newest, 20 at most
    (EM-71).
    """
    ids = tuple(dict.fromkeys(filter(None, chain)))
    return ids if len(ids) <= MOST_REFERENCES else (ids[0], *ids[1 - MOST_REFERENCES :])


def _quote(locale: str, quoted: Quoted) -> Both:
    from markupsafe import Markup

    values = {
        "quoted": quoted,
        "quoted_html": Markup(_with_pictures_of(quoted.html, ())),  # noqa: S704
        "quoted_lines": quoted.text.strip("\n").splitlines(),
    }
    return templates.part("quote", locale, values)


def _with_pictures_of(html: str, attachments: Sequence[OutgoingAttachment]) -> str:
    """`html` without pictures that the mail does not carry: their address would be one of ours, and need a
    session.
    """
    carried = {f"cid:{one.content_id}" for one in attachments if one.content_id}
    return _IMAGE.sub(lambda match: match.group() if match.group(1) in carried else "", html)


def compose_filled(envelope: Envelope, text: str, html: str) -> bytes:
    """A mail whose words are made already: the test of a template; nobody is to answer it automatically."""
    extra = (("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All"))
    return render([*_headers(envelope), *extra], alternatives(text, html, (), seed=envelope.message_id))


def _compose(
    envelope: Envelope,
    template: str,
    values: dict[str, Any],
    attachments: tuple[OutgoingAttachment, ...] = (),
    extra: tuple[tuple[str, str], ...] = (),
) -> bytes:
    subject = one_line(envelope.subject)
    words = templates.render(template, envelope.locale, {"subject": subject} | values, envelope.template)
    text, html = _marked(words.text, words.html, envelope.mark)
    content = alternatives(text, html, attachments, seed=envelope.message_id)
    return render([*_headers(envelope), *extra], content)


def _marked(text: str, html: str, mark: str) -> tuple[str, str]:
    """Both forms with the ticket's mark: below the words of the text, unseen in the HTML (EM-07)."""
    if not mark:
        return text, html
    unseen = f'<div style="display:none;font-size:0;max-height:0;overflow:hidden">{mark}</div>'
    return f"{text.rstrip()}\n\n{mark}\n", html.replace("</body>", f"{unseen}\n</body>", 1)


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
