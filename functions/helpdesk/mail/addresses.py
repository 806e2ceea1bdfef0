"""The desk's own addresses: plain, with a plus part, and signed so that a reply names its ticket (EM-09)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from helpdesk.core.email_address import normalise
from helpdesk.mail.signing import is_signed, sign
from helpdesk.settings.mailboxes import Mailbox

LONGEST_LOCAL_PART = 64
"""Octets (RFC 5321, section 4.5.3.1.1)."""

_PURPOSE = "reply-address"
_SIDE_PURPOSE = "side-address"
_TOKEN = re.compile(r"(?:[ts]\.)?([0-9a-hjkmnp-tv-z]{26})\.?([a-z2-7]{16})\Z")


def reply_address(support_address: str, ticket_id: str, key: bytes) -> str:
    """`support+t.<ulid>.<signature>@domain`: where an answer to `ticket_id` (a ULID) shall go.

    A mailbox name of 19 to 21 characters gets the token without its dots; a longer one leaves no room for it,
    so its plain address comes back and answers are threaded by their References alone.
    """
    return _signed("t", _PURPOSE, support_address, ticket_id, key)


def side_address(support_address: str, side_id: str, key: bytes) -> str:
    """`support+s.<ulid>.<signature>@domain`: where a third party's answer in a side conversation shall go.

    Signed for another purpose than `reply_address`, so neither can be made into the other.
    """
    return _signed("s", _SIDE_PURPOSE, support_address, side_id, key)


def ticket_of(address: str, support_addresses: Iterable[str], key: bytes) -> str | None:
    """The ticket that `address` names and we signed for, or None; an unsigned or foreign address names none."""
    return _named(_PURPOSE, address, support_addresses, key)


def side_of(address: str, support_addresses: Iterable[str], key: bytes) -> str | None:
    """The side conversation that `address` names and we signed for, or None."""
    return _named(_SIDE_PURPOSE, address, support_addresses, key)


def is_ours(address: str, support_addresses: Iterable[str]) -> bool:
    """Whether mail to `address` comes back to us: one of ours, or one of ours with any plus part."""
    email = normalise(address)
    if email is None:
        return False
    return any(_reaches(email, normalise(own)) for own in support_addresses)


def has_extension(address: str, extension: str, support_addresses: Iterable[str]) -> bool:
    """Whether `address` is one of ours with exactly this plus part."""
    email = normalise(address)
    if email is None or not is_ours(email, support_addresses):
        return False
    return email.rpartition("@")[0].rpartition("+")[2] == extension


def mailboxes_in(recipients: Iterable[str], mailboxes: Iterable[Mailbox]) -> tuple[Mailbox, ...]:
    """The mailboxes in use that the recipients name, each once, in their order; a whole address beats a plus part."""
    used = [one for one in mailboxes if not one.archived]
    found: dict[str, Mailbox] = {}
    for recipient in recipients:
        email = normalise(recipient)
        exact = next((one for one in used if email in one.addresses), None)
        hit = exact or next((one for one in used if is_ours(recipient, one.addresses)), None)
        if hit:
            found.setdefault(hit.id, hit)
    return tuple(found.values())


def _signed(letter: str, purpose: str, support_address: str, id_: str, key: bytes) -> str:
    local, _, domain = (normalise(support_address) or support_address).rpartition("@")
    ulid, signature = id_.lower(), sign(key, purpose, id_.upper())
    for token in (f"{letter}.{ulid}.{signature}", f"{ulid}{signature}"):
        if len(local) + 1 + len(token) <= LONGEST_LOCAL_PART:
            return f"{local}+{token}@{domain}"
    return f"{local}@{domain}"


def _named(purpose: str, address: str, support_addresses: Iterable[str], key: bytes) -> str | None:
    email = normalise(address)
    if email is None or not is_ours(email, support_addresses):
        return None
    match = _TOKEN.match(email.rpartition("@")[0].rpartition("+")[2])
    if not match:
        return None
    id_ = match.group(1).upper()
    return id_ if is_signed(match.group(2), key, purpose, id_) else None


def _reaches(email: str, own: str | None) -> bool:
    if own is None or email == own:
        return email == own
    local, _, domain = own.rpartition("@")
    return email.startswith(f"{local}+") and email.endswith(f"@{domain}")
