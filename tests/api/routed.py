"""A desk whose teams give their tickets out: what tests of routing share."""

from __future__ import annotations

import importlib
import json
from collections import Counter
from typing import Any

import boto3

from helpdesk.core.items import load_item
from tests.callers import NEW_TICKET, Caller, staff
from tests.cloud import ORG

ALWAYS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def team(admin: Caller, name: str = "Chargers", **routing: Any) -> str:
    """A team whose tickets the desk gives out, shifts or not."""
    wish = {"mode": "automatic", "only_on_shift": False} | routing
    made = admin.post("/v1/teams", {"name": name, "routing": wish})
    assert made.status == 201, made.body
    return str(made.body["id"])


def member(admin: Caller, name: str, *team_ids: str, **values: Any) -> Caller:
    """A colleague of teams, with what he can do."""
    made = staff("agent", f"{name}@acme.test")
    change(admin, made, team_ids=list(team_ids), **values)
    return made


def change(admin: Caller, person: Caller, **values: Any) -> dict[str, Any]:
    """What an administrator changes of a colleague."""
    done = admin.patch(f"/v1/people/{person.me['id']}", values)
    assert done.status == 200, done.body
    return dict(done.body)


def shift(admin: Caller, person: Caller, hours: Any = None, zone: str = "UTC") -> None:
    """When a colleague is there, each day."""
    week = {day: [hours] for day in ALWAYS} if hours else ALWAYS
    body = {"person_id": person.me["id"], "zone": zone, "hours": week}
    assert (made := admin.post("/v1/shifts", body)).status == 201, made.body


def is_(caller: Caller, state: str, **more: Any) -> Any:
    """A colleague says whether he takes tickets."""
    return caller.put(f"/v1/people/{caller.me['id']}/availability", {"state": state} | more)


def opened(caller: Caller, team_id: str, **values: Any) -> str:
    """The id of a new ticket of a team."""
    made = caller.post("/v1/tickets", NEW_TICKET | {"team_id": team_id} | values)
    assert made.status == 201, made.body
    return str(made.body["id"])


def owner(caller: Caller, ticket_id: str) -> str | None:
    """Who has a ticket."""
    found = caller.get(f"/v1/tickets/{ticket_id}").body["assignee_id"]
    return str(found) if found else None


def why(caller: Caller, ticket_id: str) -> dict[str, Any]:
    """What the desk says of a ticket's owner."""
    reply = caller.get(f"/v1/tickets/{ticket_id}/routing")
    assert reply.status == 200, reply.body
    return dict(reply.body)


def told(caller: Caller, ticket_id: str, *types: str) -> list[dict[str, Any]]:
    """The events of these types in a ticket's history."""
    events = caller.get(f"/v1/tickets/{ticket_id}?include=events").body["events"]
    return [event for event in events if event["type"] in types]


def take(kind: str = "tick", worker: str = "route_tickets") -> None:
    """What the clock sends to a worker."""
    handler = importlib.import_module(f"{worker}.handler").handler
    answer = handler({"Records": [{"messageId": "1", "body": json.dumps({"kind": kind})}]}, None)
    assert answer == {"batchItemFailures": []}


def counted() -> dict[str, int]:
    """Active tickets by owner, as the loads say."""
    found = {row["person_id"]: sum(int(row[name]) for name in row if name.startswith("n_")) for row in rows_of("LOAD")}
    return {id_: count for id_, count in found.items() if count}


def held() -> dict[str, int]:
    """Active tickets by owner, counted one by one."""
    from helpdesk.tickets.load_store import owner_of
    from helpdesk.tickets.model import ticket_from

    return dict(Counter(who for row in rows_of("TICKET") if (who := owner_of(ticket_from(row)))))


def rows_of(sk: str) -> list[dict[str, Any]]:
    """The rows of the tickets' table that have this sort key."""
    pages = boto3.client("dynamodb").get_paginator("scan").paginate(TableName="Tickets")
    rows = (load_item(item) for page in pages for item in page["Items"])
    return [row for row in rows if row["sk"] == sk and row["pk"] != f"{ORG}#COUNTER"]
