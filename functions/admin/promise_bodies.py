"""Bodies that calendars and SLA policies take."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from helpdesk.web.fields import Body, Id, Line, Weekday, Zone
from helpdesk.web.policy_body import Condition, Pauses, Percent, SlaPolicyBody, Targets

Time = Annotated[str, StringConstraints(max_length=5)]
Hours = Annotated[list[Annotated[list[Time], Field(min_length=2, max_length=2)]], Field(max_length=12)]


class Holidays(Body):
    """A country by ISO 3166 code, and a part of it."""

    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    part: Annotated[str, StringConstraints(max_length=10)] | None = None


class Exception_(Body):
    """A date with other hours than its weekday; none is closed."""

    date: Annotated[str, StringConstraints(max_length=10)]
    name: Annotated[str, StringConstraints(max_length=100)] = ""
    hours: Hours = Field(default_factory=list)


Exceptions = Annotated[list[Exception_], Field(max_length=200)]


class NewCalendar(Body):
    """Hours of each weekday as [from, until] HH:MM on the clock of `zone`; until before from is the next day."""

    name: Line
    zone: Zone
    hours: dict[Weekday, Hours] = Field(default_factory=dict)
    holidays: Holidays | None = None
    exceptions: Exceptions = Field(default_factory=list)


class CalendarChange(Body):
    """What can change of a calendar; null takes the holidays away."""

    name: Line = ""
    zone: Zone = ""
    hours: dict[Weekday, Hours] = Field(default_factory=dict)
    holidays: Holidays | None = None
    exceptions: Exceptions = Field(default_factory=list)
    archived: Literal[False] = False


class NewSlaPolicy(SlaPolicyBody):
    """What is promised to tickets that fit the filter: minutes by target and priority."""


class SlaPolicyChange(Body):
    """What can change of a policy; null for the calendar is around the clock."""

    name: Line = ""
    filter: Condition = ""
    calendar_id: Id | None = None
    targets: Targets = Field(default_factory=dict)
    pause_in: Pauses = Field(default_factory=list)
    warn_at_percent: Percent = 75
    archived: Literal[False] = False
