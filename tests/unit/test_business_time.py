"""AD-04, pain point 31: business time is right in any calendar and zone, by a minute-by-minute oracle."""

from __future__ import annotations

import os
import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from helpdesk.calendars import business_time
from helpdesk.calendars.model import WEEKDAYS, Calendar, hours_of

ROUNDS = int(os.environ.get("ORACLE_ROUNDS", "300"))  # ORACLE_ROUNDS=10000 for ten thousand
ZONES = (
    *("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "Africa/Cairo"),
    *("Pacific/Apia", "Asia/Kathmandu", "America/Sao_Paulo", "UTC", "Pacific/Kiritimati", "Europe/Lisbon"),
)
OFFICE = {day: hours_of([["09:00", "12:30"], ["13:30", "18:00"]]) for day in WEEKDAYS[:5]}


def at(text: str, zone: str = "Europe/Berlin") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def oracle(calendar: Calendar, start: datetime, end: datetime, pauses: list[tuple[datetime, datetime]]) -> list[bool]:
    """For each minute from `start`, whether the wall clock stands within the hours and nobody pauses."""
    found, moment = [], start
    while moment < end:
        local = moment.astimezone(calendar.clock)
        minute = local.hour * 60 + local.minute
        today, yesterday = calendar.hours_on(local.date()), calendar.hours_on(local.date() - timedelta(days=1))
        is_open = any(begins <= minute < ends for begins, ends in today) or any(
            minute + 1440 < ends for _, ends in yesterday
        )
        found.append(is_open and not any(since <= moment < until for since, until in pauses))
        moment += timedelta(minutes=1)
    return found


def a_calendar(choose: random.Random, near: date) -> Calendar:
    def hours() -> tuple[tuple[int, int], ...]:
        cuts = sorted(choose.sample(range(0, 1440), 2 * choose.randint(0, 3)))
        pairs = list(zip(cuts[::2], cuts[1::2], strict=True))
        if pairs and choose.random() < 0.3:
            pairs[-1] = (pairs[-1][0], 1440 + choose.randint(1, 600))
        return tuple(pairs)

    week = {day: hours() for day in WEEKDAYS if choose.random() < 0.8}
    days = {near + timedelta(days=choose.randint(-2, 9)): hours() for _ in range(choose.randint(0, 3))}
    return Calendar("c", choose.choice(ZONES), week, days)


def test_pain31_the_closed_form_is_what_a_clock_that_is_looked_at_every_minute_says():
    choose = random.Random(20261120)
    for _ in range(ROUNDS):
        day = date(2026, choose.choice((3, 4, 10, 11, 2)), 1) + timedelta(days=choose.randint(0, 27))
        start = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=choose.randint(0, 1439))
        end = start + timedelta(minutes=choose.randint(0, 3 * 1440))
        pauses = [
            (since, since + timedelta(minutes=choose.randint(0, 900)))
            for since in (start + timedelta(minutes=choose.randint(-300, 2000)) for _ in range(choose.randint(0, 3)))
        ]
        calendar = a_calendar(choose, day)
        minutes = oracle(calendar, start, end, pauses)
        said = (calendar, start, end, pauses)
        assert business_time.open_seconds(calendar, start, end, pauses) == 60 * sum(minutes), said
        if minutes:
            assert (
                business_time.is_open(calendar, start) == oracle(calendar, start, start + timedelta(minutes=1), [])[0]
            )
        if sum(minutes):
            target = choose.randint(1, sum(minutes))
            passed = next(index for index, count in enumerate(_counts(minutes), 1) if count == target)
            due = business_time.after(calendar, start, 60 * target, pauses)
            assert due == start + timedelta(minutes=passed), said


def _counts(minutes: list[bool]) -> list[int]:
    found, count = [], 0
    for one in minutes:
        count += one
        found.append(count)
    return found


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-20T10:00", 2, "2026-11-20T12:00"),
        ("2026-11-20T12:00", 1, "2026-11-20T14:00"),
        ("2026-11-20T17:30", 1, "2026-11-23T09:30"),
        ("2026-11-21T03:00", 8, "2026-11-23T18:00"),
        ("2026-11-20T18:00", 0, "2026-11-20T18:00"),
    ],
)
def test_lunch_nights_and_weekends_do_not_count(start, hours, due):
    calendar = Calendar("office", "Europe/Berlin", OFFICE)
    assert business_time.after(calendar, at(start), hours * 3600) == at(due)


def test_a_night_shift_lasts_as_long_as_the_clock_says():
    nights = Calendar("nights", "Europe/Berlin", {"sat": hours_of([["22:00", "06:00"]])})
    lengths = [
        business_time.open_seconds(nights, at(f"{day}T12:00"), at(f"{day}T12:00") + timedelta(days=1)) / 3600
        for day in ("2026-03-21", "2026-03-28", "2026-10-24")
    ]
    assert lengths == [8, 7, 9]


def test_a_calendar_that_never_opens_says_so():
    closed = Calendar("closed", "UTC", {})
    assert business_time.after(closed, at("2026-11-20T10:00"), 60) is None
    assert business_time.next_change(closed, at("2026-11-20T10:00")) is None
    once = Calendar("once", "UTC", {}, {date(2027, 1, 4): hours_of([["09:00", "10:00"]])})
    assert business_time.after(once, at("2026-11-20T10:00"), 3600) == datetime(2027, 1, 4, 10, tzinfo=UTC)
    assert business_time.after(once, at("2026-11-20T10:00"), 3601) is None


def test_around_the_clock_is_no_calendar_at_all():
    start = at("2026-11-20T10:00")
    assert business_time.after(None, start, 90) == start + timedelta(seconds=90)
    pause = (start + timedelta(seconds=30), start + timedelta(seconds=60))
    assert business_time.after(None, start, 90, [pause]) == start + timedelta(seconds=120)
    assert business_time.open_seconds(None, start, start + timedelta(seconds=90), [pause]) == 60


def test_the_next_change_is_told():
    calendar = Calendar("office", "Europe/Berlin", OFFICE)
    assert business_time.next_change(calendar, at("2026-11-20T10:00")) == at("2026-11-20T12:30")
    assert business_time.next_change(calendar, at("2026-11-20T12:30")) == at("2026-11-20T13:30")
    assert business_time.next_change(calendar, at("2026-11-20T18:00")) == at("2026-11-23T09:00")
