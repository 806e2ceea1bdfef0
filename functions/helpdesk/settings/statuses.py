"""The desk's statuses: a label for us, one for the customer, a category that rules key off, and a graph of moves."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from helpdesk.core.errors import Conflict, FieldError, Invalid, NotFound
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.records.service import Kind
from helpdesk.settings import kept
from helpdesk.settings.defaults import STATUSES, Status
from helpdesk.settings.kept import Derived, Kept

STATUS = Kept(Kind("status", "status", most=100), tuple(asdict(status) for status in STATUSES))
_NAMES = {one.name for one in fields(Status)}


def _built(rows: dict[str, Item]) -> dict[str, Status]:
    """Statuses whose `next` holds only what can be entered."""
    enterable = {id_ for id_, row in rows.items() if not row["archived"]}
    return {id_: _status(row, enterable) for id_, row in rows.items()}


def _status(row: Item, enterable: set[str]) -> Status:
    values = {name: value for name, value in row.items() if name in _NAMES}
    return Status(**values | {"next": tuple(one for one in row["next"] if one in enterable)})


statuses = Derived(STATUS, _built)
"""The organisation's statuses by id, in order, archived ones too; no round trip when warm."""


def status_of(org_id: str, status_id: str, category: str) -> Status:
    """The status that a ticket carries; one that the desk no longer knows shows its id and may become anything."""
    known = statuses(org_id)
    if status_id in known:
        return known[status_id]
    anywhere = tuple(one.id for one in known.values() if not one.archived)
    return Status(status_id, status_id, status_id, category, anywhere, archived=True)


def status_in(org_id: str, category: str) -> Status:
    """The first status of a category: where automatic moves go."""
    there = [status for status in statuses(org_id).values() if status.category == category]
    return next((status for status in there if not status.archived), there[0])


def create_status(cause: Cause, body: dict[str, Any]) -> Status:
    """Add a status; `reachable_from` names those that may move to it.

    Raises
    ------
    Invalid
        naming every move that leads nowhere.
    """
    values = {"customer_label": body["label"], "next": []} | body
    sources = values.pop("reachable_from", None) or []
    _check_moves(cause.org_id, None, {"next": values["next"], "reachable_from": sources})
    row = kept.create(cause, STATUS, values)
    for source in sources:
        moves = kept.get(cause.org_id, STATUS, source)["next"]
        kept.change(cause, STATUS, source, {"next": [*moves, row["id"]]})
    return _status(row, set(row["next"]))


def change_status(cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> Status:
    """Rename a status, change its moves, or bring an archived one back; its category stays as it is."""
    if "next" in changes:
        _check_moves(cause.org_id, id_, {"next": changes["next"]})
    if changes.get("archived") is False:
        changes = changes | {"replaced_by": None}
    row = kept.change(cause, STATUS, id_, changes, version)
    return _status(row, {one.id for one in statuses(cause.org_id).values() if not one.archived})


def remove_status(cause: Cause, id_: str, replace_by: str | None, carried: int, version: int | None) -> None:
    """Take a status out of use; `carried` is how many tickets are in it now.

    Raises
    ------
    Conflict
        `in_use` with `count` while tickets are in it and nothing is to replace it; `last_of_category`.
    """
    known = statuses(cause.org_id)
    if id_ not in known:
        raise NotFound("there is no such status")
    if carried and not replace_by:
        raise Conflict(f"{carried} tickets have this status; say replace_by", code="in_use", count=carried)
    category = known[id_].category
    others = [one for one in known.values() if one.category == category and one.id != id_ and not one.archived]
    if not others:
        raise Conflict(f"it is the last status of the category {category}", code="last_of_category")
    kept.archive(cause, STATUS, id_, replace_by, version)


def order_statuses(cause: Cause, ids: list[str]) -> None:
    """Put the statuses in this order; the first of a category is where automatic moves go."""
    kept.reorder(cause, STATUS, ids)


def _check_moves(org_id: str, id_: str | None, lists: dict[str, list[str]]) -> None:
    known = statuses(org_id)
    faults = []
    for name, ids in lists.items():
        for index, one in enumerate(ids):
            if one not in known or known[one].archived:
                faults.append(FieldError(f"/{name}/{index}", "unknown", "there is no such status in use"))
            elif one == id_ or one in ids[:index]:
                faults.append(FieldError(f"/{name}/{index}", "twice", "a status leads to others, each named once"))
    if faults:
        raise Invalid("some moves lead nowhere", *faults)
