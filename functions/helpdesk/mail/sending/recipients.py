"""Who a mail of ours may go to at all (EM-22, 73); who is suppressed is known when it is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable

from helpdesk.mail.addresses import is_ours
from helpdesk.mail.model import Address

_DAEMONS = re.compile(r"(?:mailer-daemon|postmaster)@")


def deliverable(addresses: Iterable[Address], own_addresses: Iterable[str]) -> tuple[Address, ...]:
    """`addresses`, each mailbox once, without our own ones and those that cannot get mail of ours (`refused`)."""
    own = tuple(own_addresses)
    kept: dict[str, Address] = {}
    for one in addresses:
        if one.email and not _fault(one.email) and not is_ours(one.email, own):
            kept.setdefault(one.email, one)
    return tuple(kept.values())


def refused(addresses: Iterable[Address], own_addresses: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Those of `addresses` that cannot get mail of ours, with `(status, why)`; our own ones are passed over."""
    own = tuple(own_addresses)
    faults = {one.email: _fault(one.email) for one in addresses if one.email and not is_ours(one.email, own)}
    return {email: ("failed", fault) for email, fault in faults.items() if fault}


def _fault(email: str) -> str | None:
    """Why nothing can go there; a local part beyond ASCII needs SMTPUTF8 (RFC 6531), which SES has not."""
    if not email.isascii():
        return "the address has letters that SES cannot send to"
    return "nobody reads what is sent there" if _DAEMONS.match(email) else None
