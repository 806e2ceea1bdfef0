"""Shifts as administrators keep them: checked before they are stored, and built into what arithmetic takes."""

from __future__ import annotations

from datetime import date
from typing import Any

from helpdesk.calendars.model import Calendar, hours_of
from helpdesk.core import clock
from helpdesk.core.cache import forget
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.coverage.checks import person_faults, shift_faults
from helpdesk.coverage.model import Shift
from helpdesk.coverage.spans import first_overlap
from helpdesk.records import service as records
from helpdesk.records.service import Kind
from helpdesk.settings.kept import Derived, Kept

SHIFT = Kind("shift", "shift", most=1000)


def _built(rows: dict[str, Item]) -> dict[str, tuple[Shift, ...]]:
    found: dict[str, list[Shift]] = {}
    for row in rows.values():
        found.setdefault(row["person_id"], []).append(shift_of(row))
    return {person_id: tuple(shifts) for person_id, shifts in found.items()}


shifts = Derived(Kept(SHIFT), _built)
"""The shifts by person, in their order; no round trip when warm."""


def shift_of(row: Item) -> Shift:
    """What arithmetic takes, out of a stored row."""
    week = {day: hours_of(pairs) for day, pairs in row["hours"].items()}
    begins, ends = (date.fromisoformat(row[name]) if row[name] else None for name in ("from", "until"))
    return Shift(row["id"], row["person_id"], Calendar(row["id"], row["zone"], week), begins, ends)


def create_shift(cause: Cause, body: dict[str, Any]) -> Item:
    """Add a shift: `{person_id, zone, hours: {mon: [[from, until]]}, from?, until?, note?}`.

    Raises
    ------
    Invalid
        with a fault for each person, zone, time or date that is not right, or for another shift that it overlaps.
    """
    values = {"from": None, "until": None, "note": ""} | body
    _check(cause.org_id, values, cause.command_id or "")
    return records.create(cause, SHIFT, values)


def change_shift(cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> Item:
    """Change a shift, in all weeks in which it is in force; raises as `create_shift`."""
    _check(cause.org_id, records.get(cause.org_id, SHIFT, id_) | changes, id_)
    return records.change(cause, SHIFT, id_, changes, version)


def remove_shift(cause: Cause, id_: str, version: int | None) -> None:
    """Remove a shift, as if it had never been."""
    records.delete(cause, SHIFT, id_, version)


def _check(org_id: str, values: Item, id_: str) -> None:
    faults = [*person_faults(org_id, values["person_id"]), *shift_faults(values)]
    if not faults:
        faults = _overlap_faults(org_id, shift_of(values | {"id": id_}))
    if faults:
        raise Invalid("this shift is not right", *faults)


def _overlap_faults(org_id: str, shift: Shift) -> list[FieldError]:
    """Two that are saved in the same moment both pass; that does no harm, for the times of shifts are joined."""
    forget()  # what another container has just stored counts
    for other in shifts(org_id).get(shift.person_id, ()):
        common = other.id != shift.id and first_overlap(shift, other, clock.now().date())
        if common:
            since, until = (at.astimezone(shift.calendar.clock) for at in common)
            words = f"another shift of the same person has {since:%Y-%m-%d %H:%M} to {until:%H:%M}, too"
            return [FieldError("/hours", "overlaps_shift", words)]
    return []
