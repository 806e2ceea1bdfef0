"""Answers of the numbers and of the wallboard."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from helpdesk.web.answers.base import Answered


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


class Age(Answered):
    """How many tickets of an age wait for us, and how many for somebody else."""

    with_us: int
    waiting: int


class OldestTicket(Answered):
    """The one that has been open for longest."""

    id: str
    number: int
    subject: str
    created_at: str


class WallPerson(Answered):
    """A colleague: on until, or back at `until` (null if that is not within 400 days), and what he has.

    `today` is null for who may not read others' numbers.
    """

    person_id: str
    name: str
    on: bool
    until: str | None
    away: bool
    active: int
    late: int
    today: Figures | None


class Wallboard(Answered):
    """What stands on the wall.

    `falls_due` begins with those that are late and goes on by the hour, eight of them; `ages` are under 1 h, 4 h,
    24 h, 3 days, 7 days, and older. `usual` are the 30 days before.
    """

    at: str
    team_id: str | None
    active: int
    unassigned: int
    falls_due: list[int]
    ages: list[Age]
    oldest: OldestTicket | None
    people: list[WallPerson]
    today: Figures
    usual: Figures
    days: list[FiguresOfDay]
