"""What is wrong with a shift or leave, each fault at its place."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from typing import Any

from helpdesk.calendars.checks import Faults, times_faults, zone_faults
from helpdesk.calendars.model import WEEKDAYS, hours_of
from helpdesk.core import clock
from helpdesk.core.errors import FieldError
from helpdesk.people.store import get_person

YEARS = range(2000, 2200)
_WEEK = 7 * 1440  # minutes


def person_faults(org_id: str, person_id: str) -> Faults:
    """A shift or leave is a colleague's."""
    person = get_person(org_id, person_id)
    if not person:
        return [FieldError("/person_id", "unknown", "there is no such person")]
    if person.kind != "agent":
        return [FieldError("/person_id", "not_staff", "a customer has no shifts")]
    return []


def shift_faults(values: dict[str, Any]) -> Faults:
    """What is wrong with a shift's zone, hours and dates."""
    faults = zone_faults(values["zone"])
    faults += [fault for day in WEEKDAYS for fault in _day_faults(day, values["hours"].get(day) or [])]
    if not any(values["hours"].values()):
        faults.append(FieldError("/hours", "empty", "give it hours on some day"))
    elif not faults:
        faults += _week_faults(values["hours"])
    return faults + _order_faults(values["from"], values["until"])


def leave_faults(values: dict[str, Any]) -> Faults:
    """What is wrong with a leave's times."""
    since, until = _moment(values["from"]), _moment(values["until"])
    faults = [
        FieldError(f"/{name}", "not_a_time", "a date such as 2026-12-24, or a time with its zone (RFC 3339)")
        for name, one in (("from", since), ("until", until))
        if one is None
    ]
    if since is None or until is None:
        return faults
    if isinstance(since, datetime) != isinstance(until, datetime):
        return [FieldError("/until", "mixed", "both are dates, or both are times")]
    if until < since or (until == since and isinstance(since, datetime)):
        return [FieldError("/until", "before_from", "it ends before it begins")]
    return []


def day_of(text: str) -> date | None:
    """The date of `YYYY-MM-DD`, None if it is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS and day.isoformat() == text else None


def time_of(text: str) -> datetime | None:
    """The moment of an RFC 3339 text, None if it is none."""
    try:
        at = clock.parse(text)
    except (ValueError, OverflowError):
        return None
    return at if at.year in YEARS else None


def _moment(text: str) -> date | datetime | None:
    return day_of(text) if len(text) == 10 else time_of(text)


def _day_faults(day: str, pairs: list[list[str]]) -> Faults:
    late = [index for index, pair in enumerate(pairs) if pair[0] == "24:00"]
    begins = [FieldError(f"/hours/{day}/{index}", "not_a_time", "it begins at 00:00 of the next day") for index in late]
    return begins[:1] or times_faults(pairs, f"/hours/{day}")


def _week_faults(week: dict[str, list[list[str]]]) -> Faults:
    """Hours that overlap, also those over midnight with the next day's, and Sunday's with Monday's."""
    spans = [
        (number * 1440 + begins, number * 1440 + ends, day)
        for number, day in enumerate(WEEKDAYS)
        for begins, ends in hours_of(week.get(day) or [])
    ]
    spans.append((spans[0][0] + _WEEK, spans[0][1] + _WEEK, spans[0][2]))
    return [
        FieldError(f"/hours/{day}", "overlaps", "two of these hours overlap")
        for (_, until, _), (since, _, day) in pairwise(spans)
        if since < until
    ]


def _order_faults(since: str | None, until: str | None) -> Faults:
    faults = [
        FieldError(f"/{name}", "not_a_date", "such as 2026-12-24")
        for name, text in (("from", since), ("until", until))
        if text and not day_of(text)
    ]
    if not faults and since and until and until < since:
        faults.append(FieldError("/until", "before_from", "its last date is before its first"))
    return faults
