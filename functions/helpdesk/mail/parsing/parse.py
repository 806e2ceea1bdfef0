"""The parser: bytes of a mail to `ParsedMail`. It never raises; what was broken is written down as defects."""

from __future__ import annotations

import hashlib
from datetime import datetime

from helpdesk.mail import message_ids
from helpdesk.mail.model import Address, ParsedMail
from helpdesk.mail.parsing import address_lists, automatic, contents, dates, header_lines, reports
from helpdesk.mail.parsing.bounds import LARGEST
from helpdesk.mail.parsing.contents import Content
from helpdesk.mail.parsing.encoded_words import decode
from helpdesk.mail.parsing.header_lines import HeaderLines

__all__ = ["LARGEST", "parse"]


def parse(raw: bytes) -> ParsedMail:
    """Read one mail of any size and state; `defects` tells what could not be trusted."""
    raw_start = raw.lstrip(b"\r\n") if raw[:1] in (b"\r", b"\n") else raw
    headers = header_lines.read(raw_start)
    content = contents.read(raw_start, headers)
    try:
        return _mail(headers, content, len(raw))
    except Exception:  # as in `contents.read`: keep the body, and let a person look at the header
        return _mail(HeaderLines((), headers.body, ("header_unreadable",)), content, len(raw))


def _mail(headers: HeaderLines, content: Content, size: int) -> ParsedMail:
    senders = address_lists.parse(headers.first("from"))
    decoded, subject, date = headers.decoded(), headers.text("subject"), dates.parse(headers.first("date"))
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
        bounce=reports.bounce_of(content.report),
        defects=_defects(headers, content, senders, date, message_id) if size else ("empty",),
        size=size,
        content_hash=_content_hash(message_id, senders, date, subject, content),
        report=content.report,
        invites=content.invites,
        signed=content.signed,
    )


def _defects(
    headers: HeaderLines,
    content: Content,
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


def _content_hash(
    message_id: str | None,
    senders: tuple[Address, ...],
    date: datetime | None,
    subject: str,
    content: Content,
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
