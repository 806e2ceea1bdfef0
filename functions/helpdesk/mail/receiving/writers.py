"""Who wrote a mail: its From, unless a list, a group or a form stands there in his place (EM-31, 41, 42).

Both addresses are kept: the writer becomes author and requester, the From is shown beside him (`trust.sent_by`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from helpdesk.mail.addresses import is_ours
from helpdesk.mail.model import Address, ParsedMail
from helpdesk.mail.parsing import address_lists

_VIA = re.compile(r"(?P<name>.+?)\s+(?:via|über|par|por|tramite|door)\s+\S.*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Writer:
    """The one who wrote; `sent_by` is the address of the From where that is another's."""

    address: Address
    sent_by: str | None = None


def writer_of(mail: ParsedMail, own_addresses: Iterable[str], *, by_reply_to: bool = False) -> Writer | None:
    """The writer, or None for a mail without a From and one that names nobody but us.

    `by_reply_to` is a mailbox's setting for web forms, which write in their own name (EM-41). Without it Reply-To
    counts only where the From is one of ours, or a list has put itself there.
    """
    sender, own = mail.from_, tuple(own_addresses)
    if sender is None:
        return None
    ours = is_ours(sender.email, own)
    behind = [one for one in _behind(mail, ours=ours, by_reply_to=by_reply_to) if not is_ours(one.email, own)]
    if behind and behind[0].email != sender.email:
        name = behind[0].name or _plain_name(sender.name)
        return Writer(Address(name, behind[0].email), sender.email)
    return None if ours else Writer(sender)


def has_one_from(mail: ParsedMail) -> bool:
    """Whether one header names one address as the From; what a receiver judged may be another one otherwise."""
    froms = [value for name, value in mail.headers if name.lower() == "from"]
    return len(froms) == 1 and len(address_lists.parse(froms[0])) == 1


def _behind(mail: ParsedMail, *, ours: bool, by_reply_to: bool) -> Iterator[Address]:
    """Who may stand behind the From, the likeliest first."""
    original = address_lists.parse(mail.header("x-original-from") or mail.header("x-original-sender") or "")
    if by_reply_to and not ours:
        yield from mail.reply_to[:1]
    if ours:
        yield from (*mail.reply_to, *original, *mail.sender)
    elif _is_rewritten(mail):
        yield from (*original, *mail.reply_to[:1])


def _is_rewritten(mail: ParsedMail) -> bool:
    """Whether a list stands in the From: it says `via`, and is a list or names the original sender (DMARC and lists:
    RFC 7960, section 4.1.3.1).
    """
    via = mail.from_ is not None and _VIA.fullmatch(mail.from_.name) is not None
    listed = mail.header("list-id") is not None or mail.header("list-post") is not None
    named = mail.header("x-original-from") is not None or mail.header("x-original-sender") is not None
    return via and (listed or named)


def _plain_name(name: str) -> str:
    """The name in front of `via`."""
    match = _VIA.fullmatch(name)
    return (match.group("name") if match else name).strip(" '\"")
