"""Message-IDs: one form to compare them in, and our own, which nobody else can make (RFC 5322, section
3.6.4).
"""

from __future__ import annotations

import hashlib
import re

from helpdesk.mail.signing import is_signed, sign

LONGEST = 998
"""Characters of a line (RFC 5322, section 2.1.1); a longer id is no id."""

MOST = 100

_BRACKETED = re.compile(r"<([^<>]*)>")
_NOISE = re.compile(r"[\s\x00-\x1f\x7f<>\ud800-\udfff]+")
_SES_DOMAIN = re.compile(r"(?:email|[a-z]{2}(?:-[a-z]+)+-\d)\.amazonses\.com\Z")
_OWN = re.compile(r"([0-9a-z]{26})\.([a-z2-7]{16})@(.+)\Z", re.IGNORECASE)
_PURPOSE = "message-id"


def normalise(raw: str | None) -> str | None:
    """`raw` without brackets and white space, its domain in lower case; None for what can not identify a
    mail.

    SES names the same mail `x@email.amazonses.com` in its answers and `x@<region>.amazonses.com` in the mail
    itself: both get the first form.
    """
    if not raw or len(raw) > LONGEST:
        return None
    bracketed = _BRACKETED.search(raw)
    identifier = _NOISE.sub("", bracketed.group(1) if bracketed else raw)
    local, at, domain = identifier.rpartition("@")
    if not at:
        return identifier or None
    domain = domain.lower().rstrip(".")
    if _SES_DOMAIN.match(domain):
        domain = "email.amazonses.com"
    return f"{local}@{domain}" if local else None


def find_all(value: str) -> tuple[str, ...]:
    """Every id in a References or In-Reply-To value, in its order, each once; of more than 100 the first and
    the last 99.

    Words beside bracketed ids are a phrase (RFC 822) and no ids; without any bracket each word with an `@` is
    one.
    """
    bracketed = _BRACKETED.findall(value)
    found = bracketed or [word for word in re.split(r"[\s,;]+", value) if "@" in word]
    ids = tuple(dict.fromkeys(filter(None, map(normalise, found))))
    return ids if len(ids) <= MOST else (ids[0], *ids[1 - MOST :])


def make(message_ulid: str, domain: str, key: bytes) -> str:
    """The header value `<ulid.signature@domain>` for our own mail; `verify` reads it back."""
    domain = domain.lower()
    return f"<{message_ulid}.{sign(key, _PURPOSE, message_ulid.upper(), domain)}@{domain}>"


def verify(message_id: str, key: bytes) -> str | None:
    """The ULID of the message that we sent under this id (any form or case), or None if we did not make it."""
    match = _OWN.match(normalise(message_id) or "")
    if not match:
        return None
    ulid, signature, domain = match.group(1).upper(), match.group(2), match.group(3).lower()
    return ulid if is_signed(signature, key, _PURPOSE, ulid, domain) else None


def from_raw(raw: bytes, domain: str) -> str:
    """The normalised id for a mail that came without one: the same bytes always get the same id."""
    return f"raw.{hashlib.sha256(raw).hexdigest()[:40]}@{domain.lower()}"
