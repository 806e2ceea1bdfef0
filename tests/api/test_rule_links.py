"""RT-01, RT-02: rules link tickets, as by hand: on both, without circles, once, and what cannot be linked is told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.test_rule_loops import told, work
from tests.api.test_rule_simulation import simulated
from tests.api.test_rules import URGENT, counted, decisions, events, opened, read, rule, tags
from tests.faults import deaths

HEADS = {"parent": "child", "problem": "incident", "duplicate_of": "duplicate"}


def link(kind: str, ticket: Any = None, **find: Any) -> dict[str, Any]:
    return {"type": "link", "kind": kind} | ({"ticket": str(ticket)} if ticket else {"find": find})


def links(agent, ticket: dict[str, Any]) -> set[tuple[str, str]]:
    rows = agent.get(f"/v1/tickets/{ticket['id']}/links").body["data"]
    return {(row["kind"], row["ticket"]["id"]) for row in rows}


def problem(agent, admin, **values: Any) -> dict[str, Any]:
    made = opened(agent, subject="The network is down", **values)
    assert agent.patch(f"/v1/tickets/{made['id']}", {"type": "problem", "tags": {"add": ["outage"]}}).status == 200
    return read(agent, made)


@pytest.mark.parametrize("kind", [*HEADS, *HEADS.values(), "related"])
def test_rt01_a_rule_links_to_a_ticket_that_it_names(cloud, agent, admin, kind):
    opposite = {**HEADS, **{down: up for up, down in HEADS.items()}, "related": "related"}[kind]
    other = opened(agent, subject="Other")
    made = rule(admin, "Joins", [link(kind, other["number"]), tags("joined")], when="subject:alarm")
    assert f"link {kind.replace('_', ' ')} ticket {other['number']}" in made["text"]
    ticket = opened(agent, subject="Alarm 1")
    cloud.pump()
    assert (links(agent, ticket), links(agent, other)) == ({(kind, other["id"])}, {(opposite, ticket["id"])})
    (why,) = decisions(agent, ticket, "Joins")
    assert (why["outcome"], why["actions"]) == ("done", ["add_tags", "link"])
    mine, his = events(agent, ticket), events(agent, other)
    assert [one["type"] for one in his] == ["ticket.linked", "ticket.rule_applied"]
    assert {one["correlation_id"] for one in (*mine, *his)} == {mine[0]["correlation_id"]}, "one command on both"


def test_rt01_alarms_are_joined_under_the_open_problem_that_fits(cloud, agent, admin):
    topic = admin.post("/v1/topics", {"label": "Network"}).body["id"]
    found = link("problem", same=["topic"], tag="outage", type="problem")
    made = rule(admin, "Joins", [found], when=f"topic:{topic} -type:problem")
    assert "link problem the open ticket with same topic, tag outage, type problem" in made["text"]
    first = opened(agent, subject="Alarm 1", topic_id=topic)
    cloud.pump()
    (why,) = decisions(agent, first, "Joins")
    assert (why["outcome"], why["because"]) == ("unchanged", "nothing_to_do")
    assert why["left_out"] == [{"action": "link", "because": "no open ticket fits"}] and links(agent, first) == set()
    done, other = problem(agent, admin, topic_id=topic), problem(agent, admin)
    agent.put(f"/v1/tickets/{done['id']}/resolution")
    right = problem(agent, admin, topic_id=topic)
    alarms = [opened(agent, subject=f"Alarm {number}", topic_id=topic) for number in (2, 3)]
    cloud.pump()
    assert [links(agent, one) for one in alarms] == [{("problem", right["id"])}] * 2
    assert links(agent, done) == links(agent, other) == set(), "neither a solved one nor one of another topic"


def test_rt01_what_is_alike_hangs_on_the_first_and_makes_no_chain(cloud, agent, admin):
    rule(admin, "Same again", [link("duplicate_of", same=["requester"])], when="subject:alarm")
    alarms = []
    for number in range(14):
        alarms.append(opened(agent, subject=f"Alarm {number}"))
        cloud.pump()
    assert links(agent, alarms[0]) == {("duplicate", one["id"]) for one in alarms[1:]}
    assert all(links(agent, one) == {("duplicate_of", alarms[0]["id"])} for one in alarms[1:])
    agent.patch(f"/v1/tickets/{alarms[1]['id']}", {"tags": {"add": ["x"]}})
    rule(admin, "Twice", [link("duplicate_of", same=["requester"])], "ticket.tags_changed")
    agent.patch(f"/v1/tickets/{alarms[2]['id']}", {"tags": {"add": ["x"]}})
    cloud.pump()
    (why,) = decisions(agent, alarms[2], "Twice")
    assert why["left_out"][0]["because"] == "it hangs on another ticket already"


def test_rt01_a_company_s_tickets_are_found_by_it(cloud, agent, admin):
    company = admin.post("/v1/companies", {"name": "Acme", "domains": ["acme.example"]}).body["id"]
    rule(admin, "Together", [link("related", same=["company"])], when="subject:alarm")
    asker = [{"email": f"{name}@acme.example", "name": name} for name in ("ann", "ben")]
    first = opened(agent, subject="Before", requester=asker[0])
    strange = opened(agent, subject="Stranger")
    ticket = opened(agent, subject="Alarm", requester=asker[1])
    cloud.pump()
    assert read(agent, first)["company_id"] == company
    assert links(agent, ticket) == {("related", first["id"])} and links(agent, strange) == set()


@pytest.mark.parametrize(
    ("fault", "words"),
    [("trash", "is in the trash"), ("purge", "there is no ticket"), ("merge", "was merged"), ("circle", "circle")],
)
def test_rt02_a_ticket_that_cannot_be_linked_is_a_decision_with_its_reason(cloud, agent, admin, fault, words):
    other, third = opened(agent, subject="Other"), opened(agent, subject="Third")
    made = rule(
        admin, "Joins", [link("parent", other["number"]), URGENT], "ticket.priority_changed", when="actor:agent"
    )
    ticket = opened(agent, subject="Alarm")
    path = f"/v1/tickets/{other['id']}"
    if fault in ("trash", "purge"):
        admin.put(f"{path}/trash")
        cloud.pump()
    if fault == "purge":
        assert admin.delete(path).status == 204
        cloud.pump(30)
    if fault == "merge":
        assert agent.put(f"{path}/merge", {"into": third["id"]}).status in (200, 201)
    if fault == "circle":
        assert agent.post(f"{path}/links", {"kind": "parent", "ticket_id": ticket["id"]}).status == 201
    agent.patch(f"/v1/tickets/{ticket['id']}", {"priority": "low"})
    cloud.pump()
    (why,) = decisions(agent, ticket, "Joins")
    assert why["outcome"] == "failed" and words in why["detail"], why
    assert read(agent, ticket)["priority"] == "low", "nothing of it is done"
    shown = counted(admin, made)
    assert shown["last_error"] == why["detail"]
    assert bool(shown["broken"]) == (fault != "circle"), "a target that is gone is shown in the list"


def test_ad11_faults_of_a_link_stand_at_their_places(agent, admin):
    gone = opened(agent)
    admin.put(f"/v1/tickets/{gone['id']}/trash")
    known = opened(agent)["number"]
    then = [link("parent", 999_999), link("parent", known), link("problem", gone["id"])]
    answer = admin.post("/v1/rules", {"name": "x", "on": ["ticket.created"], "then": then})
    assert answer.status == 422
    faults = {one["pointer"]: (one["code"], one["message"]) for one in answer.body["errors"]}
    assert faults["/then/0/ticket"] == ("unknown", "there is no ticket 999999")
    assert faults["/then/1/kind"][0] == "twice" and "trash" in faults["/then/2/ticket"][1]
    for wrong in (
        link("cousin", known),
        {"type": "link", "kind": "parent"},
        link("parent", known) | {"find": {"tag": "x"}},
        link("child", tag="x"),
        link("parent", type="problem"),
        link("parent", same=["mood"]),
    ):
        answer = admin.post("/v1/rules", {"name": "x", "on": ["ticket.created"], "then": [wrong]})
        assert answer.status == 422 and answer.body["errors"][0]["pointer"].startswith("/then/0"), wrong


def test_rt02_a_link_wakes_no_rule_that_made_it_on_either_ticket(cloud, agent, admin):
    one, two, other = (opened(agent, subject=name) for name in ("One", "Two", "Other"))
    made = rule(admin, "Again", [link("related", other["number"]), tags("again")], "ticket.linked")
    assert agent.post(f"/v1/tickets/{one['id']}/links", {"kind": "parent", "ticket_id": two["id"]}).status == 201
    cloud.pump()
    for ticket in (one, two):
        assert ("related", other["id"]) in links(agent, ticket) and read(agent, ticket)["tags"] == ["again"]
        assert {one["because"] for one in decisions(agent, ticket)} == {None, "own_effect"}
    assert {one["because"] for one in decisions(agent, other)} == {"own_effect"} and read(agent, other)["tags"] == []
    assert counted(admin, made)["hits"] == 2


def test_rt02_killed_anywhere_and_tried_again_a_link_is_made_once_on_both(cloud, agent, admin):
    other = opened(agent, subject="Other")
    rule(
        admin, "Joins", [link("problem", other["number"]), {"type": "note", "body_html": "<p>Joined</p>"}], when="tag:a"
    )
    tried = 0
    for death in deaths():
        ticket = opened(agent, subject="Alarm", tags=["a"])
        bodies = told(agent, ticket)
        with death:
            work(bodies[0])
        assert work(*bodies) == work(*bodies) == [], death
        types = [one["type"] for one in events(agent, ticket)]
        assert types.count("ticket.linked") == types.count("note.added") == 1, death
        assert [one["outcome"] for one in decisions(agent, ticket, "Joins")] == ["done"], death
        assert links(agent, ticket) == {("problem", other["id"])}, death
        tried += 1
    assert len([one for one in events(agent, other) if one["type"] == "ticket.linked"]) == tried > 8


def test_rt02_a_trial_says_what_would_be_linked_and_links_nothing(cloud, agent, admin):
    other = opened(agent, subject="Other")
    ticket = opened(agent, subject="Alarm")
    told_of = simulated(
        admin, {"on": ["ticket.created"], "when": "subject:alarm", "then": [link("parent", other["number"])]}
    )
    assert (told_of["matched"], told_of["changed"], told_of["links"]) == (1, 1, 1)
    assert told_of["found"][0]["links"] == [{"kind": "parent", "number": other["number"]}]
    assert links(agent, ticket) == links(agent, other) == set()


def test_rt02_a_rule_s_link_is_undone_on_both_but_not_half_of_what_it_did(cloud, agent, admin):
    other = opened(agent, subject="Other")
    rule(admin, "Joins", [link("parent", other["number"])], when="subject:alarm")
    rule(admin, "More", [link("related", other["number"]), URGENT], when="subject:alarm")
    ticket = opened(agent, subject="Alarm")
    cloud.pump()
    commands = {one["data"]["rule"]: one["correlation_id"] for one in events(agent, ticket) if "rule" in one["data"]}
    undo = f"/v1/tickets/{ticket['id']}/undo"
    refused = agent.post(undo, {"correlation_id": commands["More"]})
    assert (refused.status, refused.body["code"]) == (409, "not_undoable")
    assert agent.post(undo, {"correlation_id": commands["Joins"]}).status == 200
    assert links(agent, ticket) == {("related", other["id"])}
