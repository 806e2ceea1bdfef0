"""Answers of calendars, SLA policies, and what a ticket is promised."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from helpdesk.web.answers.base import Answered


class SlaTarget(Answered):
    """One thing that is promised; `minutes` and `left_seconds` are time of the policy's calendar.

    A clock that stands has `left_seconds`, one that runs `due_at`; `warn_at` is when a warning is given.
    """

    target: Literal["first_response", "next_response", "update", "resolution"]
    state: Literal["running", "warned", "breached", "paused", "met", "met_late"]
    minutes: int
    since: str
    due_at: str | None
    warn_at: str | None
    left_seconds: int | None
    met_at: str | None
    warned_at: str | None
    breached_at: str | None


class Sla(Answered):
    """What a policy promises of a ticket; `paused_at` is since when its clock stands."""

    policy_id: str
    policy: str
    calendar_id: str | None
    paused_at: str | None
    targets: list[SlaTarget]


class CalendarHolidays(Answered):
    """A country by ISO 3166 code, and a part of it."""

    country: str
    part: str | None


class CalendarException(Answered):
    """A date with other hours than its weekday; none is closed."""

    date: str
    name: str
    hours: list[list[str]]


class Calendar(Answered):
    """When somebody works, on a zone's wall clock; `holiday_names` are closed dates that follow from `holidays`."""

    id: str
    name: str
    zone: str
    hours: dict[str, list[list[str]]]
    holidays: CalendarHolidays | None
    holiday_names: dict[str, str]
    exceptions: list[CalendarException]
    position: int
    archived: bool
    version: int
    created_at: str | None
    updated_at: str | None


class HolidayPlace(Answered):
    """A country whose public holidays are known, and its parts."""

    country: str
    parts: list[str]


class SlaPolicy(Answered):
    """What is promised: minutes of the calendar's time by target and priority; `filter` in both forms."""

    id: str
    name: str
    filter: str
    filter_json: dict[str, Any]
    calendar_id: str | None
    targets: dict[str, dict[str, int]]
    pause_in: list[Literal["waiting", "on_hold"]]
    warn_at_percent: int
    position: int
    archived: bool
    version: int
    created_at: str | None
    updated_at: str | None


class PromiseCount(Answered):
    """How many promises were kept, broken, and are open."""

    met: int
    late: int
    open: int


class TargetCount(Answered):
    """The same of one target, under the policies as they are and with the draft."""

    target: Literal["first_response", "next_response", "update", "resolution"]
    before: PromiseCount
    after: PromiseCount


class LatePromise(Answered):
    """A promise that the draft would have broken and the policies as they are would not."""

    ticket_id: str
    number: int
    target: Literal["first_response", "next_response", "update", "resolution"]
    due_at: str | None
    met_at: str | None


class Simulation(Answered):
    """What a draft would have done; `all` is false when there was no time for every ticket.

    `newly_late` has at most fifty, of the tickets that the caller may see.
    """

    days: int
    since: str
    tickets: int
    all: bool
    before: PromiseCount
    after: PromiseCount
    late_anyway: int
    no_longer_late: int
    by_target: list[TargetCount]
    newly_late: list[LatePromise]


class Timer(Answered):
    """What a ticket does by itself, when, and why: `remind`, `close`, `wake`, `route`, or `breach:resolution`."""

    id: Annotated[str, Field(pattern=r"^(remind|close|wake|route|(warn|breach):[a-z_]+)$")]
    at: str
    because: str
    rule_id: str | None
    rule: str | None
