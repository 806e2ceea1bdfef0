"""The desk's own addresses: plain, with a plus part, and signed so that a reply names its ticket (EM-09)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from helpdesk.core.email_address import normalise
from helpdesk.mail.signing import is_signed, sign

LONGEST_LOCAL_PART = 64
"""Octets (RFC 5321, section 4.5.3.1.1)."""

_PURPOSE = "reply-address"
_TOKEN = re.compile(r"(?:t\.)?([0-9a-hjkmnp-tv-z]{26})\.?([a-z2-7]{16})\Z")


def reply_address(support_address: str, ticket_id: str, key: bytes) -> str:
    """`support+t.<ulid>.<signature>@domain`: where an answer to `ticket_id` (a ULID) shall go.

    A mailbox name of 19 to 21 characters gets the token without its dots; a longer one leaves no room for it,
    so its plain address comes back and answers are threaded by their References alone.
    """
    local, _, domain = (normalise(support_address) or support_address).rpartition("@")
    ulid, signature = ticket_id.lower(), sign(key, _PURPOSE, ticket_id.upper())
    for token in (f"t.{ulid}.{signature}", f"{ulid}{signature}"):
        if len(local) + 1 + len(token) <= LONGEST_LOCAL_PART:
            return f"{local}+{token}@{domain}"
    return f"{local}@{domain}"


def ticket_of(address: str, support_addresses: Iterable[str], key: bytes) -> str | None:
    """The ticket that `address` names and we signed for, or None; an unsigned or foreign address names none."""
    email = normalise(address)
    if email is None or not is_ours(email, support_addresses):
        return None
    match = _TOKEN.match(email.rpartition("@")[0].rpartition("+")[2])
    if not match:
        return None
    ticket_id = match.group(1).upper()
    return ticket_id if is_signed(match.group(2), key, _PURPOSE, ticket_id) else None


def is_ours(address: str, support_addresses: Iterable[str]) -> bool:
    """Whether mail to `address` comes back to us: one of ours, or one of ours with any plus part."""
    email = normalise(address)
    if email is None:
        return False
    return any(_reaches(email, normalise(own)) for own in support_addresses)


def _reaches(email: str, own: str | None) -> bool:
    if own is None or email == own:
        return email == own
    local, _, domain = own.rpartition("@")
    return email.startswith(f"{local}+") and email.endswith(f"@{domain}")
