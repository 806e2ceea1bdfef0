"""Bodies that shifts and leaves take."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from helpdesk.web.fields import Body, Id, Weekday, Zone

Time = Annotated[str, StringConstraints(pattern=r"^\d\d:\d\d$")]
Pair = Annotated[list[Time], Field(min_length=2, max_length=2)]
Hours = dict[Weekday, Annotated[list[Pair], Field(max_length=10)]]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")]
Moment = Annotated[str, StringConstraints(min_length=10, max_length=40)]
Note = Annotated[str, StringConstraints(max_length=500)]
Reason = Literal["leave", "sick", "other"]


class NewShift(Body):
    """When a colleague is there, week by week; `from` and `until` are its first and last date, both may be left out."""

    person_id: Id
    zone: Zone
    hours: Hours
    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    note: Note = ""


class ShiftChange(Body):
    """What can change of a shift; null takes a date away."""

    person_id: Id = ""
    zone: Zone = ""
    hours: Hours = Field(default_factory=dict)
    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    note: Note = ""


class NewLeave(Body):
    """When a colleague is not there: two dates, the last one inclusive, or two times (RFC 3339)."""

    person_id: Id
    from_: Annotated[Moment, Field(alias="from")]
    until: Moment
    reason: Reason = "leave"
    note: Note = ""


class LeaveChange(Body):
    """What can change of a leave."""

    person_id: Id = ""
    from_: Annotated[Moment, Field(alias="from")] = ""
    until: Moment = ""
    reason: Reason = "leave"
    note: Note = ""
