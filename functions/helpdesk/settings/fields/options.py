"""The options of a select, multi_select or tree: given whole, kept for ever, because tickets carry their ids."""

from __future__ import annotations

from typing import Any

from helpdesk.core.errors import FieldError
from helpdesk.core.items import Item
from helpdesk.settings.fields.values import CHOICES

MOST_LEVELS = 8


def option_faults(row: Item) -> list[FieldError]:
    """What is wrong with the options of a definition's record."""
    options: list[dict[str, Any]] = row.get("options") or []
    if row["type"] not in CHOICES:
        return [FieldError("/options", "not_allowed", f"a {row['type']} has no options")] if options else []
    if not any(not one.get("archived") for one in options):
        return [FieldError("/options", "empty", "name at least one option")]
    ids = [one["id"] for one in options]
    parents = {one["id"]: one.get("parent_id") for one in options}
    found = []
    for index, one in enumerate(options):
        place, parent = f"/options/{index}", one.get("parent_id")
        if one["id"] in ids[:index]:
            found.append(FieldError(f"{place}/id", "twice", "each id is used once"))
        if parent and row["type"] != "tree":
            found.append(FieldError(f"{place}/parent_id", "not_allowed", "only a tree has branches"))
        elif parent and parent not in parents:
            found.append(FieldError(f"{place}/parent_id", "unknown_option", "there is no such option"))
        elif parent and _levels(one["id"], parents) > MOST_LEVELS:
            found.append(FieldError(f"{place}/parent_id", "cyclic", f"not a tree of at most {MOST_LEVELS} levels"))
    return found


def with_former(options: list[dict[str, Any]], before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The new options, and after them those that are no longer named: archived, so that tickets stay readable."""
    named = {one["id"] for one in options}
    return [*options, *(one | {"archived": True} for one in before if one["id"] not in named)]


def _levels(id_: str, parents: dict[str, str | None]) -> int:
    levels, at = 1, parents.get(id_)
    while at and levels <= MOST_LEVELS:
        levels, at = levels + 1, parents.get(at)
    return levels
