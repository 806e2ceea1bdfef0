"""TM-21: what stands on a ticket of its promises is what a stopwatch that is looked at every minute says."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from helpdesk.calendars.model import Calendar, hours_of
from helpdesk.core import clock
from helpdesk.sla import follow as following
from helpdesk.sla.follow import follow
from helpdesk.sla.model import Situation, Sla, Terms, due_at

START = datetime(2026, 3, 27, 6, tzinfo=UTC)  # the weekend on which Berlin's clocks go forward is near
OFFICE = Calendar(
    "office",
    "Europe/Berlin",
    {day: hours_of([["08:00", "12:00"], ["13:00", "17:30"]]) for day in ("mon", "tue", "wed", "thu", "fri", "sun")},
)


def at(minute: int) -> str:
    return clock.iso(START + timedelta(minutes=minute))


def terms(calendar: Calendar | None, **minutes: int) -> Terms:
    return Terms("P1", "Gold", 1, calendar and calendar.id, calendar, at(0), minutes, 0.75)


def standing(stands: bool, **more: Any) -> Situation:
    values: dict[str, Any] = {"first_response_at": None, "resolved_at": None, "last_message": None}
    return Situation(stands, **values | more)


def watched(
    calendar: Calendar | None, minutes: int, changes: list[tuple[int, bool]], until: int
) -> tuple[int, str | None]:
    """`(minutes left, due)` of a stopwatch: each minute that is open and does not stand counts."""
    from helpdesk.calendars.business_time import is_open

    left, stands, told = minutes, False, dict(changes)
    for minute in range(until + 60 * 24 * 30):
        if left == 0:
            return 0, at(minute)
        stands = told.get(minute, stands)
        if minute >= until and stands:
            return left, None
        if not stands and is_open(calendar, START + timedelta(minutes=minute)):
            left -= 1
    raise AssertionError("never due")


@pytest.mark.parametrize("calendar", [None, OFFICE], ids=["around the clock", "office"])
def test_tm21_the_clock_of_a_target_is_a_stopwatch(calendar):
    choose = random.Random(20261120)
    for _ in range(60):
        minutes = choose.randint(1, 900)
        times = sorted(choose.sample(range(1, 4000), choose.randint(0, 6)))
        changes = [(minute, number % 2 == 0) for number, minute in enumerate(times)]
        sla = follow(None, None, standing(False), terms(calendar, resolution=minutes), at(0))
        for minute, stands in changes:
            sla = follow(sla, standing(not stands), standing(stands), terms(calendar, resolution=minutes), at(minute))
        last = times[-1] if times else 0
        left, due = watched(calendar, minutes, changes, last)
        target = sla["targets"]["resolution"]
        if target.get("due_at"):
            assert target["due_at"] == due, (minutes, changes)
        else:
            assert max(0, target["left_seconds"]) == 60 * left, (minutes, changes)


def test_tm21_reckoning_again_changes_nothing():
    sla = follow(None, None, standing(False), terms(OFFICE, first_response=60, resolution=480), at(0))
    for stands, minute in ((True, 100), (False, 500), (True, 700)):
        sla = follow(
            sla, standing(not stands), standing(stands), terms(OFFICE, first_response=60, resolution=480), at(minute)
        )
        again = follow(sla, None, standing(stands), terms(OFFICE, first_response=60, resolution=480), at(minute + 999))
        assert again == sla


def test_pauses_without_end_stay_few_and_cost_minutes_at_most(monkeypatch):
    monkeypatch.setattr(following, "MOST_PAUSES", 5)
    sla: Sla | None = None
    for minute in range(0, 400, 10):
        sla = follow(sla, None, standing(minute % 20 == 10), terms(None, resolution=1000), at(minute))
    assert sla is not None
    assert len(sla["pauses"]) == 5
    due = clock.parse(str(due_at(follow(sla, None, standing(False), terms(None, resolution=1000), at(400)))))
    exact = START + timedelta(minutes=1000 + 200)
    assert exact <= due <= exact + timedelta(minutes=200)


def test_a_policy_whose_calendar_opens_no_more_promises_nothing_soon():
    once = Calendar("once", "UTC", {}, {START.date(): hours_of([["06:00", "07:00"]])})
    sla = follow(None, None, standing(False), terms(once, resolution=90), at(0))
    assert due_at(sla) is None
    assert sla["targets"]["resolution"]["minutes"] == 90
