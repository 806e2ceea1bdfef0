"""How many tickets each view holds: from the feed's live counters where they say exactly that, else by one search."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.feed.store import get_head
from helpdesk.filters.conditions import all_of
from helpdesk.filters.fields import STATES
from helpdesk.search import service as search
from helpdesk.settings.service import teams
from helpdesk.views import saved
from helpdesk.views.asking import asked_of


def views(actor: Actor) -> list[dict[str, Any]]:
    """All views of the caller with their counts: one row of counters, and one question to search if that is not enough.

    A count is of what the caller may see: one who does not see every ticket gets the counters of what he sees whole.
    """
    found = saved.built_in(actor) + saved.kept(actor)
    counters = [_counters(actor, view) for view in found]
    head = get_head(actor.org_id) if any(counters) else {}
    rest = [view for view, names in zip(found, counters, strict=True) if names is None]
    asked = [all_of([asked_of(actor, _query(view)).condition]) for view in rest]
    counted = dict(zip((view["id"] for view in rest), search.count(actor, asked) if asked else [], strict=True))
    return [
        view | {"count": counted[view["id"]] if names is None else sum(max(0, int(head.get(one, 0))) for one in names)}
        for view, names in zip(found, counters, strict=True)
    ]


def _query(view: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in view["query"].items()}


def _counters(actor: Actor, view: dict[str, Any]) -> list[str] | None:
    """The counters that make up this view's count for this caller, None where none do."""
    query, me = view["query"], actor.colleague_id
    if view["id"] == saved.UNMATCHED:
        whole = bool(actor.sees & {"all", "unassigned"})
        return [f"unmatched:{id_}" for id_ in teams(actor.org_id) if whole or id_ in actor.team_ids]
    if "view" in query:
        return None
    if team_id := query.get("team_id"):
        seen = "all" in actor.sees or ("teams" in actor.sees and team_id in actor.team_ids)
        return [f"team:{team_id}"] if seen else None
    if owner := query.get("assignee_id"):
        sight = {"me": "assigned", "none": "unassigned"}[owner]
        return [f"assignee:{me if owner == 'me' else '-'}"] if actor.sees & {"all", sight} else None
    if "all" not in actor.sees:
        return None
    return [f"category:{one}" for one in STATES.get(query["category"], (query["category"],))]
