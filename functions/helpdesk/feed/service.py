"""Reading the feed, and the views with their live counts."""

from __future__ import annotations

import re
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import FieldError, Invalid, NotFound
from helpdesk.core.events import Event
from helpdesk.feed import reading, store
from helpdesk.feed.sight import visible
from helpdesk.settings.defaults import ACTIVE
from helpdesk.settings.service import teams
from helpdesk.tickets.listing import VIEWS

_LABELS = {"open": "All open"}
_NUMBER = re.compile(r"[0-9]{1,11}")
_PAGE, _PAGES = 500, 10  # entries looked at for one page of some types


def read_events(actor: Actor, after: str | None, types: frozenset[str], limit: int) -> tuple[list[dict[str, Any]], str]:
    """Events after a number, in order, and the number to go on from; `after=latest` starts at the end.

    With `types`, a page looks at no more than 5,000 entries: it may hold few events, or none, and yet go on.
    """
    if after == "latest":
        return [], str(store.get_head(actor.org_id)["last"])
    if after and not _NUMBER.fullmatch(after):
        fault = FieldError("/after", "not_a_number", "a number from next_cursor, or latest")
        raise Invalid("after is a number from an earlier answer", fault, malformed=True)
    position, events = int(after or 0), list[Event]()
    for _ in range(_PAGES if types else 1):
        rows = reading.read(actor.org_id, position, _PAGE if types else limit)
        for row in rows:
            position = row["seq"]
            if not types or row["type"] in types:
                events.append(Event.from_item(row))
            if len(events) == limit:
                break
        if not rows or len(events) == limit:
            break
    return [event.public() for event in visible(actor, events)], str(position)


def read_event(actor: Actor, number: str) -> dict[str, Any]:
    """One event by its number.

    Raises
    ------
    NotFound
        when no event has it, or the actor may not know of it.
    """
    found = reading.read_some(actor.org_id, [int(number)]) if _NUMBER.fullmatch(number) else {}
    for event in visible(actor, [Event.from_item(row) for row in found.values()]):
        return event.public()
    raise NotFound("there is no such event")


def views(actor: Actor) -> list[dict[str, Any]]:
    """The views that every agent has, then one for each team; counts come from one row."""
    head = store.get_head(actor.org_id)
    inbox = [
        {
            "id": name,
            "label": _LABELS.get(name, name.capitalize()),
            "group": "inbox",
            "count": sum(_count(head, counter) for counter in _counters(name, actor)),
            "query": query,
        }
        for name, query in VIEWS.items()
    ]
    return inbox + [_team_view(head, team) for team in teams(actor.org_id).values()]


def _counters(view: str, actor: Actor) -> list[str]:
    """Which counters of the head make up a view's count."""
    if view == "open":
        return [f"category:{category}" for category in ACTIVE]
    owners = {"mine": f"assignee:{actor.id}", "unassigned": "assignee:-"}
    return [owners.get(view, f"category:{view}")]


def _team_view(head: dict[str, Any], team: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"team:{team['id']}",
        "label": team["name"],
        "group": "teams",
        "hue": team["hue"],
        "count": _count(head, f"team:{team['id']}"),
        "query": {"team_id": team["id"], "category": "active"},
    }


def _count(head: dict[str, Any], name: str) -> int:
    return max(0, int(head.get(name, 0)))
