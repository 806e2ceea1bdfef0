"""Arithmetic of business time: how long a calendar is open between two moments, and when some time of it is over.

Moments are aware datetimes, durations seconds. No calendar means around the clock. A wall clock is turned into
moments segment by segment between changes of the zone's offset, so that it is right in the nights when clocks change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from helpdesk.calendars.model import Calendar, before

MOST_DAYS = 366 * 5  # looked ahead for an opening
Span = tuple[datetime, datetime]
"""`[from, until)` in UTC."""


def is_open(calendar: Calendar | None, at: datetime) -> bool:
    """Whether the calendar is open at a moment."""
    return calendar is None or any(start <= at < end for start, end in _spans_around(calendar, at))


def open_seconds(calendar: Calendar | None, start: datetime, end: datetime, pauses: Sequence[Span] = ()) -> float:
    """How long it is open from `start` to `end`, without the pauses, which may overlap and reach beyond both."""
    if end <= start:
        return 0.0
    spans = without(open_spans(calendar, start, end), pauses)
    return sum((until - since).total_seconds() for since, until in spans)


def after(calendar: Calendar | None, start: datetime, seconds: float, pauses: Sequence[Span] = ()) -> datetime | None:
    """The moment by which so many open seconds have passed since `start`, pauses left out; None if that is never.

    A duration of 0 is over at once, also while it is closed.
    """
    left = seconds
    if left <= 0:
        return start
    far = start.astimezone(UTC) + timedelta(days=MOST_DAYS)
    for since, until in without(open_spans(calendar, start, far), pauses):
        length = (until - since).total_seconds()
        if length >= left:
            return since + timedelta(seconds=left)
        left -= length
    return None


def open_spans(calendar: Calendar | None, start: datetime, end: datetime) -> Iterator[Span]:
    """The times between two moments at which the calendar is open, in order and apart."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if calendar is None:
        yield start, end
        return
    for since, until in _spans_from(calendar, start):
        if since >= end:
            return
        yield max(since, start), min(until, end)


def next_change(calendar: Calendar | None, at: datetime) -> datetime | None:
    """When it opens or closes next; None if it never does."""
    if calendar is None:
        return None
    for since, until in _spans_from(calendar, at.astimezone(UTC)):
        return until if since <= at else since
    return None


def merged(spans: Sequence[Span]) -> list[Span]:
    """The same times in order and apart; empty ones left out."""
    found: list[Span] = []
    for since, until in sorted((one for one in spans if one[0] < one[1]), key=lambda one: one[0]):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return found


def without(spans: Iterable[Span], stops: Sequence[Span]) -> Iterator[Span]:
    """The times with the stops cut out, which may overlap and reach beyond them."""
    apart = merged(stops)
    for since, until in spans:
        at = since
        for stop, go in apart:
            if go <= at or stop >= until:
                continue
            if stop > at:
                yield at, stop
            at = go
        if at < until:
            yield at, until


def _spans_from(calendar: Calendar, at: datetime) -> Iterator[Span]:
    """The open times that end after a moment, in order and apart."""
    if not calendar.ever_opens:
        return
    day = before(at.astimezone(calendar.clock).date())
    held: Span | None = None
    for number in range(MOST_DAYS):
        for since, until in day_spans(calendar, day + timedelta(days=number)):
            if held and since <= held[1]:
                held = (held[0], max(held[1], until))
                continue
            if held and held[1] > at:
                yield held
            held = (since, until)
    if held and held[1] > at:
        yield held


def _spans_around(calendar: Calendar, at: datetime) -> Iterator[Span]:
    day = at.astimezone(calendar.clock).date()
    yield from day_spans(calendar, before(day))
    yield from day_spans(calendar, day)


def day_spans(calendar: Calendar, day: date) -> list[Span]:
    """The open times of the hours that begin on a date, in UTC; those after midnight belong to it, too."""
    found = []
    for begins, ends in calendar.hours_on(day):
        found += _moments(calendar.zone, day, begins, min(ends, 1440))
        if ends > 1440:
            found += _moments(calendar.zone, day + timedelta(days=1), 0, ends - 1440)
    return merged(found)


def _moments(zone: str, day: date, begins: int, ends: int) -> list[Span]:
    """When the wall clock of a zone stands within `[begins, ends)` minutes of a date."""
    found = []
    for since, until, offset in _segments(zone, day):
        midnight = datetime.combine(day, time(), UTC) - offset
        start = max(since, midnight + timedelta(minutes=begins))
        end = min(until, midnight + timedelta(minutes=ends))
        if start < end:
            found.append((start, end))
    return found


@lru_cache(maxsize=4096)
def _segments(zone: str, day: date) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """`(from, until, offset)`: the stretches of UTC around a date in which the zone's offset is the same."""
    clock = ZoneInfo(zone)
    start = datetime.combine(day, time(), UTC) - timedelta(hours=26)  # offsets go from -12 to +14 hours
    end = start + timedelta(hours=76)
    found, since = [], start
    while since < end:
        offset = _offset(clock, since)
        until = _change_after(clock, since, end, offset)
        found.append((since, until, offset))
        since = until
    return tuple(found)


def _change_after(clock: ZoneInfo, since: datetime, end: datetime, offset: timedelta) -> datetime:
    """The first minute after `since` at which the offset is another, or `end`."""
    step = since
    while step < end and _offset(clock, step) == offset:
        step += timedelta(hours=6)
    if step >= end and _offset(clock, end) == offset:
        return end
    low, high = max(since, step - timedelta(hours=6)), min(step, end)
    while high - low > timedelta(minutes=1):
        middle = low + timedelta(minutes=int((high - low).total_seconds() // 120))
        low, high = (middle, high) if _offset(clock, middle) == offset else (low, middle)
    return high


def _offset(clock: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(clock).utcoffset() or timedelta(0)
