"""What makes routing look: what happened to a ticket, a colleague or a setting, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from helpdesk.core.cache import forget
from helpdesk.people.service import get_person
from helpdesk.routing import loads, members, queue
from helpdesk.routing.service import Call, route, stays_with_owner
from helpdesk.settings.defaults import DONE
from helpdesk.settings.teams import automatic, automatic_teams, path_of
from helpdesk.tickets.model import Ticket

_TICKET = {"assignee_id", "team_id", "category", "trashed_at", "merged_into"}
_PERSON = {"availability", "capacity", "skills", "languages", "team_ids", "disabled"}
More = Callable[[], bool]


def react(org_id: str, event: dict[str, Any], more: More, waiting: Callable[[str], int]) -> None:
    """Do what follows from an event of the bus; harmless to repeat.

    `waiting` says of a team how many of its tickets nobody could take; it may be some moments old, for what it
    misses is looked for at the next tick.
    """
    kind = event["subject"]["kind"]
    if kind == "ticket":
        _ticket(org_id, event, more, waiting)
        return
    if kind in ("team", "shift", "leave"):
        forget()  # a setting has changed: what this container has kept of it is old
        if routed(org_id):
            loads.ensure_counted(org_id)
        queue.fill(org_id, routed(org_id), more)
    elif kind == "person" and _PERSON & set(event["changes"]):
        _person(org_id, event, more)


def tick(org_id: str, more: More) -> None:
    """Hand over what those hold whose shift has ended, and give out what waits."""
    if routed(org_id):
        loads.ensure_counted(org_id)
    for team_id in routed(org_id):
        _shift_end(org_id, team_id, more)
        for person, _ in members.members(org_id, team_id):
            if person.available["reassign"]:
                _relieve(org_id, person.id, [team_id], more)
    queue.fill(org_id, routed(org_id), more)


def repair(org_id: str, more: More) -> int:
    """Count the loads anew from the tickets themselves; says how many were wrong."""
    return loads.recount(org_id, more)


def routed(org_id: str) -> list[str]:
    """The teams whose tickets the desk gives out; no round trip when warm."""
    return list(automatic_teams(org_id))


def _ticket(org_id: str, event: dict[str, Any], more: More, waiting: Callable[[str], int]) -> None:
    changes = event["changes"]
    if not _TICKET & set(changes) or not routed(org_id):
        return
    loads.ensure_counted(org_id)
    ticket_id, type_ = event["subject"]["id"], event["type"]
    assignee = changes.get("assignee_id", {"from": None, "to": None})
    ticket = None
    if not assignee["to"]:
        trigger = "created" if type_ == "ticket.created" else "unassigned" if assignee["from"] else "changed"
        ticket = route(org_id, ticket_id, Call(trigger, event["id"], given_back=assignee["from"]))
    if ticket and _opened_again(changes):
        _opened(ticket, event)
    freed = assignee["from"] or (ticket.assignee_id if ticket and _ended(changes, ticket) else None)
    if freed:
        queue.fill_freed(org_id, freed, more, waiting)


def _opened_again(changes: dict[str, Any]) -> bool:
    category = changes.get("category", {"from": None, "to": None})
    return category["from"] in DONE and category["to"] not in DONE


def _ended(changes: dict[str, Any], ticket: Ticket) -> bool:
    return ticket.category in DONE or bool(ticket.trashed_at) or "merged_into" in changes


def _opened(ticket: Ticket, event: dict[str, Any]) -> None:
    """RT-08: the last owner goes on if he is there, else somebody else does."""
    routing = automatic(ticket.org_id, ticket.team_id)
    owner = ticket.assignee_id
    if routing and owner and ticket.category not in DONE and not stays_with_owner(ticket, routing):
        route(ticket.org_id, ticket.id, Call("reopened", event["id"], leaving=owner))


def _person(org_id: str, event: dict[str, Any], more: More) -> None:
    person_id, now = event["subject"]["id"], event["changes"].get("availability", {}).get("to") or {}
    forget()  # what this container has kept of him
    if now.get("reassign") and get_person(org_id, person_id).available["reassign"]:
        _relieve(org_id, person_id, routed(org_id), more, event["id"])
    queue.fill(org_id, teams_of(org_id, person_id), more)


def _relieve(
    org_id: str, person_id: str, team_ids: Collection[str], more: More, causation_id: str | None = None
) -> None:
    """Give what somebody has, who is away and wants it so, to others, or back to the queue."""
    for ticket in queue.held_by(org_id, person_id, team_ids):
        if more():
            route(org_id, ticket.id, Call("away", causation_id, leaving=person_id))


def _shift_end(org_id: str, team_id: str, more: More) -> None:
    routing = automatic(org_id, team_id)
    if not routing or not routing["hand_over"] or not routing["only_on_shift"]:
        return
    ready = members.candidates(org_id, routing, members.members(org_id, team_id))
    if not any(one.on_shift and one.state == "available" for one in ready):
        return  # nobody is there to take anything: it stays with whom the customer knows
    for one in ready:
        if one.on_shift or not one.load:
            continue
        for ticket in queue.held_by(org_id, one.id, [team_id]):
            if more():
                route(org_id, ticket.id, Call("shift_end", leaving=one.id, keep=True))


def teams_of(org_id: str, person_id: str) -> Iterable[str]:
    """The routed teams for which somebody may take tickets: his own, and those above them."""
    person = get_person(org_id, person_id)
    reach = {team["id"] for own in person.team_ids for team in path_of(org_id, own)}
    return [id_ for id_ in routed(org_id) if id_ in reach]
