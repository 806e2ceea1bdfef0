"""Calendars as administrators keep them: checked before they are stored, and built into what arithmetic takes."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from helpdesk.calendars.checks import Faults, times_faults, zone_faults
from helpdesk.calendars.holidays import public_holidays
from helpdesk.calendars.model import CLOSED, WEEKDAYS, Calendar, Hours, hours_of
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.records.service import Kind
from helpdesk.settings import kept
from helpdesk.settings.kept import Derived, Kept

CALENDAR = Kept(Kind("calendar", "calendar", most=100))


def _built(rows: dict[str, Item]) -> dict[str, Calendar]:
    return {id_: calendar_of(row) for id_, row in rows.items()}


calendars = Derived(CALENDAR, _built)
"""The organisation's calendars by id, archived ones too; no round trip when warm."""


def calendar_of(row: Item) -> Calendar:
    """What arithmetic takes, out of a stored row; an exception goes before a holiday."""
    days: dict[date, Hours] = {date.fromisoformat(day): CLOSED for day in row.get("holiday_names") or {}}
    days |= {date.fromisoformat(one["date"]): hours_of(one["hours"]) for one in row.get("exceptions") or ()}
    week = {day: hours_of(pairs) for day, pairs in (row.get("hours") or {}).items()}
    return Calendar(row["id"], row["zone"], week, days)


def create_calendar(cause: Cause, body: dict[str, Any]) -> Item:
    """Add a calendar: `{name, zone, hours: {mon: [[from, until]]}, holidays?: {country, part?}, exceptions?}`.

    Raises
    ------
    Invalid
        with a fault for each zone, time, overlap, holiday or date that is not right.
    """
    values = {"hours": {}, "holidays": None, "exceptions": []} | body
    return kept.create(cause, CALENDAR, values | _derived(values))


def change_calendar(cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> Item:
    """Change a calendar or bring an archived one back; promises of tickets are worked out anew from it."""
    before = kept.get(cause.org_id, CALENDAR, id_)
    return kept.change(cause, CALENDAR, id_, changes | _derived(before | changes), version)


def remove_calendar(cause: Cause, id_: str, version: int | None) -> None:
    """Take a calendar out of use; what counts by it goes on doing so."""
    kept.archive(cause, CALENDAR, id_, None, version)


def _derived(values: dict[str, Any]) -> dict[str, Any]:
    """What follows from the values: the names of the holidays by date, and exceptions with all that they have."""
    exceptions = [{"name": "", "hours": []} | one for one in values["exceptions"]]
    faults: Faults = [*zone_faults(values["zone"]), *_week_faults(values["hours"]), *_day_faults(exceptions)]
    names: dict[str, str] = {}
    if place := values["holidays"]:
        place = {"part": None} | place
        try:
            names = public_holidays(place["country"], place["part"])
        except ValueError as failure:
            faults.append(FieldError("/holidays", "unknown", str(failure)))
    opens = any(values["hours"].values()) or any(one["hours"] for one in exceptions)
    if not faults and not opens:
        faults.append(FieldError("/hours", "never_opens", "give it hours on some day"))
    if faults:
        raise Invalid("this calendar is not right", *faults)
    return {"holiday_names": names, "exceptions": exceptions, "holidays": place}


def _week_faults(week: dict[str, Any]) -> Faults:
    faults = [fault for day, pairs in week.items() for fault in _hours_faults(pairs, f"/hours/{day}")]
    if faults:
        return faults
    for day, following in zip(WEEKDAYS, (*WEEKDAYS[1:], WEEKDAYS[0]), strict=True):
        ends = max((end for _, end in hours_of(week.get(day) or [])), default=0) - 1440
        starts = min((start for start, _ in hours_of(week.get(following) or [])), default=1440)
        if ends > starts:
            faults.append(FieldError(f"/hours/{following}", "overlaps", f"the hours of {day} reach into them"))
    return faults


def _day_faults(days: list[dict[str, Any]]) -> Faults:
    faults: Faults = []
    seen: set[str] = set()
    for index, one in enumerate(days):
        pointer = f"/exceptions/{index}"
        try:
            date.fromisoformat(one["date"])
        except ValueError:
            faults.append(FieldError(f"{pointer}/date", "not_a_date", "such as 2026-12-24"))
        if one["date"] in seen:
            faults.append(FieldError(f"{pointer}/date", "twice", "this date is named before"))
        seen.add(one["date"])
        faults += _hours_faults(one["hours"], f"{pointer}/hours")
    return faults


def _hours_faults(pairs: list[list[str]], pointer: str) -> Faults:
    if faults := times_faults(pairs, pointer):
        return faults
    ordered = hours_of(pairs)
    for (_, until), (since, _) in pairwise(ordered):
        if since < until:
            return [FieldError(pointer, "overlaps", "two of these hours overlap")]
    return []
