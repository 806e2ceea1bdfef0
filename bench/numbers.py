"""What it takes to work all numbers out again: the pure part, a ticket's log to what it adds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from helpdesk.core import clock
from helpdesk.core.events import Event
from helpdesk.numbers.measuring import measured
from helpdesk.numbers.store import sums_of

_START = datetime(2026, 1, 1, tzinfo=UTC)
_TEAMS, _PEOPLE = 8, 40
_LOG: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("ticket.created", "contact", {"category": {"from": None, "to": "new"}, "team_id": {"from": None, "to": "team"}}),
    ("message.received", "contact", {}),
    ("ticket.assigned", "agent", {"assignee_id": {"from": None, "to": "person"}}),
    ("message.sent", "agent", {"category": {"from": "new", "to": "open"}}),
    ("message.received", "contact", {}),
    ("message.sent", "agent", {}),
    ("ticket.status_changed", "agent", {"category": {"from": "open", "to": "solved"}}),
)
"""A usual conversation; the numbers of teams and people are added."""


def recounted(tickets: int) -> dict[str, Any]:
    """Seconds for so many tickets of seven events each, in one process; reading them is not in it."""
    taken, rows = 0.0, 0
    for number in range(tickets):
        events = list(_events(number))
        began = time.perf_counter()
        rows += len(sums_of(measured(events, lambda _id: None)))
        taken += time.perf_counter() - began
    return {"tickets": tickets, "rows added to": rows, "seconds": round(taken, 1), "a second": round(tickets / taken)}


def _events(number: int) -> Iterator[Event]:
    person, team = f"P{number % _PEOPLE}", f"T{number % _TEAMS}"
    for version, (type_, kind, changes) in enumerate(_LOG, 1):
        at = clock.iso(_START + timedelta(minutes=number * 5 + version * 20))
        actor = {"kind": kind, "id": person if kind == "agent" else "C1", "ip": None}
        event = Event(str(version), "org", type_, at, {"kind": "ticket", "id": str(number)}, version, actor, "api", "c")
        own = {"person": person, "team": team}
        named = {name: {"from": one["from"], "to": own.get(one["to"], one["to"])} for name, one in changes.items()}
        yield replace(event, changes=named)
