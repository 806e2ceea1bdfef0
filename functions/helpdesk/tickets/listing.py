"""Lists: which index answers a filter, and how its partitions are merged into one page."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from heapq import merge
from itertools import islice

from helpdesk.access.actor import Actor
from helpdesk.access.policy import require
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.settings.defaults import CATEGORIES
from helpdesk.tickets import store
from helpdesk.tickets.model import Ticket

VIEWS: dict[str, dict[str, str]] = {
    "mine": {"assignee_id": "me", "category": "active"},
    "unassigned": {"assignee_id": "none", "category": "active"},
    "open": {"category": "active"},
    "waiting": {"category": "waiting"},
    "solved": {"category": "solved"},
    "closed": {"category": "closed"},
    "trash": {"category": "trash"},
}
_STATES = {"active": ("active",), "done": ("done",), None: ("active", "done")}


@dataclass(frozen=True)
class Filter:
    """What a list shows; at most one of assignee, team, requester and company, each with a state or a category."""

    category: str | None = None
    assignee_id: str | None = None
    team_id: str | None = None
    requester_id: str | None = None
    company_id: str | None = None
    newest_first: bool = True


def filter_of(actor: Actor, query: dict[str, str]) -> Filter:
    """The filter in a query string.

    Raises
    ------
    Invalid
        `not_indexed`, with the reason, for what no index answers: never a scan (API-05).
    """
    query = _expand(query)
    for name in ("q", "tag"):
        if name in query:
            raise _not_indexed(name, "text and tags are answered by search, which this version does not have")
    category = query.get("category")
    if category == "trash":
        require(actor, "tickets:delete")
    if category not in (*CATEGORIES, "active", "done", "trash", None):
        fault = FieldError("/category", "unknown", f"one of {', '.join(CATEGORIES)}, active, done, trash")
        raise Invalid("there is no such category", fault, malformed=True)
    owners = [name for name in ("assignee_id", "team_id", "requester_id", "company_id") if name in query]
    if len(owners) > 1:
        raise _not_indexed(owners[1], f"{owners[0]} and {owners[1]} together have no index")
    if owners and category in (*CATEGORIES, "trash"):
        raise _not_indexed("category", f"with {owners[0]} only active and done have an index")
    if query.get("sort", "-updated_at") not in ("-updated_at", "updated_at"):
        raise _not_indexed("sort", "lists are ordered by updated_at or -updated_at")
    values = {name: _own(actor, query[name]) for name in owners}
    return Filter(category, newest_first=query.get("sort") != "updated_at", **values)


def list_tickets(org_id: str, wanted: Filter, *, after: str | None, limit: int) -> tuple[list[Ticket], str | None]:
    """One page of tickets and the position of its last row, None at the end.

    Each view is one query; a list of active and done together asks both halves side by side.
    """
    partitions = _partitions(org_id, wanted)

    def read(partition: tuple[str, str]) -> list[tuple[str, Ticket]]:
        index, pk = partition
        return store.query_index(index, pk, after=after, limit=limit, newest_first=wanted.newest_first)

    pages = [read(partitions[0])] if len(partitions) == 1 else list(_pool().map(read, partitions))
    rows = merge(*pages, key=lambda row: row[0], reverse=wanted.newest_first)
    page = list(islice(rows, limit))
    more = sum(len(one) for one in pages) > len(page) or any(len(one) == limit for one in pages)
    return [ticket for _, ticket in page], page[-1][0] if page and more else None


def _partitions(org_id: str, wanted: Filter) -> list[tuple[str, str]]:
    for index, owner in (
        ("by_assignee", wanted.assignee_id),
        ("by_team", wanted.team_id),
        ("by_requester", wanted.requester_id),
        ("by_company", wanted.company_id),
    ):
        if owner:
            return [(index, f"{org_id}#{owner}#{state}") for state in _STATES[wanted.category]]
    if wanted.category == "trash":
        return [("by_state", f"{org_id}#trash")]
    if wanted.category in CATEGORIES:
        return [("by_queue", f"{org_id}#{wanted.category}")]
    return [("by_state", f"{org_id}#{state}") for state in _STATES[wanted.category]]


def _expand(query: dict[str, str]) -> dict[str, str]:
    """A view's own filter, in place of its name."""
    name = query.get("view")
    if not name:
        return query
    if name.startswith("team:"):
        chosen = {"team_id": name[5:], "category": "active"}
    elif name in VIEWS:
        chosen = VIEWS[name]
    else:
        fault = FieldError("/view", "unknown", f"one of {', '.join(VIEWS)} or team:<id>")
        raise Invalid("there is no such view", fault, malformed=True)
    return chosen | {key: value for key, value in query.items() if key != "view"}


def _own(actor: Actor, value: str) -> str:
    return {"me": actor.id, "none": "-"}.get(value, value)


def _not_indexed(name: str, reason: str) -> Invalid:
    return Invalid(reason, FieldError(f"/{name}", "not_indexed", reason), code="not_indexed", malformed=True)


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=2)
