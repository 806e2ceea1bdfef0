"""Header and body of an outgoing mail as bytes: folded, encoded, without a way to smuggle a line in.

The header block is built here and not by `EmailMessage`, whose folding turns Message-IDs of more than a line
into encoded words and, in some versions, swallows the commas of address lists (python/cpython#100884).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import formataddr
from hashlib import sha256

from helpdesk.mail.model import Address

_LONGEST_ID = 900
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class OutgoingAttachment:
    """A file to send along; one with a `content_id` is shown by the HTML as `cid:<content_id>`."""

    filename: str
    content_type: str
    content: bytes
    content_id: str | None = None


def one_line(value: str) -> str:
    """`value` without control characters and line breaks of any kind."""
    return " ".join(_CONTROL.sub(" ", value).encode("utf-8", "replace").decode().split())


def text_header(value: str) -> str:
    """A header value for people: ASCII as it is, all else in encoded words, folded."""
    clean = one_line(value)
    plain = clean.isascii() and "=?" not in clean
    return Header(clean, "us-ascii" if plain else "utf-8", maxlinelen=75, header_name="X" * 12).encode(linesep="\r\n")


def address_header(addresses: Iterable[Address]) -> str:
    """A list of mailboxes, one a line."""
    return ",\r\n ".join(map(_mailbox, addresses))


def _mailbox(address: Address) -> str:
    name, email = one_line(address.name), one_line(address.email)
    if name.isascii() and "=?" not in name:
        return formataddr((name, email))
    return f"{text_header(name)}\r\n <{email}>"


def id_header(ids: Iterable[str]) -> str:
    """Message-IDs in brackets, one a line; those that no header can carry are left out."""
    bare = (one_line(one).replace(" ", "").strip("<>") for one in ids)
    return "\r\n ".join(f"<{one}>" for one in bare if one.isascii() and 0 < len(one) <= _LONGEST_ID)


def render(headers: Sequence[tuple[str, str]], content: MIMEPart) -> bytes:
    """The whole mail: `headers` with their values ready for the wire, then `content` with its own MIME
    headers.
    """
    block = "".join(f"{name}: {value}\r\n" for name, value in headers if value)
    return block.encode("ascii") + content.as_bytes(policy=SMTP)


def alternatives(text: str, html: str, attachments: Sequence[OutgoingAttachment], seed: str) -> MIMEPart:
    """The body in both forms with its pictures and files; `seed` makes the boundaries, so that nothing is
    random.
    """
    message = EmailMessage(SMTP)
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    shown = [one for one in attachments if one.content_id]
    rich = message.get_payload(1)
    for one in shown:
        assert isinstance(rich, MIMEPart)  # noqa: S101
        name = one_line(one.filename)
        rich.add_related(one.content, *_type(one), filename=name, cid=f"<{one.content_id}>", disposition="inline")
    for one in (one for one in attachments if not one.content_id):
        message.add_attachment(one.content, *_type(one), filename=one_line(one.filename))
    _set_boundaries(message, seed)
    return message


def _type(attachment: OutgoingAttachment) -> tuple[str, str]:
    """A message/* or multipart/* file goes as octets: wrapped once more it would be read as a part of this
    mail.
    """
    match = re.fullmatch(r"([a-z]+)/([a-z0-9.+-]+)", attachment.content_type.lower())
    if not match or match.group(1) in {"message", "multipart"}:
        return "application", "octet-stream"
    return match.group(1), match.group(2)


def _set_boundaries(message: MIMEPart, seed: str) -> None:
    """`=_` stands in no quoted-printable or base64 text, so such a boundary can not occur in a body (RFC
    2045, 6.7).
    """
    name = sha256(seed.encode()).hexdigest()[:24]
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{name}_{number}")
