"""Shifts and leaves of one person; pure values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from helpdesk.calendars.business_time import Span
from helpdesk.calendars.model import Calendar

REASONS = ("leave", "sick", "other")


@dataclass(frozen=True)
class Shift:
    """The hours at which a person is there, week by week; `begins` and `ends` are its first and last date, inclusive.

    Hours over midnight belong to the date on which they begin.
    """

    id: str
    person_id: str
    calendar: Calendar
    begins: date | None = None
    ends: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether its hours hold on a date."""
        return (self.begins or day) <= day <= (self.ends or day)


@dataclass(frozen=True)
class Leave:
    """A time at which a person is not there: whole dates, the last one inclusive, or from moment to moment."""

    id: str
    person_id: str
    begins: date | datetime
    ends: date | datetime
    reason: str

    def span(self, zone: str) -> Span:
        """`[from, until)` in UTC; whole dates are those of a zone."""
        if isinstance(self.begins, datetime) and isinstance(self.ends, datetime):
            return self.begins, self.ends
        return _midnight(self.begins, zone), _midnight(self.ends + timedelta(days=1), zone)


@dataclass(frozen=True)
class Rota:
    """All shifts and leaves of one person."""

    shifts: tuple[Shift, ...] = ()
    leaves: tuple[Leave, ...] = ()

    def away(self) -> list[tuple[Span, Leave]]:
        """Each leave with its time."""
        return [(leave.span(self.zone_on(leave.begins)), leave) for leave in self.leaves]

    def zone_on(self, at: date | datetime) -> str:
        """The zone that the person lives by: that of the first shift in force, else of the first one, else UTC."""
        day = at.date() if isinstance(at, datetime) else at
        held = [one for one in self.shifts if one.in_force(day)] or self.shifts
        return held[0].calendar.zone if held else "UTC"


def _midnight(day: date, zone: str) -> datetime:
    """The moment at which a date begins; where clocks leave midnight out, that at which they do."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
