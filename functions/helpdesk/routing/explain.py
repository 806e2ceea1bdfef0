"""Why a ticket is with whom it is with, or with nobody: the last decision about its owner, whoever made it."""

from __future__ import annotations

from typing import Any

from helpdesk.core.events import Event
from helpdesk.settings.teams import automatic
from helpdesk.tickets import store
from helpdesk.tickets.model import Ticket, is_active

_EVENTS = 500  # of a ticket, in which the decision is looked for


def explain(ticket: Ticket) -> dict[str, Any]:
    """`{state, assignee_id, language, at, by, decision}` of a ticket; one round trip.

    `state` is `assigned`, `unmatched` (nobody could take it), `waiting` (to be looked at), `by_hand` (its team gives
    tickets out by hand) or `done`; `decision` is what routing decided, None where a person did.
    """
    told = _last_told(store.get_events(ticket.org_id, ticket.id, limit=_EVENTS))
    by = {"kind": told.actor["kind"], "id": told.actor["id"]} if told else None
    return {
        "state": _state(ticket),
        "assignee_id": ticket.assignee_id,
        "language": ticket.language,
        "at": told.at if told else None,
        "by": by,
        "decision": told.data.get("routing") if told else None,
    }


def _state(ticket: Ticket) -> str:
    if ticket.assignee_id:
        return "assigned"
    if not is_active(ticket):
        return "done"
    if not automatic(ticket.org_id, ticket.team_id):
        return "by_hand"
    return "unmatched" if ticket.unmatched else "waiting"


def _last_told(events: list[Event]) -> Event | None:
    telling = (one for one in reversed(events) if "assignee_id" in one.changes or one.type == "ticket.unmatched")
    return next((one for one in telling if not _is_beginning(one)), None)


def _is_beginning(event: Event) -> bool:
    """A ticket that begins with nobody: that says nothing of anybody."""
    return event.type == "ticket.created" and not event.changes["assignee_id"]["to"]
