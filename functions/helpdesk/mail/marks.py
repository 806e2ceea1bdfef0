"""Signed marks in bodies: `[ref:<ulid>.<signature>]` brings an answer home whose headers were lost (EM-07; pain 3).

Our letters carry one where a reader may not see it, so that it stands in what he quotes. It is text and nothing but
text: whatever turns HTML into text, or text into HTML, leaves it whole. Who quotes a mail shows its mark to whomever
he writes to, so a mark alone admits nobody: it counts for those who take part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from helpdesk.mail.model import ParsedMail
from helpdesk.mail.signing import is_signed, sign

_PURPOSE = "body-mark"
_MARK = re.compile(r"(?<![\w.])ref:\s?([0-9a-hjkmnp-tv-z]{26})\.([a-z2-7]{16})(?!\w)", re.IGNORECASE)
_LONGEST = 500_000  # characters of a body that are looked through
_MOST = 20  # marks of one body whose signature is checked


def mark_of(ticket_id: str, key: bytes) -> str:
    """The mark of a ticket (a ULID), to be put into the body of a letter as it is."""
    return f"[ref:{ticket_id.lower()}.{sign(key, _PURPOSE, ticket_id.upper())}]"


def ticket_in(text: str, key: bytes) -> str | None:
    """The ticket of the first mark in `text` that we signed, or None."""
    for place, found in enumerate(_MARK.finditer(text[:_LONGEST])):
        ticket_id = found.group(1).upper()
        if place >= _MOST:
            return None
        if is_signed(found.group(2), key, _PURPOSE, ticket_id):
            return ticket_id
    return None


def marked(mail: ParsedMail, key: bytes) -> str | None:
    """The ticket that the mail's body is marked with, in what is seen of it or not."""
    return ticket_in(mail.text, key) or ticket_in(mail.html or "", key)


def marked_in_files(mail: ParsedMail, key: bytes) -> str | None:
    """The same for its text files (EM-08)."""
    texts: Iterable[str] = (
        one.content[:_LONGEST].decode("utf-8", "replace")
        for one in mail.attachments
        if one.content_type.startswith("text/")
    )
    return next((found for text in texts if (found := ticket_in(text, key))), None)
