"""RT-01, RT-02: rules act on what happens to tickets, each once, in order, without loops, and say why."""

from __future__ import annotations

from typing import Any

import pytest

from tests.callers import NEW_TICKET
from tests.faults import deaths

URGENT = {"type": "set_priority", "value": "urgent"}


def tags(*names: str) -> dict[str, Any]:
    return {"type": "add_tags", "tags": list(names)}


def rule(admin, name: str, then: list[dict[str, Any]], on: str = "ticket.created", **values: Any) -> dict[str, Any]:
    made = admin.post("/v1/rules", {"name": name, "on": on.split(), "then": then} | values)
    assert made.status == 201, made.body
    return made.body


def opened(agent, **values: Any) -> dict[str, Any]:
    made = agent.post("/v1/tickets", NEW_TICKET | values)
    assert made.status == 201, made.body
    return made.body


def read(agent, ticket: dict[str, Any]) -> dict[str, Any]:
    return agent.get(f"/v1/tickets/{ticket['id']}").body


def events(agent, ticket: dict[str, Any], kind: str = "rule") -> list[dict[str, Any]]:
    rows = agent.get(f"/v1/tickets/{ticket['id']}?include=events").body["events"]
    return [row for row in rows if row["actor"]["kind"] == kind]


def decisions(agent, ticket: dict[str, Any], name: str = "") -> list[dict[str, Any]]:
    rows = agent.get(f"/v1/tickets/{ticket['id']}/decisions").body["data"]
    return [row for row in rows if row["rule"] == name or not name]


def counted(admin, made: dict[str, Any]) -> dict[str, Any]:
    return admin.get(f"/v1/rules/{made['id']}").body


def test_rt01_a_rule_acts_in_one_command_and_says_so(cloud, agent, admin):
    made = rule(admin, "Charger", [URGENT, tags("hardware")], when="subject:charger -tag:spam")
    ticket = opened(agent, subject="The charger stops")
    other = opened(agent, subject="An invoice")
    cloud.pump()
    after = read(agent, ticket)
    assert (after["priority"], after["tags"]) == ("urgent", ["hardware"])
    done = events(agent, ticket)
    assert {one["correlation_id"] for one in done} == {done[0]["correlation_id"]}
    assert {one["actor"]["id"] for one in done} == {made["id"]}
    assert done[-1]["type"] == "ticket.rule_applied" and done[-1]["data"]["rule"] == "Charger"
    assert done[-1]["causation_id"] == done[-1]["data"]["event_id"]
    (why,) = decisions(agent, ticket)
    assert (why["outcome"], why["actions"], why["event"]) == ("done", ["set_priority", "add_tags"], "ticket.created")
    (why,) = decisions(agent, other)
    assert (why["outcome"], why["comparison"], why["found"]) == ("no_match", "subject:charger", "An invoice")
    assert "subject:charger does not hold, it is An invoice" in why["detail"]
    assert counted(admin, made)["hits"] == 1 and events(agent, other) == []
