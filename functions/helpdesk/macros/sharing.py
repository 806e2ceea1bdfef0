"""Whose a macro or template is: everybody's, some teams', or one person's own."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import require
from helpdesk.core import clock
from helpdesk.core.errors import FieldError, Invalid, NotFound
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.macros import store
from helpdesk.records import service as records
from helpdesk.settings import kept
from helpdesk.settings.kept import Kept
from helpdesk.settings.service import teams

SHARED, OWN = "settings:write", "tickets:write"


def visible(actor: Actor, row: Item) -> bool:
    """True for what is everybody's, of the actor's teams, or his own; an administrator sees all that is shared."""
    match row["visibility"]:
        case "all":
            return True
        case "teams":
            return actor.may(SHARED) or bool(set(row["team_ids"]) & set(actor.team_ids))
    return bool(row["owner_id"] == actor.id)


def listed(actor: Actor, kind: Kept) -> list[Item]:
    """What the actor may use, in order, with `usage_count` and `last_used_at`."""
    used = store.list_usage(actor.org_id, kind.kind.name)
    return [_counted(row, used) for row in usable(actor, kind)]


def usable(actor: Actor, kind: Kept) -> list[Item]:
    """What the actor may use, in order; no round trip when warm."""
    return [row for row in kept.all_of(actor.org_id, kind).values() if visible(actor, row)]


def found(actor: Actor, kind: Kept, id_: str) -> Item:
    """One that the actor may use; `NotFound` also for what he may not know of."""
    row = kept.all_of(actor.org_id, kind).get(id_)
    if not row or not visible(actor, row):
        raise NotFound(f"there is no such {kind.kind.noun}")
    return row


def create(actor: Actor, cause: Cause, kind: Kept, body: dict[str, Any]) -> Item:
    """Make one; its own needs tickets:write, a shared one settings:write."""
    row = {"visibility": "personal", "team_ids": []} | body | {"owner_id": actor.id}
    _check(actor, row)
    return _counted(kept.create(cause, kind, row), {})


def change(actor: Actor, cause: Cause, kind: Kept, id_: str, changes: dict[str, Any], version: int | None) -> Item:
    """Change one that the actor may change, as it is and as it would be."""
    before = found(actor, kind, id_)
    _check(actor, before)
    if changes.get("visibility") == "personal" and before["visibility"] != "personal":
        changes = changes | {"owner_id": actor.id}
    _check(actor, before | changes)
    after = kept.change(cause, kind, id_, changes, version)
    return _counted(after, store.list_usage(actor.org_id, kind.kind.name))


def delete(actor: Actor, cause: Cause, kind: Kept, id_: str, version: int | None) -> None:
    """Remove one that the actor may change; what it did stays."""
    _check(actor, found(actor, kind, id_))
    records.delete(cause, kind.kind, id_, version)


def reorder(actor: Actor, cause: Cause, kind: Kept, ids: list[str]) -> None:
    """Put all that the actor may change in this order; the others keep their places."""
    kept.reorder(cause, kind, ids, [row["id"] for row in usable(actor, kind) if actor.may(_needs(row))])


def note_use(org_id: str, kind: Kept, id_: str) -> None:
    """Count one use."""
    store.note_use(org_id, kind.kind.name, id_, clock.stamp())


def _needs(row: Item) -> str:
    return OWN if row["visibility"] == "personal" else SHARED


def _check(actor: Actor, row: Item) -> None:
    require(actor, _needs(row))
    if row["visibility"] != "teams":
        return
    known = teams(actor.org_id)
    wrong = [index for index, id_ in enumerate(row["team_ids"]) if id_ not in known]
    if wrong or not row["team_ids"]:
        places = [f"/team_ids/{index}" for index in wrong] or ["/team_ids"]
        raise Invalid("name the teams", *(FieldError(place, "unknown", "there is no such team") for place in places))


def _counted(row: Item, used: dict[str, Item]) -> Item:
    usage = used.get(row["id"], {"count": 0, "last_used_at": None})
    shown = {name: value for name, value in row.items() if name not in ("archived", "replaced_by")}
    return shown | {"usage_count": usage["count"], "last_used_at": usage["last_used_at"]}
