"""Leaves as administrators keep them."""

from __future__ import annotations

from datetime import date
from typing import Any

from helpdesk.core import clock
from helpdesk.core.errors import Invalid
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.coverage.checks import leave_faults, person_faults
from helpdesk.coverage.model import Leave
from helpdesk.records import service as records
from helpdesk.records.service import Kind
from helpdesk.settings.kept import Derived, Kept

LEAVE = Kind("leave", "leave", secrets=frozenset({"reason", "note"}), most=5000)


def _built(rows: dict[str, Item]) -> dict[str, tuple[Leave, ...]]:
    found: dict[str, list[Leave]] = {}
    for row in rows.values():
        found.setdefault(row["person_id"], []).append(leave_of(row))
    return {person_id: tuple(leaves) for person_id, leaves in found.items()}


leaves = Derived(Kept(LEAVE), _built)
"""The leaves by person, in their order; no round trip when warm."""


def leave_of(row: Item) -> Leave:
    """What arithmetic takes, out of a stored row."""
    begins, ends = (_moment(row[name]) for name in ("from", "until"))
    return Leave(row["id"], row["person_id"], begins, ends, row["reason"])


def create_leave(cause: Cause, body: dict[str, Any]) -> Item:
    """Add a leave: `{person_id, from, until, reason?, note?}`; two of one person may overlap, as one can fall ill then.

    Raises
    ------
    Invalid
        with a fault for each person or time that is not right.
    """
    values = {"reason": "leave", "note": ""} | body
    _check(cause.org_id, values)
    return records.create(cause, LEAVE, values)


def change_leave(cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> Item:
    """Change a leave; raises as `create_leave`."""
    _check(cause.org_id, records.get(cause.org_id, LEAVE, id_) | changes)
    return records.change(cause, LEAVE, id_, changes, version)


def remove_leave(cause: Cause, id_: str, version: int | None) -> None:
    """Remove a leave: the person is on again as the shifts say."""
    records.delete(cause, LEAVE, id_, version)


def _check(org_id: str, values: Item) -> None:
    faults = [*person_faults(org_id, values["person_id"]), *leave_faults(values)]
    if faults:
        raise Invalid("this leave is not right", *faults)


def _moment(text: str) -> Any:
    return date.fromisoformat(text) if len(text) == 10 else clock.parse(text)
