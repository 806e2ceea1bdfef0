"""RT-02, AD-09: a draft is tried on the last days before it goes live: it says what happens, and writes nothing."""

from __future__ import annotations

from typing import Any

import boto3

from infra import ROOT
from infra.local.translate import read_yaml
from tests.api.test_sla import HOURS, answer, ask, opened, policy, targets
from tests.api.test_timers import tick

DRAFT = {"name": "Gold", "targets": {"first_response": {"normal": 60}}}


def simulated(admin, **values: Any) -> dict[str, Any]:
    reply = admin.post("/v1/simulations", {"kind": "sla_policy", "policy": DRAFT} | values)
    assert reply.status == 200, reply.body
    return reply.body


def rows() -> list[dict[str, Any]]:
    table = boto3.client("dynamodb")
    return [item for page in table.get_paginator("scan").paginate(TableName="Tickets") for item in page["Items"]]


def worked(agent, timeline) -> list[dict[str, Any]]:
    """Three tickets: answered after half an hour, after an hour and a half, and never, but waiting most of its time."""
    soon, late, never = (opened(agent) for _ in range(3))
    timeline.go(minutes=30)
    answer(agent, soon)
    agent.patch(f"/v1/tickets/{never['id']}", {"status_id": "waiting"})
    timeline.go(minutes=60)
    answer(agent, late)
    return [soon, late, never]


def test_rt02_a_draft_says_what_it_would_have_kept_and_broken(agent, admin, timeline):
    _soon, late, _never = worked(agent, timeline)
    found = simulated(admin)
    assert (found["tickets"], found["all"], found["days"]) == (3, True, 30)
    assert found["before"] == {"met": 0, "late": 0, "open": 0}
    assert found["after"] == {"met": 1, "late": 1, "open": 1}
    (newly,) = found["newly_late"]
    assert (newly["ticket_id"], newly["number"], newly["target"]) == (late["id"], late["number"], "first_response")
    assert newly["due_at"] < newly["met_at"]


def test_rt02_a_simulation_writes_nothing(cloud, agent, admin, timeline):
    worked(agent, timeline)
    before = rows()
    simulated(admin)
    assert rows() == before


def test_rt02_what_is_simulated_is_what_then_happens(agent, admin, customer, timeline):
    promised = {"targets": HOURS | {"next_response": {"normal": 45}, "update": {"normal": 200}}}
    made = policy(admin, **promised)
    tickets = worked(agent, timeline)
    for ticket in tickets:
        ask(customer, ticket)
    timeline.go(minutes=50)
    answer(agent, tickets[0], "Again")
    agent.put(f"/v1/tickets/{tickets[1]['id']}/resolution")
    timeline.go(minutes=300)
    tick()
    states = [one["state"] for ticket in tickets for one in targets(agent, ticket).values()]
    found = simulated(admin, id=made["id"], policy={"name": "Gold"} | promised)
    assert found["before"] == found["after"] and found["newly_late"] == []
    assert found["before"]["late"] >= sum(state in ("met_late", "breached") for state in states) > 0
    firsts = next(one for one in found["by_target"] if one["target"] == "first_response")["before"]
    stored = [targets(agent, ticket)["first_response"]["state"] for ticket in tickets]
    late = sum(state in ("met_late", "breached") for state in stored)
    assert (firsts["met"], firsts["late"]) == (stored.count("met"), late)


def test_rt02_a_stricter_draft_of_a_policy_names_who_would_be_late(agent, admin, timeline):
    made = policy(admin, targets={"first_response": {"normal": 120}})
    worked(agent, timeline)
    found = simulated(admin, id=made["id"])
    assert (found["before"]["late"], found["after"]["late"], len(found["newly_late"])) == (0, 1, 1)
    slower = simulated(admin, id=made["id"], policy={"name": "x", "targets": {"first_response": {"normal": 9}}})
    assert slower["after"]["late"] == 3
    assert agent.get("/v1/sla-policies").body["data"][0]["targets"] == {"first_response": {"normal": 120}}


def test_rt02_only_tickets_of_these_days_count(agent, admin, timeline):
    worked(agent, timeline)
    timeline.go(days=2)
    answer(agent, opened(agent))
    assert simulated(admin, days=1)["tickets"] == 1
    assert simulated(admin, days=3)["tickets"] == 4


def test_rt02_a_draft_that_is_not_right_names_each_fault_and_only_planners_try(agent, admin):
    wrong = {"name": "x", "targets": {"resolution": {"nope": 5}}, "filter": "status:open"}
    reply = admin.post("/v1/simulations", {"kind": "sla_policy", "policy": wrong})
    assert reply.status == 422
    assert [one["pointer"] for one in reply.body["errors"]] == ["/policy/targets/resolution/nope", "/policy/filter"]
    assert admin.post("/v1/simulations", {"kind": "weather", "policy": DRAFT}).status == 422
    assert admin.post("/v1/simulations", {"kind": "sla_policy", "policy": DRAFT, "days": 31}).status == 422
    assert agent.post("/v1/simulations", {"kind": "sla_policy", "policy": DRAFT}).status == 403


def test_rt02_the_role_of_simulations_has_no_right_to_write_tickets():
    policies = read_yaml(ROOT / "template.yaml")["Resources"]["SimulateFunction"]["Properties"]["Policies"]
    names = {str(one).split("Outputs.")[1].split("'")[0] for one in policies}
    resources = read_yaml(ROOT / "infra/access.yaml")["Resources"]
    actions = {
        action
        for name in names
        for statement in resources[name]["Properties"]["PolicyDocument"]["Statement"]
        if "TicketsTable" in str(statement["Resource"])
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }
    assert actions == {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}
