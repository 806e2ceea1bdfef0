"""One form for an e-mail address, so that the same mailbox is always the same person."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 254
"""Characters of a path without its brackets (RFC 5321, section 4.5.3.1.3)."""

_NOISE = re.compile(r"[\s\x00-\x1f\x7f<>\"\u200b-\u200f\u202a-\u202e\u2060\ufeff\ud800-\udfff]+")


def normalise(raw: str) -> str | None:
    """`raw` in lower case with its domain in ASCII form (IDNA 2008), or None if it can be nobody's address.

    The local part is lowered too: no provider of today has two mailboxes that differ in case (RFC 5321 would
    allow it).
    """
    address = unicodedata.normalize("NFC", _NOISE.sub("", raw)).strip(".,;:'").lower()
    local, at, domain = address.rpartition("@")
    domain = _ascii(domain.rstrip("."))
    if not (local and at and domain) or len(local) + len(domain) >= LONGEST:
        return None
    return f"{local}@{domain}"


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain
    import idna

    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return domain
