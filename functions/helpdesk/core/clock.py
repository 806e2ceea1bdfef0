"""Time: aware, UTC, and replaceable by tests."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def iso(at: datetime) -> str:
    """RFC 3339 in UTC with milliseconds: sorts as text in the order of time."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def stamp() -> str:
    """The present instant as `iso` text."""
    return iso(now())


def parse(text: str) -> datetime:
    """The instant that an RFC 3339 text names.

    Raises
    ------
    ValueError
        when the text is not a time, or has no zone.
    """
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return at.astimezone(UTC)


def epoch(at: datetime) -> int:
    """Whole seconds since 1970, as DynamoDB's TTL wants them."""
    return int(at.timestamp())


def allowance(seconds: float) -> Callable[[], bool]:
    """What says whether there is time for more: True until so many seconds have passed, whatever `now` says."""
    until = time.monotonic() + seconds
    return lambda: time.monotonic() < until
