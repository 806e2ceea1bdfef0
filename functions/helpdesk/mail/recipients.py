"""Who a mail of ours may go to at all (EM-22, 73)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from helpdesk.mail.addresses import is_ours
from helpdesk.mail.model import Address

_DAEMONS = re.compile(r"(?:mailer-daemon|postmaster)@")


def deliverable(
    addresses: Iterable[Address], own_addresses: Iterable[str], suppressed: Collection[str] = frozenset()
) -> tuple[Address, ...]:
    """`addresses`, each mailbox once, without our own ones, suppressed ones, mail daemons and null senders.

    Local parts beyond ASCII go too: SES has no SMTPUTF8 (RFC 6531).
    """
    own = tuple(own_addresses)
    kept: dict[str, Address] = {}
    for one in addresses:
        refused = one.email in suppressed or not one.email.isascii() or _DAEMONS.match(one.email)
        if one.email and not refused and not is_ours(one.email, own):
            kept.setdefault(one.email, one)
    return tuple(kept.values())
