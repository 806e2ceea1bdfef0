"""Answers of shifts, leaves, and who is on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from helpdesk.web.answers.base import Answered

From = Annotated[str, Field(alias="from")]
Reason = Literal["leave", "sick", "other"]


class _Kept(Answered):
    """What the records have in common."""

    id: str
    person_id: str
    note: str
    position: int
    version: int
    created_at: str
    updated_at: str


class Shift(_Kept):
    """When a colleague is there, week by week, from its first to its last date; hours may go over midnight."""

    zone: str
    hours: dict[str, list[list[str]]]
    from_: Annotated[str | None, Field(alias="from")]
    until: str | None


class Leave(_Kept):
    """When a colleague is not there: two dates, the last one inclusive, or two times."""

    from_: From
    until: str
    reason: Reason


class Away(Answered):
    """A leave that holds."""

    until: str
    reason: Reason


class OnShift(Answered):
    """Somebody who is on; `until` is null if he does not go within 400 days."""

    person_id: str
    name: str
    until: str | None


class OffShift(Answered):
    """Somebody who is not on; `next` is null if he does not come within 400 days."""

    person_id: str
    name: str
    next: str | None
    away: Away | None


class Coverage(Answered):
    """Who is on at a moment."""

    at: str
    on: list[OnShift]
    off: list[OffShift]


class Stretch(Answered):
    """A time, `until` exclusive."""

    from_: From
    until: str


class ShiftStretch(Stretch):
    """A time at which somebody is on."""

    shift_id: str


class LeaveStretch(Stretch):
    """A time at which somebody is on leave."""

    reason: Reason
    leave_id: str


class CoveredPerson(Answered):
    """A colleague's week."""

    person_id: str
    name: str
    spans: list[ShiftStretch]
    leaves: list[LeaveStretch]


class CoverageWeek(Stretch):
    """Seven days of a zone; `uncovered` are the times of the calendar asked for at which nobody is on."""

    zone: str
    people: list[CoveredPerson]
    uncovered: list[Stretch]
