"""A calendar: hours of each weekday, days that differ, and a zone; pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Hours = tuple[tuple[int, int], ...]
"""`(from, until)` in minutes after midnight, until exclusive; over 1440 it ends on the next day."""
CLOSED: Hours = ()


@dataclass(frozen=True)
class Calendar:
    """Opening hours on a wall clock: it is open whenever the clock of its zone stands within them.

    So the night on which clocks go forward is an hour shorter, and the hour that comes twice counts twice.
    `days` are the dates that differ from their weekday: holidays, shortened days, extra days.
    """

    id: str
    zone: str
    week: Mapping[str, Hours]
    days: Mapping[date, Hours] = field(default_factory=dict)

    @cached_property
    def clock(self) -> ZoneInfo:
        """The zone's own rules."""
        return ZoneInfo(self.zone)

    def hours_on(self, day: date) -> Hours:
        """The hours that begin on a date."""
        if day in self.days:
            return self.days[day]
        return self.week.get(WEEKDAYS[day.weekday()], CLOSED)

    @property
    def ever_opens(self) -> bool:
        """False for a calendar that has no hours at all."""
        return any(self.week.values()) or any(self.days.values())


def minutes_of(text: str) -> int:
    """Minutes after midnight of `HH:MM`; `24:00` is the end of the day.

    Raises
    ------
    ValueError
        when it is no time of day.
    """
    if text == "24:00":
        return 1440
    at = time.fromisoformat(text) if len(text) == 5 else None
    if at is None:
        raise ValueError(f"{text!r} is not HH:MM")
    return at.hour * 60 + at.minute


def hours_of(pairs: list[list[str]]) -> Hours:
    """Hours out of `[["09:00", "12:30"], ["13:30", "18:00"]]`; one that ends before it begins goes over midnight."""
    made = []
    for start, end in pairs:
        begins, ends = minutes_of(start), minutes_of(end)
        made.append((begins, ends if ends > begins else ends + 1440))
    return tuple(sorted(made))


def before(day: date) -> date:
    """The day before."""
    return day - timedelta(days=1)
