"""When somebody may be told: quiet hours, shifts and digests, on the wall clock of his zone. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from helpdesk.calendars import business_time
from helpdesk.calendars.model import Calendar, hours_of
from helpdesk.coverage.model import Rota
from helpdesk.coverage.spans import next_change
from helpdesk.notifications.model import Preferences

_TURNS = 20  # that quiet hours and shifts take after each other before there is no time left for a notice
STORM_MINUTES = 10


def told_at(wishes: Preferences, rota: Rota | None, at: datetime) -> tuple[datetime | None, str | None]:
    """When a notice that is ready `at` may go, and why not at once: `quiet_hours`, `off_shift`, None for at once.

    A person without shifts is always on. The time is None where shifts and quiet hours leave none within 400 days.
    """
    moment, reason = at, None
    for _ in range(_TURNS):
        later, why = _after_quiet(wishes, moment), "quiet_hours"
        if later == moment and rota and rota.shifts:
            is_on, change = next_change(rota, moment)
            why = "off_shift"
            if not is_on and change is None:
                return None, why
            later = moment if is_on or change is None else change
        if later == moment:
            return moment, reason
        moment, reason = later, reason or why
    return None, reason


def digest_at(wishes: Preferences, at: datetime) -> datetime:
    """When the next digest goes after a moment: the next hour of his wall clock, or the next day's time."""
    zone = ZoneInfo(wishes.zone)
    local = at.astimezone(zone)
    if wishes.mail == "hourly":
        return at + timedelta(seconds=3600 - (local.minute * 60 + local.second), microseconds=-local.microsecond)
    hour, minute = map(int, wishes.daily_at.split(":"))
    for days in (0, 1, 2):
        day = local.date() + timedelta(days=days)
        due = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)
        if due > at:
            return due
    raise AssertionError("a day has every time of day, or the hour after it")


def storm_until(at: datetime) -> datetime:
    """When mails that came too fast go out together: the next tenth minute."""
    return at.replace(microsecond=0) + timedelta(
        seconds=STORM_MINUTES * 60 - (at.minute % STORM_MINUTES * 60 + at.second)
    )


def _after_quiet(wishes: Preferences, at: datetime) -> datetime:
    quiet = wishes.quiet
    if not quiet:
        return at
    hours = hours_of([[quiet.since, quiet.until]])
    calendar = Calendar("quiet", wishes.zone, dict.fromkeys(quiet.days, hours))
    if not business_time.is_open(calendar, at):
        return at
    return business_time.next_change(calendar, at) or at
