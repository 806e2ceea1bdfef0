"""Routing through the whole laptop stack: from the creation of a ticket until it has an owner."""

from __future__ import annotations

import statistics
import time
from datetime import datetime
from typing import Any

from bench.laptop import Client

DEADLINE = 60  # seconds until the last ticket has an owner


def measure(stack: dict[str, Any], count: int = 100) -> dict[str, Any]:
    """`count` tickets by the API, a new one as soon as the one before is created; by the times of the events."""
    client = Client(stack)
    team = _team(client)
    new = {
        "subject": "The charger hums",
        "body_text": "x",
        "team_id": team,
        "requester": {"email": "rosa@customer.test"},
    }
    ids = [client.call("POST", "/v1/tickets", new)["id"] for _ in range(count)]
    waits = sorted(_until_owned(client, id_) for id_ in ids)
    p95 = statistics.quantiles(waits, n=20)[-1]
    return {
        "tickets": count,
        "p50 ms": round(statistics.median(waits)),
        "p95 ms": round(p95),
        "most ms": round(waits[-1]),
    }


def _team(client: Client) -> str:
    people = client.call("GET", "/v1/people?kind=staff")["data"]
    routing = {"mode": "automatic", "only_on_shift": False}
    team = str(client.call("POST", "/v1/teams", {"name": "Routed", "routing": routing})["id"])
    for person in people:
        able = {"team_ids": [*person["team_ids"], team], "capacity": 1_000}
        client.call("PATCH", f"/v1/people/{person['id']}", able)
    return team


def _until_owned(client: Client, ticket_id: str) -> float:
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        events = client.call("GET", f"/v1/tickets/{ticket_id}?include=events")["events"]
        at = {event["type"]: datetime.fromisoformat(event["at"]) for event in events}
        if "ticket.assigned" in at:
            return (at["ticket.assigned"] - at["ticket.created"]).total_seconds() * 1000
        time.sleep(0.1)
    raise TimeoutError(f"{ticket_id} has no owner after {DEADLINE} s")
