"""Whether a mail can become a message, and whose: the judgement between `parse` and `threading` (EM-31, 40,
41).
"""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.mail.model import Address, ParsedMail, QuarantineCause
from helpdesk.mail.receiving.writers import writer_of

_WRITTEN_HEADERS = frozenset({"from", "to", "cc", "subject", "date", "message-id", "reply-to"})
"""What a sender writes; Received, Return-Path and verdicts are SES's, also above garbage."""


def quarantine_cause(mail: ParsedMail, own_addresses: Iterable[str] = ()) -> QuarantineCause | None:
    """Why a person has to look at this mail before it becomes a message, or None if nothing is against it.

    A mail that is larger than the parser's bound but has a sender still becomes a message: its raw form is
    kept.
    """
    if not any(name.lower() in _WRITTEN_HEADERS for name, _ in mail.headers):
        return QuarantineCause.EMPTY if not mail.text.strip() else QuarantineCause.UNPARSEABLE
    if not (mail.text.strip() or mail.html or mail.attachments or mail.subject):
        return QuarantineCause.EMPTY
    if requester_of(mail, own_addresses) is None and mail.bounce is None:
        return QuarantineCause.NO_SENDER if mail.from_ is None else QuarantineCause.SENDER_IS_OWN_ADDRESS
    return QuarantineCause.TOO_LARGE if "too_large" in mail.defects else None


def requester_of(mail: ParsedMail, own_addresses: Iterable[str]) -> Address | None:
    """Who wrote (`writers.writer_of`), in a mailbox that goes by the From."""
    writer = writer_of(mail, own_addresses)
    return writer.address if writer else None
