"""The Date of a mail, as far as it can be read (RFC 5322, section 3.3; EM-54)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_COMMENT = re.compile(r"\([^()]*\)")


def parse(value: str) -> datetime | None:
    """An undecoded Date value in UTC, or None for what is no date. When a mail came, SES says; this is hearsay."""
    try:
        date = parsedate_to_datetime(_COMMENT.sub(" ", value[:200]))
        return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except Exception:  # the library raises five kinds of exception on bad dates
        return None
