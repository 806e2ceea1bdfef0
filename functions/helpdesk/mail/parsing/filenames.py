"""Names of attached files: found in every place where they hide, made safe and unique (EM-58)."""

from __future__ import annotations

import re
import unicodedata
from email.message import Message
from urllib.parse import unquote_to_bytes

from helpdesk.mail.parsing.charsets import decode as decode_charset
from helpdesk.mail.parsing.encoded_words import decode

LONGEST = 150

_EXTENSIONS = {
    "application/pdf": ".pdf", "application/zip": ".zip", "application/json": ".json", "application/ics": ".ics",
    "application/pgp-signature": ".asc", "application/pkcs7-signature": ".p7s", "application/msword": ".doc",
    "application/ms-tnef": ".dat", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif",
    "image/svg+xml": ".svg", "image/webp": ".webp", "image/tiff": ".tif", "image/bmp": ".bmp",
    "text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "text/calendar": ".ics", "text/vcard": ".vcf",
    "message/rfc822": ".eml", "message/delivery-status": ".txt", "text/rfc822-headers": ".txt",
    "audio/mpeg": ".mp3", "audio/wav": ".wav", "video/mp4": ".mp4",
}  # fmt: skip
_HOSTILE = re.compile(r'[\x00-\x1f\x7f-\x9f"*/:<>?\\|\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)


def declared(part: Message) -> str | None:
    """The name that the part gives itself, decoded but not yet safe: disposition, type, location, then its id."""
    for header, name in (("content-disposition", "filename"), ("content-type", "name")):
        value = _parameter(part, header, name)
        if value:
            return value
    location = decode(str(part.get("content-location", ""))).partition("?")[0]
    last = unquote_to_bytes(location.rstrip("/").rpartition("/")[2])
    return decode_charset(last, "utf-8")[0] or _of_content_id(decode(str(part.get("content-id", ""))))


def _of_content_id(value: str) -> str | None:
    """Outlook calls its pictures `<image001.png@...>`."""
    local = value.strip("<> ").partition("@")[0]
    return local if re.fullmatch(r"[\w .()-]{1,100}\.[A-Za-z0-9]{2,5}", local) else None


def _parameter(part: Message, header: str, name: str) -> str | None:
    try:
        value = part.get_param(name, header=header)
    except Exception:  # the library raises whatever it stumbles over
        return None
    if isinstance(value, tuple):
        charset, _, encoded = value
        return decode_charset(_octets(encoded), charset or "utf-8")[0]
    text = decode(value) if isinstance(value, str) else ""
    if re.match(r"[\w-]{2,30}'[\w-]*'", text) and "%" in text:
        charset, _, encoded = text.split("'", 2)
        return decode_charset(unquote_to_bytes(encoded), charset)[0]
    return text or None


def _octets(value: str) -> bytes:
    """The library undoes the per cent signs of RFC 2231 as if all were Latin-1; raw bytes stay surrogate
    escapes.
    """
    return b"".join(
        character.encode("latin-1") if character < "\u0100" else character.encode("utf-8", "surrogateescape")
        for character in value
    )


def safe(name: str | None, content_type: str, number: int) -> str:
    """A name that is fit for any disk and screen; a nameless file is called by its type and `number` in the
    mail.
    """
    bare = unicodedata.normalize("NFC", _HOSTILE.sub("_", name or ""))
    bare = " ".join(bare.split()).strip(". _")
    if not bare:
        return f"attachment-{number}{_EXTENSIONS.get(content_type, '.bin')}"
    bare = f"_{bare}" if _RESERVED.match(bare) else bare
    stem, dot, extension = bare.rpartition(".")
    if len(bare) <= LONGEST:
        return bare
    return f"{stem[: LONGEST - len(extension) - 1]}{dot}{extension}" if dot and len(extension) < 12 else bare[:LONGEST]


def unique(name: str, taken: set[str]) -> str:
    """`name`, or `name (2)` and so on, so that it differs from all in `taken`, to which it is added."""
    stem, dot, extension = name.rpartition(".")
    candidate, count = name, 1
    while candidate.lower() in taken:
        count += 1
        candidate = f"{stem} ({count}){dot}{extension}" if dot else f"{name} ({count})"
    taken.add(candidate.lower())
    return candidate
