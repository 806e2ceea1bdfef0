"""Answers of the numbers and of the wallboard."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from helpdesk.web.answers.base import Answered
from helpdesk.web.answers.coverage import OnShift


class Duration(Answered):
    """Of how many, and in seconds: the means by the clock and in business time; half took at most `median_within`.

    Null without any; a median is one of some steps, in business time, and null beyond a week.
    """

    count: int
    mean: int | None
    mean_business: int | None
    median_within: int | None


class Figures(Answered):
    """What was done in some days."""

    created: int
    received: int
    assigned: int
    replied: int
    resolved: int
    reopened: int
    involved: int
    promises_kept: int
    promises_broken: int
    first_response: Duration
    next_response: Duration
    resolution: Duration


class FiguresOfDay(Figures):
    """What was done on a day."""

    day: str


class NumbersRow(Answered):
    """One whose numbers these are; days without any are not there."""

    id: str
    name: str
    total: Figures
    days: list[FiguresOfDay]


class Numbers(Answered):
    """What was done and how quickly from one day to another, both with it, in UTC."""

    from_: Annotated[str, Field(alias="from")]
    until: str
    of: Literal["me", "agent", "team", "policy", "desk"]
    rows: list[NumbersRow]


class Backlog(Answered):
    """How many tickets there are to be worked on, and how many of these nobody has."""

    new: int
    open: int
    waiting: int
    on_hold: int
    unassigned: int


class Forecast(Answered):
    """How many promises are broken now, and how many will be due next; each span holds the shorter ones."""

    late: int
    within_1h: int
    within_4h: int
    within_24h: int


class OldestTicket(Answered):
    """The one that has been open for longest."""

    id: str
    number: int
    subject: str
    created_at: str


class Wallboard(Answered):
    """What stands on the wall."""

    at: str
    backlog: Backlog
    forecast: Forecast
    oldest: OldestTicket | None
    on: list[OnShift]
    today: Figures
