"""RT-02, AD-11: a draft of a rule is tried on the last days: it says what then happens, and writes nothing."""

from __future__ import annotations

from typing import Any

import boto3

from infra import ROOT
from infra.local.translate import read_yaml
from tests.api.routed import member, team
from tests.api.test_rule_loops import work
from tests.api.test_rules import URGENT, opened, rule, tags
from tests.api.test_simulation import rows

SHOWN = ("status_id", "category", "priority", "team_id", "tags")


def simulated(admin, body: dict[str, Any], **values: Any) -> dict[str, Any]:
    reply = admin.post("/v1/simulations/rule", {"rule": {"name": "Draft"} | body} | values)
    assert reply.status == 200, reply.body
    return reply.body


def worked(agent, customer, after=lambda: None) -> list[dict[str, Any]]:
    """Three tickets and what happens to them, `after` each step."""
    made = []
    for subject, priority in (("The charger stops", "low"), ("An invoice", "normal"), ("Charger again", "high")):
        ticket = opened(agent, subject=subject, priority=priority)
        made.append(ticket)
        after()
        agent.patch(f"/v1/tickets/{ticket['id']}", {"tags": {"add": ["seen"]}, "status_id": "waiting"})
        after()
        customer.post(f"/v1/portal/tickets/{ticket['id']}/messages", {"body_text": "Any news of my charger?"})
        after()
        agent.patch(f"/v1/tickets/{ticket['id']}", {"priority": "normal", "tags": {"remove": ["seen"]}})
        after()
    return made


def happened(agent, tickets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a rule changed, occasion by occasion."""
    found = []
    for ticket in tickets:
        events = agent.get(f"/v1/tickets/{ticket['id']}?include=events").body["events"]
        commands: dict[str, dict[str, Any]] = {}
        for event in events:
            if event["actor"]["kind"] == "rule":
                changes = commands.setdefault(event["correlation_id"], {})
                for name, change in event["changes"].items():
                    changes[name] = {"from": changes.get(name, change)["from"], "to": change["to"]}
        for changes in commands.values():
            found.append({name: change for name, change in changes.items() if name in SHOWN})
    return found


def test_rt02_what_is_simulated_is_what_then_happens(cloud, agent, customer, admin):
    draft = {
        "on": ["ticket.created", "message.received", "ticket.priority_changed"],
        "when": "(subject:charger or message.text:charger) -(tag:seen was.priority:high)",
        "then": [URGENT, tags("hardware"), {"type": "note", "body_html": "<p>Look</p>"}],
    }
    worked(agent, customer)
    told = simulated(admin, draft)
    rule(admin, "Draft", draft["then"], " ".join(draft["on"]), when=draft["when"])
    tickets = worked(agent, customer, cloud.pump)
    live = happened(agent, tickets)
    numbers = sorted({one["number"] for one in told["found"]})
    expected = [
        {name: change for name, change in one["changes"].items() if name in SHOWN}
        for number in numbers
        for one in sorted(told["found"], key=lambda one: one["at"])
        if one["number"] == number
    ]
    assert live == expected and len(live) == told["changed"] >= 6
    assert (told["tickets_seen"], told["all"], told["failed"]) == (3, True, 0)
    assert sum(one["notes"] for one in told["found"]) == told["changed"]


def test_rt02_a_simulation_of_a_rule_writes_nothing_and_may_not(cloud, agent, customer, admin):
    worked(agent, customer)
    before = rows()
    deliveries = boto3.client("dynamodb").scan(TableName="Deliveries")["Items"]
    told = simulated(admin, {"on": ["ticket.created"], "then": [URGENT, {"type": "reply", "body_html": "<p>Hi</p>"}]})
    assert (told["matched"], told["replies"]) == (3, 3)
    assert rows() == before and boto3.client("dynamodb").scan(TableName="Deliveries")["Items"] == deliveries
    function = read_yaml(ROOT / "template.yaml")["Resources"]["SimulateFunction"]["Properties"]
    granted = str(function["Policies"])
    assert "ReadTickets" in granted and "Access.Outputs.Tickets" not in granted and "Deliveries" not in granted


def test_rt02_a_changed_rule_is_tried_without_what_it_did(cloud, agent, customer, admin):
    made = rule(admin, "Kept", [tags("kept")], when="subject:charger")
    first = rule(admin, "Last word", [tags("x")], when="priority:low", stop=True)
    worked(agent, customer, cloud.pump)
    body = {"on": ["ticket.created"], "when": "subject:charger", "then": [tags("kept")]}
    again = simulated(admin, body, id=made["id"])
    assert (again["changed"], again["unchanged"], again["stopped"]) == (2, 0, 0)
    anew = simulated(admin, body)
    assert (anew["matched"], anew["unchanged"], anew["stopped"]) == (1, 1, 1), f"{first['name']} keeps it from one"


def test_rt02_a_draft_that_cannot_be_saved_cannot_be_tried(admin):
    bad = {"name": "x", "on": ["ticket.created"], "when": "tag:", "then": [{"type": "set_team", "value": "none"}]}
    answer = admin.post("/v1/simulations/rule", {"rule": bad})
    assert answer.status == 400 and answer.body["errors"][0]["pointer"] == "/rule/when#4"
    answer = admin.post("/v1/simulations/rule", {"rule": bad | {"when": ""}})
    assert answer.status == 422 and answer.body["errors"][0]["pointer"] == "/rule/then/0/value"


def test_rt02_what_could_not_have_been_done_is_counted(cloud, agent, customer, admin):
    worked(agent, customer)
    told = simulated(admin, {"on": ["ticket.status_changed"], "then": [{"type": "set_status", "value": "new"}]})
    assert told["failed"] == told["matched"] > 0 and "cannot become new" in told["found"][0]["error"]


def test_tm05_a_timed_draft_fires_when_it_then_does(cloud, agent, customer, admin, timeline):
    draft = {"on": ["time"], "when": "category:waiting status_changed:<-2d", "then": [tags("quiet")]}
    ticket = opened(agent)
    agent.patch(f"/v1/tickets/{ticket['id']}", {"status_id": "waiting"})
    for _ in range(30):
        timeline.go(hours=3)
    told = simulated(admin, draft)
    assert [one["changes"]["tags"]["to"] for one in told["found"]] == [["quiet"]]
    rule(admin, "Quiet", draft["then"], "time", when=draft["when"])
    other = opened(agent)
    agent.patch(f"/v1/tickets/{other['id']}", {"status_id": "waiting"})
    for _ in range(17):
        timeline.go(hours=3)
        assert work({"kind": "tick"}) == []
    assert happened(agent, [other]) == [told["found"][0]["changes"]]


def test_rt05_a_draft_that_gives_tickets_away_tells_the_load_of_each(cloud, agent, customer, admin, timeline):
    """AD-11: by name, and by way of a team that gives its tickets out; what the log has is followed beside it."""
    chargers = team(admin)
    one, other = (member(admin, name, chargers) for name in ("one", "other"))
    worked(agent, customer)
    timeline.go(minutes=1)
    named = simulated(admin, {"on": ["ticket.created"], "then": [{"type": "set_assignee", "value": one.me["id"]}]})
    loads = {row["person_id"]: (row["before"]["assigned"], row["after"]["assigned"]) for row in named["load"]}
    assert loads == {one.me["id"]: (0, 3), other.me["id"]: (0, 0)} and named["fairness"] == {"before": 0, "after": 3}
    routed = simulated(admin, {"on": ["ticket.created"], "then": [{"type": "set_team", "value": chargers}]})
    assert sorted(row["after"]["assigned"] for row in routed["load"]) == [1, 2]
    assert [row["after"]["highest"] for row in routed["load"]] == [2, 1] and routed["fairness"]["after"] == 1
    silent = simulated(admin, {"on": ["ticket.created"], "then": [URGENT]})
    assert (silent["load"], silent["fairness"]) == (None, None)


def test_rt05_the_load_of_a_changed_rule_is_told_against_what_it_did(cloud, agent, customer, admin):
    gives = [{"type": "set_assignee", "value": agent.me["id"]}]
    made = rule(admin, "Gives", gives, when="subject:charger")
    worked(agent, customer, cloud.pump)
    body = {"on": ["ticket.created"], "when": "subject:invoice", "then": gives}
    (row,) = simulated(admin, body, id=made["id"])["load"]
    assert (row["person_id"], row["before"]["assigned"], row["after"]["assigned"]) == (agent.me["id"], 2, 1)
