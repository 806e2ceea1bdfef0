"""The shifts, leaves and the week of the canned desk: kept as records, worked out by the desk's own arithmetic."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from helpdesk.calendars.service import calendar_of
from helpdesk.coverage.leaves import leave_of
from helpdesk.coverage.model import Rota
from helpdesk.coverage.service import week_of
from helpdesk.coverage.shifts import shift_of

AT = "2026-11-20T09:00:00Z"
Row = dict[str, Any]
OFFICE = {day: [["08:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def _kept(id_: str, **values: Any) -> Row:
    return {"id": id_, "version": 1, "created_at": AT, "updated_at": AT, **values}


def shift(id_: str, person_id: str, hours: Row, **values: Any) -> Row:
    """A shift in Berlin."""
    dates = {"from": None, "until": None}
    return _kept(id_, person_id=person_id, zone="Europe/Berlin", hours=hours, note="", position=1) | dates | values


def leave(id_: str, person_id: str, since: str, until: str, reason: str = "leave") -> Row:
    """A leave."""
    return _kept(id_, person_id=person_id, reason=reason, note="", position=1) | {"from": since, "until": until}


def records() -> dict[str, list[Row]]:
    """Sam has the office's hours and is away on Friday the 20th of November; Mara has two evenings."""
    return {
        "/shifts": [
            shift("H1", "A1", OFFICE),
            shift("H2", "A2", {"mon": [["12:00", "20:30"]], "wed": [["12:00", "20:30"]]}),
        ],
        "/leaves": [leave("L1", "A1", "2026-11-20", "2026-11-20")],
    }


def calendar(id_: str, name: str, hours: Row) -> Row:
    """A calendar in Berlin without holidays."""
    rest = {"holidays": None, "exceptions": [], "holiday_names": {}, "position": 3, "archived": False}
    return _kept(id_, name=name, zone="Europe/Berlin", hours=hours) | rest


def answer(path: str, kept: dict[str, list[Row]], query: dict[str, str]) -> tuple[int, Any] | None:
    """What is asked besides the records themselves; None for all else."""
    return (200, _week(kept, query)) if path == "/coverage/week" else None


def _week(kept: dict[str, list[Row]], query: dict[str, str]) -> Row:
    def of(path: str, person: Row, make: Any) -> tuple[Any, ...]:
        rows = [{"from": None, "until": None} | row for row in kept.get(path, []) if row["person_id"] == person["id"]]
        return tuple(make(row) for row in rows)

    everybody = sorted(kept["/people"], key=lambda row: row["name"])
    people = [row for row in everybody if query.get("team_id", "") in {"", *row["team_ids"]}]
    known: Any = [
        (SimpleNamespace(**row), Rota(of("/shifts", row, shift_of), of("/leaves", row, leave_of))) for row in people
    ]
    calendars = {row["id"]: row for row in kept.get("/calendars", [])}
    calendar = calendars.get(query.get("calendar_id", ""))
    day = date.fromisoformat(query["from"])
    return week_of(known, day, query["zone"], calendar_of(calendar) if calendar else None)
