"""NO-03: the time at which a notice goes is never within quiet hours, and a digest comes at its wall clock's time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.calendars.model import WEEKDAYS
from helpdesk.coverage.model import Rota
from helpdesk.notifications.hours import digest_at, storm_until, told_at
from helpdesk.notifications.model import Preferences, Quiet

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Chatham")
YEAR = datetime(2027, 1, 1, tzinfo=UTC)
moments = st.integers(0, 366 * 24 * 60).map(lambda minutes: YEAR + timedelta(minutes=minutes))
times = st.integers(0, 1439).map(lambda minutes: f"{minutes // 60:02}:{minutes % 60:02}")
zones = st.sampled_from(ZONES)


def _quiet(wishes: Preferences, at: datetime) -> bool:
    """Minute by minute, by the wall clock alone."""
    quiet = wishes.quiet
    assert quiet
    local = at.astimezone(ZoneInfo(wishes.zone))
    now = f"{local:%H:%M}"
    today, yesterday = (WEEKDAYS[(local.weekday() - back) % 7] for back in (0, 1))
    if quiet.since < quiet.until:
        return today in quiet.days and quiet.since <= now < quiet.until
    return (today in quiet.days and now >= quiet.since) or (yesterday in quiet.days and now < quiet.until)


@given(at=moments, zone=zones, since=times, until=times, days=st.sets(st.sampled_from(WEEKDAYS), min_size=1))
def test_nothing_goes_in_quiet_hours_and_all_else_at_once(at, zone, since, until, days):
    if since == until:
        return
    wishes = Preferences("P", zone=zone, quiet=Quiet(since, until, tuple(days)))
    due, reason = told_at(wishes, Rota(), at)
    assert due is not None and not _quiet(wishes, due)
    assert (due == at) == (reason is None) == (not _quiet(wishes, at))
    assert due == at or _quiet(wishes, due - timedelta(minutes=1)), "no later than they end"


@given(at=moments, zone=zones, daily_at=times)
def test_a_daily_digest_comes_within_a_day_at_its_time_or_where_clocks_left_it_out(at, zone, daily_at):
    due = digest_at(Preferences("P", mail="daily", zone=zone, daily_at=daily_at), at)
    assert at < due <= at + timedelta(hours=25)
    local = due.astimezone(ZoneInfo(zone))
    before = (due - timedelta(hours=2)).astimezone(ZoneInfo(zone))
    assert f"{local:%H:%M}" == daily_at or local.utcoffset() != before.utcoffset()


@given(at=moments, zone=zones)
def test_an_hourly_digest_comes_at_the_next_hour_of_the_wall_clock(at, zone):
    due = digest_at(Preferences("P", mail="hourly", zone=zone), at)
    assert at < due <= at + timedelta(hours=1)
    assert (due.astimezone(ZoneInfo(zone)).minute == 0) or zone == "Australia/Lord_Howe"


@given(at=moments)
def test_a_storm_ends_at_the_next_tenth_minute(at):
    assert at < storm_until(at) <= at + timedelta(minutes=10)
    assert storm_until(at).minute % 10 == 0
