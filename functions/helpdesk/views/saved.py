"""Views: those that every desk has, those of its teams, and those kept for all, for teams or for oneself."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import require
from helpdesk.core.errors import FieldError, Forbidden, Invalid, NotFound
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.filters.documents import condition_from, to_json
from helpdesk.filters.shown import both_forms
from helpdesk.records import service as records
from helpdesk.records.service import Kind
from helpdesk.settings.fields.reading import check_askable, unknown_in
from helpdesk.settings.fields.service import definitions, viewer_of
from helpdesk.settings.priorities import check_ranks
from helpdesk.settings.service import teams
from helpdesk.settings.teams import automatic_teams
from helpdesk.tickets.listing import VIEWS

KIND = Kind("view", "view", most=500)
COLUMNS = (
    *("number", "subject", "status", "priority", "requester", "assignee", "team", "tags", "channel"),
    *("created_at", "updated_at", "due_at", "resolved_at", "message_count", "company", "topic", "type"),
)
_DEFAULT_COLUMNS = ["number", "subject", "requester", "status", "assignee", "updated_at"]
_SHARED_BY = "settings:write"
_LABELS = {"open": "All open"}
UNMATCHED = "unmatched"  # what nobody could take, of teams that give their tickets out


def get(actor: Actor, name: str) -> dict[str, Any]:
    """A view by id: `category`, `assignee_id`, `team_id` of a built-in one, `filter` and `sort` of a kept one.

    Raises
    ------
    NotFound
        for what is not there and for what is somebody else's, alike.
    """
    if name in VIEWS:
        return dict(VIEWS[name])
    if name == UNMATCHED:
        return {"filter": f"{UNMATCHED}:yes"}
    if name.startswith("team:"):
        return {"team_id": name[5:], "category": "active"}
    row = records.all_of(actor.org_id, KIND).get(name)
    if not row or not _is_for(actor, row):
        raise NotFound("there is no such view")
    return dict(row)


def built_in(actor: Actor) -> list[dict[str, Any]]:
    """The views that every agent has, then one for each team, as `{id, label, group, query}`.

    What nobody could take has one where a team gives its tickets out, for those who may see what nobody has.
    """
    inbox = [
        {"id": name, "label": _LABELS.get(name, name.capitalize()), "group": "inbox", "query": dict(query)}
        for name, query in VIEWS.items()
        if name != "trash" or actor.may("tickets:delete")
    ]
    if actor.sees & {"all", "teams", "unassigned"} and automatic_teams(actor.org_id):
        query = {"view": UNMATCHED}
        inbox.insert(2, {"id": UNMATCHED, "label": "Unmatched", "group": "inbox", "query": query})
    of_teams = [
        {
            "id": f"team:{team['id']}",
            "label": team["name"],
            "group": "teams",
            "hue": team["hue"],
            "query": {"team_id": team["id"], "category": "active"},
        }
        for team in teams(actor.org_id).values()
    ]
    return inbox + of_teams


def kept(actor: Actor) -> list[dict[str, Any]]:
    """The kept views that are for this caller, in their order, his own last."""
    rows = [row for row in records.all_of(actor.org_id, KIND).values() if _is_for(actor, row)]
    return [shown(row) for row in sorted(rows, key=lambda row: bool(row.get("owner_id")))]


def create(actor: Actor, cause: Cause, body: dict[str, Any]) -> dict[str, Any]:
    """Keep a view: `shared` is all, teams or me; sharing with others needs settings:write."""
    values = _values(actor, {"columns": _DEFAULT_COLUMNS, "sort": "-updated_at", "shared": "me", **body})
    return shown(records.create(cause, KIND, values))


def change(actor: Actor, cause: Cause, id_: str, body: dict[str, Any], version: int | None) -> dict[str, Any]:
    """Change a view that the caller may change."""
    row = _own(actor, id_)
    asked = {"shared": row["shared"], "team_ids": row["team_ids"]} if {"shared", "team_ids"} & set(body) else {}
    return shown(records.change(cause, KIND, id_, _values(actor, asked | body), version))


def delete(actor: Actor, cause: Cause, id_: str, version: int | None) -> None:
    """Remove a view that the caller may change."""
    _own(actor, id_)
    records.delete(cause, KIND, id_, version)


def one(actor: Actor, id_: str) -> dict[str, Any]:
    """A kept view as it is now."""
    row = records.get(actor.org_id, KIND, id_)
    if not _is_for(actor, row):
        raise NotFound("there is no such view")
    return shown(row)


def shown(row: Item) -> dict[str, Any]:
    """A kept view as the API shows it; the filter in both forms."""
    group = "personal" if row.get("owner_id") else "shared"
    names = ("id", "label", "sort", "columns", "shared", "team_ids", "owner_id", "position", "version", "created_at")
    more = {"query": {"view": row["id"]}, "group": group, "updated_at": row["updated_at"]}
    return {name: row.get(name) for name in names} | both_forms(row["filter"]) | more


def _values(actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
    """The attributes to store, checked."""
    from helpdesk.views.asking import sort_of

    values = dict(body)
    if "filter" in body:
        condition = check_askable(viewer_of(actor), actor.org_id, condition_from(body["filter"]))
        values["filter"] = to_json(check_ranks(actor.org_id, condition))
    if "sort" in body:
        sort_of(body["sort"])
    known = {*COLUMNS, *(f"fields.{id_}" for id_ in definitions(actor.org_id).open_to(viewer_of(actor)))}
    if unknown := [name for name in body.get("columns", []) if name not in known]:
        fault = FieldError("/columns", "unknown", f"{', '.join(unknown)[:100]}: not among {', '.join(COLUMNS)}")
        raise Invalid("there is no such column", fault)
    if "shared" in body:
        values |= _sharing(actor, body)
    return values


def _sharing(actor: Actor, body: dict[str, Any]) -> dict[str, Any]:
    team_ids = list(dict.fromkeys(body.get("team_ids") or []))
    if body["shared"] != "me":
        require(actor, _SHARED_BY)
    if body["shared"] == "teams" and not team_ids:
        raise Invalid("say for which teams", FieldError("/team_ids", "required", "at least one team"))
    if unknown := [id_ for id_ in team_ids if id_ not in teams(actor.org_id)]:
        fault = FieldError("/team_ids", "unknown", f"{', '.join(unknown)[:100]}: no such team")
        raise Invalid("there is no such team", fault)
    owner = actor.colleague_id if body["shared"] == "me" else None
    return {"owner_id": owner, "team_ids": team_ids if body["shared"] == "teams" else []}


def _is_for(actor: Actor, row: Item) -> bool:
    """True if it is his or shared with him, and asks for no field that he may not see."""
    if row.get("filter") and unknown_in(viewer_of(actor), actor.org_id, condition_from(row["filter"])):
        return False
    if row.get("owner_id"):
        return bool(row["owner_id"] == actor.colleague_id)
    return row["shared"] == "all" or actor.may(_SHARED_BY) or bool(set(row["team_ids"]) & set(actor.team_ids))


def _own(actor: Actor, id_: str) -> Item:
    row = records.get(actor.org_id, KIND, id_)
    if not _is_for(actor, row):
        raise NotFound("there is no such view")
    if not row.get("owner_id") and not actor.may(_SHARED_BY):
        raise Forbidden("a shared view is changed by who may write settings", permission=_SHARED_BY)
    return row
