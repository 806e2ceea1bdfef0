"""The desk's priorities: ranked by their order, and never gone without something in their place."""

from __future__ import annotations

from typing import Any

from helpdesk.core.errors import Conflict, NotFound
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.filters.conditions import Condition, terms
from helpdesk.filters.fields import ORDER
from helpdesk.filters.terms import invalid
from helpdesk.records.service import Kind
from helpdesk.settings import kept
from helpdesk.settings.defaults import PRIORITIES, Priority
from helpdesk.settings.kept import Derived, Kept

PRIORITY = Kept(
    Kind("priority", "priority", most=50),
    tuple({"id": one.id, "label": one.label, "position": one.rank} for one in PRIORITIES),
)
USUAL = "normal"
_SAME = ("id", "label", "hue", "archived", "replaced_by", "version", "created_at", "updated_at")


def _built(rows: dict[str, Item]) -> dict[str, Priority]:
    return {id_: _priority(row) for id_, row in rows.items()}


def _priority(row: Item) -> Priority:
    return Priority(rank=row["position"], **{name: row[name] for name in _SAME if name in row})


priorities = Derived(PRIORITY, _built)
"""The organisation's priorities by id, lowest first, archived ones too; no round trip when warm."""


def current_priority(org_id: str, id_: str) -> str:
    """The priority, or what stands in its place since it was archived."""
    return kept.replacement(kept.all_of(org_id, PRIORITY), id_)


def check_ranks(org_id: str, condition: Condition, pointer: str = "/filter") -> Condition:
    """The condition, if every priority that it compares by rank is there; else `Invalid` (`bad_filter`)."""
    ranks = [str(one.value) for one in terms(condition) if one.field == "priority" and one.op in ORDER]
    if missing := [one for one in ranks if one not in priorities(org_id)]:
        raise invalid(pointer, "unknown", f"there is no priority {', '.join(missing)[:200]!r}")
    return condition


def usual_priority(org_id: str) -> str:
    """What a ticket has of which nobody said how urgent it is: normal, or what stands in its place."""
    return current_priority(org_id, USUAL)


def create_priority(cause: Cause, body: dict[str, Any]) -> Priority:
    """Add a priority above all others."""
    return _priority(kept.create(cause, PRIORITY, body))


def change_priority(cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> Priority:
    """Rename or colour a priority, or bring an archived one back."""
    if changes.get("archived") is False:
        changes = changes | {"replaced_by": None}
    return _priority(kept.change(cause, PRIORITY, id_, changes, version))


def remove_priority(cause: Cause, id_: str, replace_by: str | None, carried: int, version: int | None) -> None:
    """Take a priority out of use; it always needs another in its place.

    Raises
    ------
    Conflict
        `in_use` with `count`, when no replacement is named.
    """
    if id_ not in priorities(cause.org_id):
        raise NotFound("there is no such priority")
    if not replace_by:
        raise Conflict(f"{carried} tickets have this priority; say replace_by", code="in_use", count=carried)
    kept.archive(cause, PRIORITY, id_, replace_by, version)


def order_priorities(cause: Cause, ids: list[str]) -> None:
    """Rank the priorities, lowest first."""
    kept.reorder(cause, PRIORITY, ids)
