"""AD-04: who is on is right in any zone, by an oracle that looks at the clock every minute."""

from __future__ import annotations

import os
import random
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

import pytest

from helpdesk.calendars.model import WEEKDAYS, Calendar, hours_of
from helpdesk.coverage import spans
from helpdesk.coverage.model import Leave, Rota, Shift

ROUNDS = int(os.environ.get("ORACLE_ROUNDS", "200"))
ZONES = (
    *("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Havana", "Africa/Cairo"),
    *("America/Santiago", "UTC", "Pacific/Kiritimati", "Atlantic/Azores"),
)
OFFICE = {day: hours_of([["08:00", "17:00"]]) for day in WEEKDAYS[:5]}
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


def office(**dates: date) -> Shift:
    return Shift("s", "p", Calendar("s", "Europe/Berlin", OFFICE), **dates)


def is_on(rota: Rota, moment: datetime) -> bool:
    """What the wall clock and the dates say, minute by minute."""
    for leave in rota.leaves:
        if isinstance(leave.begins, datetime):
            away = leave.begins <= moment < leave.ends
        else:
            away = leave.begins <= moment.astimezone(ZoneInfo(rota.zone_on(leave.begins))).date() <= leave.ends
        if away:
            return False
    return any(_shift_is_on(shift, moment) for shift in rota.shifts)


def _shift_is_on(shift: Shift, moment: datetime) -> bool:
    local = moment.astimezone(shift.calendar.clock)
    minute, today = local.hour * 60 + local.minute, local.date()
    for day, passed in ((today, minute), (today - timedelta(days=1), minute + 1440)):
        hours = shift.calendar.hours_on(day)
        if shift.in_force(day) and any(begins <= passed < ends for begins, ends in hours):
            return True
    return False


def a_rota(choose: random.Random, near: date) -> Rota:
    def hours() -> tuple[tuple[int, int], ...]:
        cuts = sorted(choose.sample(range(0, 1440), 2 * choose.randint(0, 2)))
        pairs = list(zip(cuts[::2], cuts[1::2], strict=True))
        if pairs and choose.random() < 0.3:
            pairs[-1] = (pairs[-1][0], 1440 + choose.randint(1, min(600, pairs[0][0] or 1)))
        return tuple(pairs)

    def day() -> date | None:
        return near + timedelta(days=choose.randint(-2, 4)) if choose.random() < 0.5 else None

    found = []
    for number in range(choose.randint(1, 3)):
        calendar = Calendar(str(number), choose.choice(ZONES), {one: hours() for one in WEEKDAYS})
        found.append(Shift(str(number), "p", calendar, day(), day()))
    leaves = []
    for number in range(choose.randint(0, 2)):
        first = near + timedelta(days=choose.randint(-2, 3))
        since, last = first, first + timedelta(days=choose.randint(0, 1))
        if choose.random() < 0.5:
            since = datetime(first.year, first.month, first.day, choose.randint(0, 23), 17, tzinfo=UTC)
            last = since + timedelta(minutes=choose.randint(1, 2000))
        leaves.append(Leave(str(number), "p", since, last, "leave"))
    return Rota(tuple(found), tuple(leaves))


def test_ad04_who_is_on_is_what_a_clock_that_is_looked_at_every_minute_says():
    choose = random.Random(20261120)
    for _ in range(ROUNDS):
        day = date(2026, choose.choice((3, 4, 9, 10, 11)), 1) + timedelta(days=choose.randint(0, 27))
        start = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=choose.randint(0, 1439))
        rota, length = a_rota(choose, day), choose.randint(1, 3 * 1440)
        minutes = [start + timedelta(minutes=number) for number in range(length)]
        said = [is_on(rota, one) for one in minutes]
        found = spans.on_spans(rota, start, start + timedelta(minutes=length))
        assert [any(since <= one < until for since, until in found) for one in minutes] == said, (rota, start)
        assert all(one[1] < other[0] for one, other in pairwise(found)), "in order and apart"
        on, change = spans.next_change(rota, start)
        assert on == said[0]
        first = next((one for one, flag in zip(minutes, said, strict=True) if flag != on), None)
        assert change == first or (first is None and (change is None or change > minutes[-1])), (rota, start)


def test_two_shifts_overlap_when_some_minute_has_both():
    choose = random.Random(7)
    for _ in range(ROUNDS // 4):
        one, other = (a_rota(choose, date(2026, 10, 24)).shifts[0] for _ in range(2))
        found = spans.first_overlap(one, other, date(2026, 10, 20))
        moment = datetime(2026, 10, 20, tzinfo=UTC)
        both = [
            _shift_is_on(one, at_) and _shift_is_on(other, at_)
            for at_ in (moment + timedelta(minutes=number) for number in range(0, 10 * 1440))
        ]
        assert found or not any(both), (one, other)
        if found:
            assert _shift_is_on(one, found[0]) and _shift_is_on(other, found[0])


def test_shifts_in_turn_do_not_overlap():
    until, since = date(2026, 11, 20), date(2026, 11, 21)
    assert spans.first_overlap(office(ends=until), office(begins=since), since) is None
    assert spans.first_overlap(office(ends=until), office(begins=until), since) == (
        at("2026-11-20T08:00"),
        at("2026-11-20T17:00"),
    )
    nights = Shift("n", "p", Calendar("n", "Europe/Berlin", {"fri": hours_of([["22:00", "08:30"]])}))
    saturday = Shift("m", "p", Calendar("m", "Europe/Berlin", {"sat": hours_of([["08:00", "12:00"]])}), begins=since)
    assert spans.first_overlap(nights, saturday, until) == (at("2026-11-21T08:00"), at("2026-11-21T08:30"))


def test_an_hour_that_the_change_of_clocks_leaves_out_overlaps_in_the_week_after():
    night = {"sun": hours_of([["02:00", "03:00"]])}
    one, other = (Shift(id_, "p", Calendar(id_, "Europe/Berlin", night), begins=date(2026, 3, 28)) for id_ in "ab")
    assert spans.first_overlap(one, other, date(2026, 3, 28)) == (at("2026-04-05T02:00"), at("2026-04-05T03:00"))


def test_a_shift_of_another_zone_meets_one_only_in_the_weeks_between_two_changes_of_clocks():
    """New York is five hours from Berlin from 25 October to 1 November 2026, six else."""
    berlin = Shift("b", "p", Calendar("b", "Europe/Berlin", {"tue": hours_of([["13:00", "13:30"]])}))
    york = Shift("y", "p", Calendar("y", "America/New_York", {"tue": hours_of([["08:00", "08:30"]])}))
    assert spans.first_overlap(berlin, york, date(2026, 6, 1)) == (at("2026-10-27T13:00"), at("2026-10-27T13:30"))


@pytest.mark.parametrize(("night", "hours"), [("2026-03-21", 8), ("2026-03-28", 7), ("2026-10-24", 9)])
def test_a_night_shift_is_as_long_as_the_clock_says(night, hours):
    nights = Shift("n", "p", Calendar("n", "Europe/Berlin", {"sat": hours_of([["22:00", "06:00"]])}))
    ((since, until),) = spans.on_spans(Rota((nights,)), at(f"{night}T12:00"), at(f"{night}T12:00") + timedelta(days=1))
    assert (until - since).total_seconds() == hours * 3600


def test_who_comes_next_is_known_though_it_is_in_a_year_and_never_is_none():
    rota = Rota((office(),), (Leave("l", "p", date(2026, 11, 20), date(2027, 11, 19), "other"),))
    assert spans.next_change(rota, at("2026-11-20T10:00")) == (False, at("2027-11-22T08:00"))
    over = Rota((office(ends=date(2026, 11, 20)),))
    assert spans.next_change(over, at("2026-11-20T16:59")) == (True, at("2026-11-20T17:00"))
    assert spans.next_change(over, at("2026-11-20T17:00")) == (False, None)
    always = Shift("a", "p", Calendar("a", "UTC", dict.fromkeys(WEEKDAYS, ((0, 1440),))))
    assert spans.next_change(Rota((always,)), at("2026-11-20T10:00")) == (True, None)


def test_what_is_uncovered_is_the_calendar_without_everybody():
    hours = Calendar("c", "Europe/Berlin", {"fri": hours_of([["06:00", "22:00"]])})
    away = Rota((office(),), (Leave("l", "p", at("2026-11-20T15:00"), at("2026-11-20T16:00"), "sick"),))
    found = spans.uncovered(hours, [away, Rota()], at("2026-11-16T00:00"), at("2026-11-23T00:00"))
    days = [(f"{since.astimezone(BERLIN):%H}", f"{until.astimezone(BERLIN):%H}") for since, until in found]
    assert days == [("06", "08"), ("15", "16"), ("17", "22")]
    assert [key for key, _ in groupby(found, key=lambda one: one[0].date())] == [date(2026, 11, 20)]
