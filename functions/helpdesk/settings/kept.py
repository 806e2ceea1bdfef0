"""A kind of setting that the desk comes with values of: what is stored goes over the built-in, record by record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from helpdesk.core.errors import Conflict, FieldError, Invalid, NotFound
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.records import service as records
from helpdesk.records.service import Kind

T = TypeVar("T")
_UNSEEN = {"archived": False, "replaced_by": None, "version": 0, "created_at": None, "updated_at": None}


@dataclass(frozen=True)
class Kept:
    """A kind of setting and the records that every desk begins with; they are stored when they are first changed."""

    kind: Kind
    defaults: tuple[Item, ...] = ()


class Derived(Generic[T]):
    """Something built of all records of a kind, built again only when they have changed; costs no call when warm."""

    def __init__(self, kept: Kept, build: Callable[[dict[str, Item]], T]) -> None:
        self._kept, self._build = kept, build
        self._known: dict[str, tuple[dict[str, Item], T]] = {}

    def __call__(self, org_id: str) -> T:
        """What the organisation's records make."""
        rows = records.all_of(org_id, self._kept.kind)
        known = self._known.get(org_id)
        if known and known[0] is rows:
            return known[1]
        value = self._build(_with_defaults(self._kept, rows))
        self._known[org_id] = (rows, value)
        return value


def all_of(org_id: str, kept: Kept) -> dict[str, Item]:
    """The records by id, in their order, archived ones too; kept 30 s per container."""
    return _with_defaults(kept, records.all_of(org_id, kept.kind))


def get(org_id: str, kept: Kept, id_: str) -> Item:
    """One record, or NotFound."""
    row = all_of(org_id, kept).get(id_)
    if not row:
        raise NotFound(f"there is no such {kept.kind.noun}")
    return row


def create(cause: Cause, kept: Kept, values: dict[str, Any]) -> Item:
    """Make a record at the end of the order; `Conflict` `exists` if its id is taken, also by an archived one."""
    known = all_of(cause.org_id, kept)
    id_ = values.get("id")
    if id_ in known:
        raise Conflict(f"there is a {kept.kind.noun} of this id already", code="exists")
    last = max((row.get("position", 0) for row in known.values()), default=0)
    rest = {name: value for name, value in values.items() if name != "id"}
    return _UNSEEN | records.create(cause, kept.kind, {"position": last + 1} | rest, id_=id_)


def change(cause: Cause, kept: Kept, id_: str, changes: dict[str, Any], version: int | None = None) -> Item:
    """Change a record; one that the desk comes with is stored thereby. Raises as `records.change`."""
    default = next((_UNSEEN | row for row in kept.defaults if row["id"] == id_), None)
    return _UNSEEN | records.change(cause, kept.kind, id_, changes, version, default)


def archive(cause: Cause, kept: Kept, id_: str, replace_by: str | None, version: int | None = None) -> Item:
    """Take a record out of use: it can be chosen no more, and what carries it can be read for ever.

    `replace_by` is what tickets get in its place; `tickets.replacing` tells which.

    Raises
    ------
    Invalid
        when the replacement is not there, is archived, or is the record itself.
    """
    known = all_of(cause.org_id, kept)
    if id_ not in known:
        raise NotFound(f"there is no such {kept.kind.noun}")
    if replace_by is not None and (replace_by == id_ or known.get(replace_by, {"archived": True}).get("archived")):
        fault = FieldError("/replace_by", "unknown", f"name another {kept.kind.noun} that is in use")
        raise Invalid("this cannot replace it", fault)
    return change(cause, kept, id_, {"archived": True, "replaced_by": replace_by}, version)


def reorder(cause: Cause, kept: Kept, ids: list[str], movable: list[str] | None = None) -> dict[str, Item]:
    """Put the movable records in the order of `ids`, each named exactly once; the others keep their places.

    Without `movable` they are all that are in use.

    Raises
    ------
    Invalid
        when a record is missing, unknown or named twice.
    """
    known = all_of(cause.org_id, kept)
    used = [id_ for id_, row in known.items() if not row.get("archived")] if movable is None else movable
    if sorted(ids) != sorted(used):
        fault = FieldError("/ids", "not_all", f"name each {kept.kind.noun} once")
        raise Invalid(f"this is not an order of every {kept.kind.noun}", fault)
    wanted = iter(ids)
    order = [next(wanted) if id_ in used else id_ for id_ in known]
    for position, id_ in enumerate(order, 1):
        if known[id_].get("position") != position:
            change(cause, kept, id_, {"position": position})
    return all_of(cause.org_id, kept)


def shown(row: Item) -> Item:
    """A record that nothing replaces, as the API shows it."""
    return {name: value for name, value in row.items() if name != "replaced_by"}


def replacement(known: dict[str, Item], id_: str) -> str:
    """What stands in the place of an archived record by now; the record itself if nothing does."""
    seen = set()
    while id_ in known and known[id_].get("replaced_by") and id_ not in seen:
        seen.add(id_)
        id_ = known[id_]["replaced_by"]
    return id_


def _with_defaults(kept: Kept, rows: dict[str, Item]) -> dict[str, Item]:
    merged = {row["id"]: _UNSEEN | row for row in kept.defaults} | {id_: _UNSEEN | row for id_, row in rows.items()}
    return dict(sorted(merged.items(), key=lambda one: (one[1].get("position", 0), one[0])))
