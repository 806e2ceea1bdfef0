"""Which events a reader of the feed may know: the same tickets as in lists, and settings only as he may read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from helpdesk.access.actor import Actor
from helpdesk.access.policy import may_see, sight
from helpdesk.core.events import Event
from helpdesk.tickets.store import get_tickets

_NEEDS = {
    "ticket": "tickets:read",
    "person": "people:read",
    "company": "people:read",
    "mail": "mail:read",
    "suppression": "mail:read",
    "role": "audit:read",
    "api_key": "audit:read",
    "webhook": "audit:read",
    "session": "audit:read",
    "grant": "audit:read",
    "oauth_app": "audit:read",
}


def may_know(actor: Actor, event: Event) -> bool:
    """True if the actor holds the permission that events of this kind of subject need."""
    return actor.may(_NEEDS.get(event.subject["kind"], "settings:read"))


def visible(actor: Actor, events: Sequence[Event]) -> list[Event]:
    """The events that the actor may know; one round trip more for one who does not see every ticket.

    When a ticket leaves his sight he is told that, and nothing else of it (`data.out_of_sight`).
    """
    known = [event for event in events if may_know(actor, event)]
    if "all" in actor.sees:
        return known
    ids = {event.subject["id"] for event in known if event.subject["kind"] == "ticket"}
    tickets = get_tickets(actor.org_id, sorted(ids))
    seen = {id_ for id_, ticket in tickets.items() if may_see(actor, ticket)}
    shown = []
    for event in known:
        if event.subject["kind"] != "ticket" or event.subject["id"] in seen:
            shown.append(event)
        elif _left(actor, event):
            shown.append(replace(event, changes={}, data={"out_of_sight": True}))
    return shown


def _left(actor: Actor, event: Event) -> bool:
    """True if what changed here is what had let him see the ticket before."""
    came_from = {name: event.changes[name]["from"] for name in ("team_id", "assignee_id") if name in event.changes}
    if not came_from or event.type == "ticket.created":
        return False
    nothing = "-"
    return any(holds for _, holds in sight(actor, came_from.get("team_id"), came_from.get("assignee_id", nothing)))
