"""A leaf of the MIME tree: what it says about itself and the bytes that it carries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message

from helpdesk.mail.parsing import charsets, filenames, transfer
from helpdesk.mail.parsing.encoded_words import decode
from helpdesk.mail.parsing.mime_tree import Part
from helpdesk.markup import content_ids

_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")
_NAMES = {
    "message/delivery-status": "delivery-status.txt", "message/global-delivery-status": "delivery-status.txt",
    "message/disposition-notification": "disposition-notification.txt",
    "message/feedback-report": "feedback-report.txt",
    "text/rfc822-headers": "headers.txt", "message/global-headers": "headers.txt",
}  # fmt: skip
_BODY_TYPES = frozenset({"text/plain", "text/html", "text/enriched", "text/richtext", "text/markdown"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """One part without children; `name` is as declared, `location` and `content_id` as
    `content_ids.normalise` gives.
    """

    content_type: str
    disposition: str
    name: str | None
    content_id: str | None
    location: str | None
    charset: str | None
    content: bytes
    defect: str | None

    @property
    def is_body(self) -> bool:
        """Whether it is text to read in its place, and not a file."""
        return self.content_type in _BODY_TYPES and self.disposition != "attachment" and not self.name

    def text(self) -> tuple[str, str | None]:
        """The content as text, its lines ended by LF, and a defect code."""
        text, defect = charsets.decode(self.content, self.charset)
        return text.replace("\r\n", "\n").replace("\r", "\n"), defect


def leaf(part: Message) -> Leaf:
    """Read one part; an embedded message becomes the bytes of its file."""
    content, defect = _embedded(part) if part.is_multipart() else _content(part)
    content_type = part.get_content_type().lower()
    return Leaf(
        content_type=content_type if _TYPE.fullmatch(content_type) else "application/octet-stream",
        disposition=_header(part, "content-disposition").partition(";")[0].strip().lower(),
        name=filenames.declared(part) or _NAMES.get(content_type) or _subject_name(part, content_type),
        content_id=content_ids.normalise(_header(part, "content-id")),
        location=content_ids.normalise(_header(part, "content-location")),
        charset=_charset(part),
        content=content,
        defect=defect,
    )


def _header(part: Message, name: str) -> str:
    return decode(str(part.get(name, "")))


def _content(part: Message) -> tuple[bytes, str | None]:
    octets = part.octets if isinstance(part, Part) else b""
    return transfer.decode(octets, str(part.get("content-transfer-encoding", "")))


def _embedded(part: Message) -> tuple[bytes, str | None]:
    children = part.get_payload()
    joined = b"\r\n".join(_bytes(child) for child in children if isinstance(child, Message))
    encoding = str(part.get("content-transfer-encoding", ""))
    return transfer.decode(joined.strip(), encoding) if "base64" in encoding.lower() else (joined, None)


def _bytes(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except Exception:  # the generator raises on some of what the parser let through
        return "\r\n".join(f"{name}: {value}" for name, value in message.items()).encode("utf-8", "replace")


def _subject_name(part: Message, content_type: str) -> str | None:
    if content_type not in {"message/rfc822", "message/global"} or not part.is_multipart():
        return None
    embedded = part.get_payload(0)
    subject = _header(embedded, "subject") if isinstance(embedded, Message) else ""
    return f"{subject or 'message'}.eml"


def _charset(part: Message) -> str | None:
    try:
        value = part.get_param("charset")
    except Exception:
        return None
    return value[2] if isinstance(value, tuple) else value if isinstance(value, str) else None
