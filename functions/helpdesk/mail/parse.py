"""The parser: bytes of a mail to `ParsedMail`. It never raises; what was broken is written down as defects."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from helpdesk.mail import address_lists, automatic, bodies, bounces, charsets, header_lines, message_ids, mime_tree
from helpdesk.mail.attachments import attach
from helpdesk.mail.encoded_words import decode
from helpdesk.mail.header_lines import HeaderLines
from helpdesk.mail.model import Address, Bounce, MailAttachment, ParsedMail

LARGEST = 40 * 1024 * 1024
"""Bytes of a mail that are parsed: what SES receives at most (Amazon SES quotas, "Maximum message size")."""

_LONGEST_FALLBACK = 64 * 1024
_COMMENT = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class _Content:
    text: str
    html: str | None
    attachments: tuple[MailAttachment, ...]
    bounce: Bounce | None
    defects: tuple[str, ...]


def parse(raw: bytes) -> ParsedMail:
    """Read one mail of any size and state; `defects` tells what could not be trusted."""
    raw_start = raw.lstrip(b"\r\n") if raw[:1] in (b"\r", b"\n") else raw
    headers = header_lines.read(raw_start)
    content = _content(raw_start, headers)
    try:
        return _mail(headers, content, len(raw))
    except Exception:  # as in `_content`: keep the body, and let a person look at the header
        return _mail(HeaderLines((), headers.body, ("header_unreadable",)), content, len(raw))


def _content(raw: bytes, headers: HeaderLines) -> _Content:
    if len(raw) > LARGEST:
        return _plain(raw, headers, "too_large")
    if "headers_too_many" in headers.defects:
        return _plain(raw, headers, "out_of_bounds")
    broken_block = "header_malformed" in headers.defects and headers.raw
    try:
        root, defects = mime_tree.read(headers.rebuilt(raw[headers.body :]) if broken_block else raw)
        return _structured(root, headers, defects)
    except (mime_tree.OutOfBoundsError, RecursionError):
        return _plain(raw, headers, "out_of_bounds")
    except Exception:  # no mail may be lost to a fault in a library
        return _plain(raw, headers, "mime_unreadable")


def _structured(root: Message, headers: HeaderLines, defects: tuple[str, ...]) -> _Content:
    found = bodies.collect(root)
    html = found.html()
    return _Content(
        text=found.text(),
        html=html,
        attachments=attach(found.files, html),
        bounce=bounces.find(root, headers),
        defects=(*defects, *found.defects),
    )


def _plain(raw: bytes, headers: HeaderLines, defect: str) -> _Content:
    """What can be said without looking at the structure: the beginning of the body as it stands."""
    text, _ = charsets.decode(raw[headers.body : headers.body + _LONGEST_FALLBACK])
    return _Content(text.strip(), None, (), None, (defect,))


def _mail(headers: HeaderLines, content: _Content, size: int) -> ParsedMail:
    senders = address_lists.parse(headers.first("from"))
    decoded, subject, date = headers.decoded(), headers.text("subject"), _date(headers.first("date"))
    message_id = message_ids.normalise(headers.text("message-id"))
    return ParsedMail(
        message_id=message_id,
        in_reply_to=_ids(headers, "in-reply-to"),
        references=_ids(headers, "references"),
        from_=senders[0] if senders else None,
        reply_to=_addresses(headers, "reply-to"),
        sender=_addresses(headers, "sender"),
        to=_addresses(headers, "to"),
        cc=_addresses(headers, "cc"),
        subject=subject,
        date=date,
        text=content.text,
        html=content.html,
        attachments=content.attachments,
        headers=decoded,
        automatic=automatic.reasons(decoded, senders[0].email if senders else None),
        bounce=content.bounce,
        defects=_defects(headers, content, senders, date, message_id) if size else ("empty",),
        size=size,
        content_hash=_content_hash(message_id, senders, date, subject, content),
    )


def _defects(
    headers: HeaderLines,
    content: _Content,
    senders: tuple[Address, ...],
    date: datetime | None,
    message_id: str | None,
) -> tuple[str, ...]:
    missing = {"from_missing": senders, "date_missing": date, "message_id_missing": message_id}
    codes = (*headers.defects, *content.defects, *(code for code, value in missing.items() if not value))
    return tuple(dict.fromkeys(codes))


def _addresses(headers: HeaderLines, name: str) -> tuple[Address, ...]:
    return tuple(address for value in headers.all(name) for address in address_lists.parse(value))[:500]


def _ids(headers: HeaderLines, name: str) -> tuple[str, ...]:
    return message_ids.find_all(" ".join(map(decode, headers.all(name))))


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(_COMMENT.sub(" ", value[:200]))
        return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except Exception:  # the library raises five kinds of exception on bad dates
        return None


def _content_hash(
    message_id: str | None,
    senders: tuple[Address, ...],
    date: datetime | None,
    subject: str,
    content: _Content,
) -> str:
    """SHA-256 over what every delivery of one mail has in common, in a form where no two parts can be
    confused.
    """
    parts = [message_id or "", *(one.email for one in senders), date.isoformat() if date else "", subject]
    parts += [content.text, content.html or "", *(one.sha256 for one in content.attachments)]
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(encoded) + encoded)
    return digest.hexdigest()
