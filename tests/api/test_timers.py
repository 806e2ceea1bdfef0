"""TM-05, TM-22: tickets are reminded of, end and wake by themselves, once and in time, unless somebody speaks first."""

from __future__ import annotations

import importlib
import json
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy
from typing import Any

import pytest

from tests.api.test_macros import template
from tests.callers import NEW_TICKET
from tests.faults import deaths

RULE = {"name": "Silent customers", "category": "waiting", "close_after_hours": 48, "to": "solved"}


def tick(kind: str = "tick") -> None:
    handler = importlib.import_module("run_timers.handler").handler
    answer = handler({"Records": [{"messageId": "1", "body": json.dumps({"kind": kind})}]}, None)
    assert answer == {"batchItemFailures": []}


def rule(admin, **values: Any) -> dict[str, Any]:
    made = admin.post("/v1/closing-rules", RULE | values)
    assert made.status == 201, made.body
    return made.body


@pytest.fixture
def waiting(admin, agent, ticket, timeline):
    """A ticket that waits for its customer, whose rule reminds after a day and ends it two days later."""
    words = template(admin, variants={"en": {"body_html": "<p>Are you still there, {{requester.name}}?</p>"}})
    rule(admin, remind_after_hours=24, template_id=words["id"])
    path = f"/v1/tickets/{ticket['id']}"
    assert agent.patch(path, {"status_id": "waiting"}).status == 200
    return path


def seen(agent, path: str, *types: str) -> list[dict[str, Any]]:
    events = agent.get(f"{path}?include=events").body["events"]
    return [event for event in events if event["type"] in types]


def test_tm05_a_silent_customer_is_reminded_once_and_then_the_ticket_ends_once(cloud, agent, waiting, timeline):
    remind, close = agent.get(f"{waiting}/timers").body["data"]
    assert (remind["id"], close["id"], remind["rule"]) == ("remind", "close", "Silent customers")
    assert "waiting since" in remind["because"]
    timeline.go(hours=23, minutes=59, seconds=59)
    tick()
    assert seen(agent, waiting, "ticket.timer_fired") == []
    timeline.go(seconds=2)
    for _ in range(3):
        tick()
    cloud.pump()
    mails = [message_from_bytes(raw, policy=policy.default) for _, raw in cloud.sent()]
    (mail,) = [one for one in mails if "still there" in one.get_body(("plain",)).get_content()]
    assert mail["Auto-Submitted"] == "auto-generated", "no machine answers it"
    assert "Are you still there, Carla?" in mail.get_body(("plain",)).get_content()
    timeline.go(hours=48)
    for _ in range(3):
        tick()
    after = agent.get(waiting).body
    assert after["status"]["category"] == "solved"
    fired = [event["data"]["what"] for event in seen(agent, waiting, "ticket.timer_fired")]
    assert fired == ["remind", "close"]
    (moved,) = [one for one in seen(agent, waiting, "ticket.status_changed") if one["via"] == "system"]
    assert moved["actor"]["kind"] == "system"
    assert agent.get(f"{waiting}/timers").body["data"] == []


def test_tm05_a_reply_in_the_last_second_keeps_it_open(agent, customer, waiting, ticket, timeline):
    timeline.go(hours=25)
    tick()
    timeline.go(hours=47, minutes=59, seconds=59)
    assert customer.post(f"/v1/portal/tickets/{ticket['id']}/messages", {"body_text": "I am"}).status == 201
    timeline.go(hours=100)
    tick()
    after = agent.get(waiting).body
    assert after["status"]["category"] == "open"
    assert [one["data"]["what"] for one in seen(agent, waiting, "ticket.timer_fired")] == ["remind"]


def test_tm05_an_agents_word_begins_the_time_anew(agent, waiting, timeline):
    timeline.go(hours=23)
    assert agent.post(f"{waiting}/messages", {"kind": "reply", "body_text": "And this?"}).status == 201
    timeline.go(hours=23)
    tick()
    assert seen(agent, waiting, "ticket.timer_fired") == []
    timeline.go(hours=2)
    tick()
    assert len(seen(agent, waiting, "ticket.timer_fired")) == 1


def test_tm05_sleep_does_not_count_and_tm22_it_ends_in_time(agent, waiting, timeline):
    timeline.go(hours=12)
    until = agent.put(f"{waiting}/snooze", {"until": _in(timeline, hours=100)}).body["snooze"]["until"]
    (wake,) = agent.get(f"{waiting}/timers").body["data"]
    assert (wake["id"], wake["at"]) == ("wake", until)
    timeline.go(hours=99)
    tick()
    assert agent.get(waiting).body["snooze"]
    timeline.go(hours=1)
    tick()
    assert agent.get(waiting).body["snooze"] is None
    (woken,) = seen(agent, waiting, "ticket.woken")
    assert woken["data"] == {"cause": "time"}
    timeline.go(hours=11)
    tick()
    assert seen(agent, waiting, "ticket.timer_fired") == []
    timeline.go(hours=2)
    tick()
    assert [one["data"]["what"] for one in seen(agent, waiting, "ticket.timer_fired")] == ["remind"]


def test_tm05_somebody_keeps_it_open(agent, waiting, timeline):
    assert agent.delete(f"{waiting}/timers/wake").status == 404
    assert agent.delete(f"{waiting}/timers/close").status == 200
    assert agent.get(f"{waiting}/timers").body["data"] == []
    timeline.go(hours=200)
    tick()
    assert agent.get(waiting).body["status"]["category"] == "waiting"
    agent.patch(waiting, {"status_id": "open"})
    agent.patch(waiting, {"status_id": "waiting"})
    assert len(agent.get(f"{waiting}/timers").body["data"]) == 2


def test_tm05_two_clocks_at_once_and_a_worker_killed_anywhere_make_one_step(cloud, agent, waiting, timeline):
    timeline.go(hours=25)
    for death in deaths():
        with death:
            tick()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: tick(), range(3)))
    assert len(seen(agent, waiting, "ticket.timer_fired")) == 1
    assert len([one for one in agent.get(f"{waiting}/messages").body["data"] if one["automatic"]]) == 1


def test_tm05_a_changed_rule_moves_what_is_due(admin, agent, waiting, timeline):
    (made,) = admin.get("/v1/closing-rules").body["data"]
    assert admin.patch(f"/v1/closing-rules/{made['id']}", {"remind_after_hours": 2}).status == 200
    timeline.go(hours=3)
    tick()
    assert seen(agent, waiting, "ticket.timer_fired") == [], "the index has not been told yet"
    tick("repair")
    assert len(seen(agent, waiting, "ticket.timer_fired")) == 1
    assert admin.delete(f"/v1/closing-rules/{made['id']}").status == 204
    timeline.go(hours=200)
    tick()
    assert agent.get(waiting).body["status"]["category"] == "waiting"
    assert agent.get(f"{waiting}/timers").body["data"] == []


def test_tm05_the_first_rule_that_fits_counts_and_solved_tickets_are_closed(admin, agent, ticket, timeline):
    rule(admin, name="VIP", filter="tag:vip", category="solved", close_after_hours=500, to="closed")
    rule(admin, name="All", category="solved", close_after_hours=24, to="closed")
    other = agent.post("/v1/tickets", NEW_TICKET | {"tags": ["vip"]}).body
    for one in (ticket, other):
        assert agent.put(f"/v1/tickets/{one['id']}/resolution").status == 200
    timeline.go(hours=25)
    tick()
    categories = [agent.get(f"/v1/tickets/{one['id']}").body["status"]["category"] for one in (ticket, other)]
    assert categories == ["closed", "solved"]


def test_tm05_what_cannot_be_done_is_told_and_not_tried_for_ever(admin, agent, ticket, timeline):
    words = template(admin, variants={"en": {"body_html": "<p>{{requester.phone}}</p>"}})
    rule(admin, remind_after_hours=1, template_id=words["id"])
    path = f"/v1/tickets/{ticket['id']}"
    agent.patch(path, {"status_id": "waiting"})
    timeline.go(hours=2)
    for _ in range(3):
        tick()
    (failed,) = seen(agent, path, "ticket.timer_failed")
    assert (failed["data"]["what"], failed["data"]["reason"]) == ("remind", "undefined_variables")
    assert agent.get(f"{path}/timers").body["data"] == []


def test_tm05_a_rule_that_is_not_right_names_each_fault(admin, agent):
    wrong = RULE | {"category": "solved", "remind_after_hours": 5, "filter": "text:x"}
    answer = admin.post("/v1/closing-rules", wrong)
    assert answer.status == 422
    assert [fault["pointer"] for fault in answer.body["errors"]] == ["/filter", "/template_id", "/to"]
    assert admin.post("/v1/closing-rules", RULE | {"close_after_hours": 0}).status == 422
    assert agent.post("/v1/closing-rules", RULE).status == 403


def _in(timeline, **step: float) -> str:
    from datetime import timedelta

    return (timeline.at + timedelta(**step)).isoformat().replace("+00:00", "Z")
