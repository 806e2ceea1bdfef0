"""When people are on: shifts without leaves, between two moments. Pure; spans are `[from, until)` in UTC, in order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from helpdesk.calendars.business_time import Span, day_spans, merged, open_spans, without
from helpdesk.calendars.model import Calendar, before
from helpdesk.coverage.model import Rota, Shift

_AHEAD = (8, 62, 400)  # days looked at for the next change, one after the other: most come or go within a week
_COMPARED = 371  # days within which two shifts of different zones meet if ever; every change of clocks is among them
_TWICE = 15  # the same in one zone: two weeks, for the first may have the night in which clocks go forward


def shift_spans(shift: Shift, start: datetime, end: datetime) -> list[Span]:
    """The times of a shift, one for each of its hours."""
    clock = shift.calendar.clock
    first = max(before(start.astimezone(clock).date()), shift.begins or date.min)
    last = min(end.astimezone(clock).date(), shift.ends or date.max)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return _within((span for day in days for span in day_spans(shift.calendar, day)), start, end)


def on_spans(rota: Rota, start: datetime, end: datetime) -> list[Span]:
    """When a person is on, by any shift."""
    spans = [span for shift in rota.shifts for span in shift_spans(shift, start, end)]
    return list(without(merged(spans), [span for span, _ in rota.away()]))


def next_change(rota: Rota, at: datetime) -> tuple[bool, datetime | None]:
    """Whether a person is on, and when he goes or comes next; None if that is not within 400 days."""
    is_on = False
    for days in _AHEAD:
        end = at + timedelta(days=days)
        spans = on_spans(rota, at, end)
        is_on = bool(spans) and spans[0][0] <= at
        change = spans[0][1 if is_on else 0] if spans else end
        if change < end:
            return is_on, change
    return is_on, None


def uncovered(calendar: Calendar, rotas: Iterable[Rota], start: datetime, end: datetime) -> list[Span]:
    """The open times of a calendar at which nobody is on."""
    covered = [span for rota in rotas for span in on_spans(rota, start, end)]
    return list(without(open_spans(calendar, start, end), covered))


def first_overlap(one: Shift, other: Shift, today: date) -> Span | None:
    """The first time at which both shifts are on; without dates it is looked for from today on."""
    begins = max((day for day in (one.begins, other.begins) if day), default=None)
    ends = min((day for day in (one.ends, other.ends) if day), default=None)
    first = begins or min(today, ends or today) - timedelta(days=7)
    compared = _TWICE if one.calendar.zone == other.calendar.zone else _COMPARED
    last = min(ends or date.max, first + timedelta(days=compared))
    if last < before(first):
        return None
    start = datetime.combine(first, time(), UTC) - timedelta(days=2)
    end = datetime.combine(last, time(), UTC) + timedelta(days=3)
    spans = sorted(span for shift in (one, other) for span in merged(shift_spans(shift, start, end)))
    for (_, until), (since, ends_at) in pairwise(spans):
        if since < until:
            return since, min(until, ends_at)
    return None


def _within(spans: Iterable[Span], start: datetime, end: datetime) -> list[Span]:
    found = [(max(since, start.astimezone(UTC)), min(until, end.astimezone(UTC))) for since, until in spans]
    return [(since, until) for since, until in found if since < until]
