"""Fifty SLA policies, of which the last one fits: what they add to a read and to a change of a ticket."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from bench import desk
from bench.fields import compared
from helpdesk.calendars import business_time
from helpdesk.calendars.service import calendar_of
from helpdesk.core import cache
from helpdesk.records.store import add_setting

POLICIES = 50
_TARGETS = ("first_response", "next_response", "update", "resolution")
_OFFICE = {
    "id": "office",
    "zone": "Europe/Berlin",
    "hours": {day: [["09:00", "12:30"], ["13:30", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "holiday_names": {f"{year}-12-25": "Christmas" for year in range(2025, 2037)},
    "exceptions": [],
    "version": 1,
}


def measure(key: str) -> list[dict[str, Any]]:
    """Least milliseconds, without policies and with fifty; the ticket's four targets count by an office's calendar."""
    return compared(key, lambda path: _define(key, path), f"with_{POLICIES}")


def reckoned(rounds: int = 2_000) -> dict[str, Any]:
    """How long it takes to find the end of 40 hours of the office, the first time left out."""
    calendar, start = calendar_of(_OFFICE), datetime(2026, 11, 20, 15, tzinfo=UTC)
    business_time.after(calendar, start, 40 * 3600)
    began = time.perf_counter()
    for _ in range(rounds):
        business_time.after(calendar, start, 40 * 3600)
    taken = time.perf_counter() - began
    return {"operation": "due time, 40 office hours", "a second": round(rounds / taken)}


def _define(key: str, path: str) -> None:
    add_setting(desk.ORG, "calendar", _OFFICE)
    for number in range(POLICIES):
        wanted: dict[str, Any] = {"field": "tag", "op": "is", "value": f"none{number}"}
        rest = {"filter": wanted if number < POLICIES - 1 else {"all": []}, "position": number, "id": f"p{number}"}
        add_setting(desk.ORG, "sla_policy", _policy() | rest)
    cache.forget()
    desk.call(key, "PATCH", path, {"tags": {"add": ["promised"]}})


def _policy() -> dict[str, Any]:
    targets = {target: {"normal": 2_400} for target in _TARGETS}
    made = {"name": "Gold", "calendar_id": "office", "pause_in": ["waiting"], "warn_at_percent": 75}
    return made | {"targets": targets, "version": 1, "created_at": "2026-01-01T00:00:00.000Z"}
