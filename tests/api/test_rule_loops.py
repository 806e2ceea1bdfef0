"""RT-02: rules end, answer once, and lose and double nothing when a worker dies or an event comes twice."""

from __future__ import annotations

import importlib
import json
from email import message_from_bytes, policy
from typing import Any

from tests.api.test_rules import URGENT, counted, decisions, events, opened, read, rule, tags
from tests.faults import deaths
from tests.inbound import a_mail, receive


def work(*bodies: dict[str, Any]) -> list[str]:
    """Give these to the worker; the ids of those that it wants to have again."""
    handler = importlib.import_module("run_rules.handler").handler
    records = [{"messageId": str(number), "body": json.dumps(body)} for number, body in enumerate(bodies)]
    return [one["itemIdentifier"] for one in handler({"Records": records}, None)["batchItemFailures"]]


def told(agent, ticket: dict[str, Any]) -> list[dict[str, Any]]:
    """The ticket's events as the bus brings them."""
    rows = agent.get(f"/v1/tickets/{ticket['id']}?include=events").body["events"]
    subject = {"kind": "ticket", "id": ticket["id"]}
    return [{"detail": {"org_id": "acme", "subject": subject, "version": row["version"]}} for row in rows]


def mails(cloud, words: str) -> int:
    found = [message_from_bytes(raw, policy=policy.default) for _, raw in cloud.sent()]
    return sum(words in mail.get_body(("plain",)).get_content() for mail in found)


def test_rt02_a_rule_never_fires_on_its_own_effect(cloud, agent, admin):
    made = rule(admin, "Again", [tags("seen"), {"type": "note", "body_html": "<p>x</p>"}], "ticket.created note.added")
    ticket = opened(agent)
    cloud.pump()
    assert counted(admin, made)["hits"] == 1
    last, first = decisions(agent, ticket)
    assert (first["outcome"], last["outcome"], last["because"]) == ("done", "stopped", "own_effect")
    assert (first["depth"], last["depth"]) == (0, 1)


def test_rt02_two_rules_that_wake_each_other_stop_and_say_why(cloud, agent, admin):
    rule(admin, "Up", [{"type": "set_priority", "value": "high"}], "ticket.priority_changed", when="priority:low")
    rule(admin, "Down", [{"type": "set_priority", "value": "low"}], "ticket.priority_changed", when="priority:high")
    ticket = opened(agent)
    agent.patch(f"/v1/tickets/{ticket['id']}", {"priority": "low"})
    cloud.pump()
    assert len([one for one in events(agent, ticket) if one["type"] == "ticket.priority_changed"]) == 2
    stopped = [one for one in decisions(agent, ticket) if one["outcome"] == "stopped"]
    assert [(one["rule"], one["because"]) for one in stopped] == [("Up", "own_effect")]
    assert read(agent, ticket)["priority"] == "low"


def test_rt02_a_chain_ends_at_its_depth(cloud, agent, admin):
    for number in range(7):
        rule(
            admin,
            f"R{number}",
            [tags(f"t{number + 1}")],
            "ticket.tags_changed",
            when=f"tag:t{number} -tag:t{number + 1}",
        )
    ticket = opened(agent)
    agent.patch(f"/v1/tickets/{ticket['id']}", {"tags": {"add": ["t0"]}})
    cloud.pump(rounds=40)
    assert read(agent, ticket)["tags"] == [f"t{number}" for number in range(6)], "five rules, and no sixth"
    (why,) = [one for one in decisions(agent, ticket) if one["because"] == "depth"]
    assert (why["rule"], why["outcome"], why["depth"]) == ("R5", "stopped", 5)
    assert why["detail"].startswith("stopped: 5 rules")


def test_rt02_events_that_come_twice_or_late_act_once(cloud, agent, admin):
    made = rule(
        admin, "Once", [tags("a"), {"type": "note", "body_html": "<p>x</p>"}], "ticket.created message.received"
    )
    ticket = opened(agent)
    bodies = told(agent, ticket)
    assert work(*bodies) == work(*reversed(bodies)) == []
    cloud.pump()
    assert work(*told(agent, ticket)) == []
    assert len([one for one in events(agent, ticket) if one["type"] == "note.added"]) == 1
    assert counted(admin, made)["hits"] == 1
    assert [one["outcome"] for one in decisions(agent, ticket)] == ["done"], "one command is one occasion"


def test_rt02_killed_anywhere_and_tried_again_each_rule_acts_once(cloud, agent, admin):
    rule(admin, "A", [tags("a"), {"type": "reply", "body_html": "<p>Hello</p>"}])
    rule(admin, "B", [tags("b"), {"type": "note", "body_html": "<p>Note</p>"}])
    rule(admin, "C", [tags("c")], when="priority:low")
    tried = 0
    for death in deaths():
        ticket = opened(agent)
        bodies = told(agent, ticket)
        with death:
            work(bodies[0])
        assert work(*bodies) == work(*bodies) == [], death
        assert read(agent, ticket)["tags"] == ["a", "b"], death
        types = [one["type"] for one in events(agent, ticket)]
        assert types.count("message.sent") == types.count("note.added") == 1, death
        assert types.count("ticket.rule_applied") == 2, death
        outcomes = {one["rule"]: one["outcome"] for one in decisions(agent, ticket)}
        assert outcomes == {"A": "done", "B": "done", "C": "no_match"}, death
        tried += 1
    assert tried > 15


def test_rt02_several_rules_that_answer_one_event_send_one_mail(cloud, agent, admin):
    """Also a rule that the first one's effect has woken: the customer asked once."""
    reply = {"type": "reply", "body_html": "<p>We are on it</p>"}
    rule(admin, "First", [reply, tags("one")])
    rule(admin, "Second", [reply, tags("two")])
    rule(admin, "Woken", [reply, tags("three")], "ticket.tags_changed", when="actor:rule tag:one -tag:three")
    ticket = opened(agent)
    cloud.pump()
    assert mails(cloud, "We are on it") == 1
    assert read(agent, ticket)["tags"] == ["one", "three", "two"], "all else is done"
    left = {one["rule"]: [row["because"] for row in one["left_out"]] for one in decisions(agent, ticket)}
    assert left["First"] == [] and left["Second"] == left["Woken"] == ["another rule has already answered"]


def test_rt02_a_machine_s_mail_is_not_answered(cloud, agent, admin):
    rule(admin, "Thanks", [{"type": "reply", "body_html": "<p>Thank you</p>"}, tags("in")], "message.received")
    ticket = receive(a_mail("Away", "I am on leave", Auto_Submitted="auto-replied"))
    cloud.pump()
    (why,) = decisions(agent, {"id": ticket["ticket_id"]})
    assert mails(cloud, "Thank you") == 0 and why["left_out"][0]["because"].startswith("a machine wrote it")


def test_rt01_what_an_import_tells_of_the_past_wakes_no_rule(cloud, agent, admin):
    template = (importlib.import_module("infra").ROOT / "template.yaml").read_text()
    assert "EventPattern: {detail: {subject: {kind: [ticket]}, via: [{anything-but: [import]}]}}" in template


def tick() -> None:
    assert work({"kind": "tick"}) == []


def test_tm05_a_timed_rule_has_a_ticket_once_for_each_stay(cloud, agent, customer, admin, timeline):
    """What the rule itself does, and what the desk does after it, does not make it fire again."""
    reply = {"type": "reply", "body_html": "<p>Are you still there?</p>"}
    made = rule(admin, "Quiet", [reply, tags("quiet")], "time", when="category:waiting updated:<-3d")
    ticket = opened(agent)
    agent.patch(f"/v1/tickets/{ticket['id']}", {"status_id": "waiting"})
    timeline.go(hours=71)
    tick()
    assert read(agent, ticket)["tags"] == []
    timeline.go(hours=2)
    for _ in range(3):
        tick()
    cloud.pump()
    assert (read(agent, ticket)["tags"], counted(admin, made)["hits"]) == (["quiet"], 1)
    for _ in range(2):
        timeline.go(hours=80)
        tick()
    cloud.pump()
    assert mails(cloud, "still there") == 1
    customer.post(f"/v1/portal/tickets/{ticket['id']}/messages", {"body_text": "I am"})
    tick()
    agent.patch(f"/v1/tickets/{ticket['id']}", {"status_id": "waiting"})
    timeline.go(hours=73)
    for _ in range(2):
        tick()
    cloud.pump()
    assert (mails(cloud, "still there"), counted(admin, made)["hits"]) == (2, 2), "a second stay"
    (first, second) = [one for one in decisions(agent, ticket) if one["outcome"] == "done"]
    assert first["event"] == second["event"] == "time" and first["at"] > second["at"]


def test_tm05_timed_rules_have_an_order_and_one_that_is_the_last(cloud, agent, admin, timeline):
    rule(admin, "Old", [tags("old")], "time", when="created:<-7d", stop=True)
    rule(admin, "Any", [tags("any")], "time", when="created:<-1d")
    ticket = opened(agent)
    timeline.go(days=2)
    tick()
    assert read(agent, ticket)["tags"] == ["any"]
    other = opened(agent)
    timeline.go(days=8)
    for _ in range(2):
        tick()
    assert read(agent, other)["tags"] == ["old"] and read(agent, ticket)["tags"] == ["any", "old"]


def test_tm05_killed_in_a_look_and_tried_again_a_timed_rule_acts_once(cloud, agent, admin, timeline):
    rule(admin, "Old", [{"type": "note", "body_html": "<p>Old</p>"}], "time", when="created:<-1d priority:low")
    for death in deaths():
        ticket = opened(agent, priority="low")
        timeline.go(days=2)
        with death:
            work({"kind": "tick"})
        tick()
        tick()
        types = [one["type"] for one in events(agent, ticket)]
        assert types.count("note.added") == 1, death
        agent.put(f"/v1/tickets/{ticket['id']}/resolution")
        agent.patch(f"/v1/tickets/{ticket['id']}", {"status_id": "closed"})


def test_rt02_what_one_rule_does_in_time_can_wake_one_that_waits_for_events(cloud, agent, admin, timeline):
    rule(admin, "Old", [URGENT], "time", when="created:<-1d")
    rule(admin, "Urgent", [tags("now")], "ticket.priority_changed", when="priority:urgent actor:rule")
    ticket = opened(agent)
    timeline.go(days=2)
    tick()
    cloud.pump()
    assert read(agent, ticket)["tags"] == ["now"]
    assert decisions(agent, ticket, "Urgent")[0]["depth"] == 1
