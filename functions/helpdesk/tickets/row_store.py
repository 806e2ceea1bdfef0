"""What rows of a ticket look like: its snapshot with the keys of its indexes, and its events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from helpdesk.core.config import config
from helpdesk.core.events import Event
from helpdesk.core.items import Item
from helpdesk.core.log import event_row
from helpdesk.core.table import NEW, Action, Put
from helpdesk.settings.defaults import DONE
from helpdesk.tickets.due import next_step
from helpdesk.tickets.model import Ticket
from helpdesk.tickets.schema import SCHEMA

INDEX_KEYS = {
    "by_state": ("s_pk", "s_sk"),
    "by_queue": ("q_pk", "q_sk"),
    "by_assignee": ("a_pk", "a_sk"),
    "by_team": ("t_pk", "t_sk"),
    "by_requester": ("r_pk", "r_sk"),
    "by_company": ("c_pk", "c_sk"),
}
_PLACE = ("category", "assignee_id", "team_id", "trashed_at")


def state_of(category: str) -> str:
    """`active` or `done`: the half of an index in which a ticket of this category stands."""
    return "done" if category in DONE else "active"


def snapshot(before: Ticket | None, after: Ticket) -> Put:
    """The write of the ticket's state over the one that it follows."""
    row = ticket_row(after)
    if not before:
        return Put(config().tickets_table, row, NEW)
    return Put(config().tickets_table, row, "version = :v", values={":v": before.version})


def ticket_row(ticket: Ticket) -> Item:
    """The whole row of a ticket."""
    keys = {"pk": f"{ticket.org_id}#{ticket.id}", "sk": "TICKET", "schema": SCHEMA}
    return _plain(ticket) | keys | _index_keys(ticket) | ticket.beyond


def event_rows(before: Ticket | None, events: Sequence[Event]) -> list[Action]:
    """The rows of a command's events, each with where the ticket stood and stands, for the counts."""
    rows: list[Action] = []
    place = _place(before) if before else None
    tags = before.tags if before else ()
    for event in events:
        moved = {name: change["to"] for name, change in event.changes.items() if name in _PLACE}
        tags = tuple(event.changes["tags"]["to"]) if "tags" in event.changes else tags
        if not moved:
            rows.append(event_row(event))
            continue
        after = (place or dict.fromkeys(_PLACE)) | moved
        counted = {"tags": list(tags)} if "trashed_at" in moved else {}  # tags in the trash are not counted
        rows.append(event_row(event, placed={"from": place and place | counted, "to": after | counted}))
        place = after
    return rows


def _index_keys(ticket: Ticket) -> Item:
    org, state = ticket.org_id, state_of(ticket.category)
    if ticket.trashed_at:  # one partition of its own, the longest there first, and no other
        return {"s_pk": f"{org}#trash", "s_sk": f"{ticket.trashed_at}#{ticket.id}"}
    position = f"{ticket.updated_at}#{ticket.id}"
    keys = {
        "s_pk": f"{org}#{state}",
        "q_pk": f"{org}#{ticket.category}",
        "a_pk": f"{org}#{ticket.assignee_id or '-'}#{state}",
        "t_pk": f"{org}#{ticket.team_id or '-'}#{state}",
        "r_pk": f"{org}#{ticket.requester['id']}#{state}",
    }
    if ticket.company_id:
        keys["c_pk"] = f"{org}#{ticket.company_id}#{state}"
    due = due_key(ticket)
    timed = {"d_pk": f"{org}#due", "d_sk": due} if due else {}
    return keys | {names[1]: position for names in INDEX_KEYS.values() if names[0] in keys} | timed


def due_key(ticket: Ticket) -> str | None:
    """The ticket's place in `by_due`, None if nothing happens to it by itself."""
    step = next_step(ticket)
    return f"{step.at}#{ticket.id}" if step else None


def _place(ticket: Ticket) -> Item:
    return {name: getattr(ticket, name) for name in _PLACE}


def _plain(model: Ticket) -> dict[str, Any]:
    return {name: value for name, value in asdict(model).items() if name != "beyond"}
