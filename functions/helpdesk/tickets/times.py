"""How long a ticket was in each status: derived from its events, adding up to its age (TM-02)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpdesk.core import clock
from helpdesk.core.events import Event
from helpdesk.tickets.model import Ticket


def times(ticket: Ticket, events: Sequence[Event], until: str) -> dict[str, Any]:
    """`{age, by_status, by_category, moves}` up to a moment, in seconds; each move with from, to, at and by whom."""
    moves = [event for event in events if "status_id" in event.changes]
    starts = [ticket.created_at, *(event.at for event in moves[1:])]
    by_status: dict[str, float] = {}
    by_category: dict[str, float] = {}
    category = ""
    for move, start, end in zip(moves, starts, [*starts[1:], until], strict=True):
        seconds = max(0.0, (clock.parse(end) - clock.parse(start)).total_seconds())
        category = move.changes.get("category", {"to": category})["to"]
        status = move.changes["status_id"]["to"]
        by_status[status] = round(by_status.get(status, 0) + seconds, 3)
        by_category[category] = round(by_category.get(category, 0) + seconds, 3)
    age = (clock.parse(until) - clock.parse(ticket.created_at)).total_seconds()
    shown = [_shown(move, start) for move, start in zip(moves, starts, strict=True)]
    return {"age": round(max(0.0, age), 3), "by_status": by_status, "by_category": by_category, "moves": shown}


def _shown(move: Event, at: str) -> dict[str, Any]:
    change = move.changes["status_id"]
    by = {"kind": move.actor["kind"], "id": move.actor["id"]}
    return {"from": change["from"] or None, "to": change["to"], "at": at, "by": by, "event_id": move.id}
