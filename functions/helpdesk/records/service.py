"""The one way to keep a setting of any kind: listed in order, versioned, and every change an event in the log."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from helpdesk.core import clock, log
from helpdesk.core.cache import forget, remember
from helpdesk.core.errors import Conflict, FieldError, Invalid, NotFound, Stale, Unavailable
from helpdesk.core.events import Cause, event_of
from helpdesk.core.ids import new_id
from helpdesk.core.items import Item
from helpdesk.core.table import ConditionFailed
from helpdesk.core.tries import tries
from helpdesk.records import store

MOST_CHARS = 100_000  # of one setting as JSON, so that row and event stay far below DynamoDB's 400 kB
_OUTSIDE = ("id", "version", "created_at", "updated_at")  # of an event's changes: it says them itself
_TRIES = 5


@dataclass(frozen=True)
class Kind:
    """What the records of one kind have in common: the partition's name, the word for people, secrets, how many."""

    name: str
    noun: str
    secrets: frozenset[str] = frozenset()  # attributes that never enter an event
    most: int = 500


def all_of(org_id: str, kind: Kind) -> dict[str, Item]:
    """The records by id, in their order; kept 30 s per container."""
    return _listed(org_id, kind.name)


def get(org_id: str, kind: Kind, id_: str) -> Item:
    """One record as it is now, or NotFound; one round trip."""
    row = store.get_setting(org_id, kind.name, id_)
    if not row:
        raise NotFound(f"there is no such {kind.noun}")
    return row


def create(cause: Cause, kind: Kind, values: dict[str, Any], *, id_: str | None = None) -> Item:
    """Make a record; without an id it is the command's, so that a command tried again makes one record.

    Raises
    ------
    Conflict
        `exists` when the id is taken, `too_many` when the kind is full.
    Invalid
        when the record is too large.
    """
    known = _listed(cause.org_id, kind.name)
    if len(known) >= kind.most:
        raise Conflict(f"a desk has at most {kind.most} of these", code="too_many")
    at, chosen = clock.stamp(), id_ or cause.command_id or new_id()
    position = 1 + max((row.get("position", 0) for row in known.values()), default=0)
    first = log.last_version(cause.org_id, kind.name, chosen) + 1 if id_ else 1
    row = {"position": position, **values, "id": chosen, "version": first, "created_at": at, "updated_at": at}
    try:
        _commit(cause, kind, None, row)
    except ConditionFailed as failure:
        there = store.get_setting(cause.org_id, kind.name, chosen)
        if there and not id_:
            return there
        raise Conflict(f"there is a {kind.noun} of this id already", code="exists") from failure
    return row


def change(
    cause: Cause, kind: Kind, id_: str, changes: dict[str, Any], version: int | None = None, default: Item | None = None
) -> Item:
    """Change a record; tried again on the newer state unless the caller named a version.

    `default` is the record as the desk comes with it, for one that was never stored.

    Raises
    ------
    NotFound
        when there is no such record.
    Stale
        when `version` is not the current one.
    """
    for _ in tries(_TRIES):
        stored = store.get_setting(cause.org_id, kind.name, id_)
        before = stored or default
        if not before:
            raise NotFound(f"there is no such {kind.noun}")
        _check_version(kind, before, changes, version)
        after = before | changes
        if after == before and stored:
            return before
        after |= {"version": before["version"] + 1, "updated_at": clock.stamp()}
        try:
            _commit(cause, kind, stored, after)
        except ConditionFailed:
            continue
        return after
    raise Unavailable(f"this {kind.noun} is being changed by too many at once; try again")


def delete(cause: Cause, kind: Kind, id_: str, version: int | None = None) -> None:
    """Remove a record; `NotFound` if it is not there, `Stale` if `version` is not the current one."""
    before = get(cause.org_id, kind, id_)
    _check_version(kind, before, {}, version)
    try:
        _commit(cause, kind, before, None)
    except ConditionFailed as failure:
        raise Conflict(f"this {kind.noun} is being changed by someone else; try again") from failure


def reorder(cause: Cause, kind: Kind, ids: list[str]) -> dict[str, Item]:
    """Put the records in the order of `ids`, which names each exactly once; gives them in it."""
    known = _listed(cause.org_id, kind.name)
    if sorted(ids) != sorted(known):
        fault = FieldError("/ids", "not_all", f"name each {kind.noun} exactly once")
        raise Invalid(f"this is not an order of every {kind.noun}", fault)
    for position, id_ in enumerate(ids, 1):
        if known[id_].get("position") != position:
            change(cause, kind, id_, {"position": position})
    return _listed(cause.org_id, kind.name)


@remember(seconds=30)
def _listed(org_id: str, kind: str) -> dict[str, Item]:
    rows = store.list_settings(org_id, kind)
    return {row["id"]: row for row in sorted(rows, key=lambda row: (row.get("position", 0), row["id"]))}


def _check_version(kind: Kind, before: Item, changes: dict[str, Any], version: int | None) -> None:
    if version not in (None, before["version"]):
        shown = {name: value for name, value in before.items() if name not in kind.secrets}
        differing = [name for name, value in changes.items() if name in shown and shown[name] != value]
        raise Stale(f"this {kind.noun} has changed meanwhile", current=shown, differing=differing)


def _commit(cause: Cause, kind: Kind, before: Item | None, after: Item | None) -> None:
    if after and len(json.dumps(after, default=str)) > MOST_CHARS:
        raise Invalid(f"this {kind.noun} is too large", FieldError("", "too_large", f"at most {MOST_CHARS} characters"))
    there = after or before or {}
    type_ = "setting.deleted" if not after else "setting.changed" if before else "setting.created"
    version = after["version"] if after else there["version"] + 1
    event = event_of(cause, type_, {"kind": kind.name, "id": there["id"]}, version, clock.stamp())
    store.commit_setting(replace(event, changes=_changes(kind, before or {}, after or {})), before, after)
    forget()


def _changes(kind: Kind, before: Item, after: Item) -> dict[str, dict[str, Any]]:
    names = sorted((set(before) | set(after)) - set(_OUTSIDE))
    moved = {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}
    return {
        name: dict.fromkeys(("from", "to"), "(secret)") if name in kind.secrets else {"from": old, "to": new}
        for name, (old, new) in moved.items()
    }
