"""Dates in filters: a day, a moment, or a time relative to now, each as the span that it covers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from helpdesk.core import clock

_UNITS = {
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "mo": timedelta(days=30),
    "y": timedelta(days=365),
}
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_RELATIVE = re.compile(r"([+-])(\d{1,3})(min|h|d|w|mo|y)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(T|$)")
FORMS = "2026-11-20, 2026-11-20T09:00:00Z, now, today, yesterday, tomorrow, or -7d (min, h, d, w, mo, y)"


def is_date(text: str) -> bool:
    """True for a form that `span` knows."""
    if text == "now" or text in _DAYS or _RELATIVE.fullmatch(text):
        return True
    return _moment(text) is not None


def is_day(text: str) -> bool:
    """True for a whole day."""
    return text in _DAYS or bool(_DAY.fullmatch(text) and _moment(text))


def span(text: str, now: datetime) -> tuple[str, str]:
    """`[from, until)` of a day, or twice the same moment, as stamps that order as times do."""
    if text in _DAYS:
        start = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=_DAYS[text])
        return _stamp(start), _stamp(start + timedelta(days=1))
    if found := _RELATIVE.fullmatch(text):
        step = int(found[2]) * _UNITS[found[3]]
        at = _stamp(now - step if found[1] == "-" else now + step)
        return at, at
    moment = now if text == "now" else _moment(text)
    assert moment is not None  # noqa: S101 - parsing has checked the form
    return _stamp(moment), _stamp(moment + timedelta(days=1) if _DAY.fullmatch(text) else moment)


def _moment(text: str) -> datetime | None:
    if not _ISO.match(text):
        return None
    try:
        at = datetime.fromisoformat(text)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return at.astimezone(UTC) if 1970 <= at.year <= 9998 else None
    except (ValueError, OverflowError):
        return None


def _stamp(at: datetime) -> str:
    return clock.iso(at)
