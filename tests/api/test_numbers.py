"""AD-05 and part 2, 9 of the research: what colleagues and teams did, counted once from the log, and the wallboard."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from helpdesk.numbers import counting, recount, store
from helpdesk.numbers.model import WHOLE
from tests.api.test_sla import OFFICE, answer, ask, calendar, opened, policy
from tests.api.test_visibility import limited
from tests.callers import NEW_TICKET
from tests.faults import deaths

HOUR = 3600


def counted(cloud, who, of: str = "me") -> dict[str, Any]:
    """The totals by the row's id, after all of the feed is counted."""
    cloud.pump()
    counting.catch_up("acme")
    found = who.get(f"/v1/numbers?of={of}")
    assert found.status == 200, found.body
    return {row["id"]: row["total"] for row in found.body["rows"]}


def mine(cloud, agent) -> dict[str, Any]:
    (row,) = counted(cloud, agent).values()
    return row


def solve(agent, ticket) -> None:
    assert agent.put(f"/v1/tickets/{ticket['id']}/resolution").status == 200


def test_a_conversation_gives_its_times_to_whoever_answered(cloud, agent, admin, customer, timeline):
    timeline.next(0, "06:00", "UTC")
    ticket = opened(agent, assignee_id=agent.me["id"])
    timeline.go(hours=2)
    answer(agent, ticket)
    timeline.go(hours=5)
    ask(customer, ticket)
    ask(customer, ticket)
    timeline.go(minutes=30)
    answer(agent, ticket)
    timeline.go(minutes=30)
    solve(agent, ticket)
    now = mine(cloud, agent)
    assert now["first_response"] == {"count": 1, "mean": 2 * HOUR, "mean_business": 2 * HOUR, "median_within": 2 * HOUR}
    assert (now["next_response"]["count"], now["next_response"]["mean"]) == (1, HOUR / 2)
    assert (now["resolution"]["count"], now["resolution"]["mean"]) == (1, 8 * HOUR)
    assert (now["assigned"], now["replied"], now["resolved"], now["reopened"], now["involved"]) == (1, 2, 1, 0, 1)
    assert counted(cloud, admin, "desk")["desk"] | {"assigned": 1, "involved": 1, "created": 0, "received": 0} == now


def test_what_the_desk_says_by_itself_is_nobodys_answer(cloud, agent, admin, timeline):
    from tests.api.test_timers import rule, tick

    rule(admin, filter="category:waiting", close_after_hours=48)
    ticket = opened(agent)
    agent.patch(f"/v1/tickets/{ticket['id']}", {"status_id": "waiting"})
    timeline.go(days=5)
    tick()
    desk = counted(cloud, admin, "desk")["desk"]
    assert (desk["replied"], desk["resolved"], desk["first_response"]["count"]) == (0, 1, 0)
    assert mine(cloud, agent)["resolved"] == 0


def test_an_undone_resolution_was_none_and_a_reopened_one_is_told(cloud, agent, customer, timeline):
    path = f"/v1/tickets/{opened(agent, assignee_id=agent.me['id'])['id']}"
    timeline.go(days=1)
    solved = agent.put(f"{path}/resolution").body
    timeline.go(days=1)
    assert agent.post(f"{path}/undo", {"version": solved["version"]}).status == 200
    undone = mine(cloud, agent)
    assert (undone["resolved"], undone["reopened"], undone["resolution"]["count"]) == (0, 0, 0)
    timeline.go(days=1)
    agent.put(f"{path}/resolution")
    timeline.go(hours=1)
    assert agent.patch(path, {"status_id": "open"}).status == 200
    timeline.go(hours=3)
    agent.put(f"{path}/resolution")
    now = mine(cloud, agent)
    assert (now["resolved"], now["reopened"]) == (2, 1)
    assert now["resolution"]["mean"] == round((3 * 24 + 3) / 2 * HOUR), "three days, and three hours from the reopening"


def test_business_time_counts_by_the_calendar_of_the_promise(cloud, agent, admin, timeline):
    policy(admin, calendar_id=calendar(admin, hours=OFFICE)["id"])
    timeline.next(4, "16:30", "Europe/Berlin")
    ticket = opened(agent)
    timeline.next(0, "09:15", "Europe/Berlin")
    answer(agent, ticket)
    first = mine(cloud, agent)["first_response"]
    assert (first["mean_business"], first["mean"]) == (0.75 * HOUR, 64.75 * HOUR)
    kept = counted(cloud, admin, "policy")
    assert [(row["promises_kept"], row["promises_broken"]) for row in kept.values()] == [(1, 0)]


def test_promises_that_were_broken_are_told_once(cloud, agent, admin, timeline):
    policy(admin)
    ticket = opened(agent)
    timeline.go(hours=3)
    answer(agent, ticket)
    (row,) = counted(cloud, admin, "policy").values()
    assert (row["promises_kept"], row["promises_broken"]) == (0, 1)


def busy(agent, admin, customer, timeline, seed: int) -> None:
    """Some days of a desk by chance."""
    chance, tickets = random.Random(seed), [opened(agent) for _ in range(3)]
    admin.post("/v1/teams", {"name": "Hardware"})
    team = admin.get("/v1/teams").body["data"][0]["id"]
    acts = [
        lambda ticket, path: answer(chance.choice([agent, admin]), ticket),
        lambda ticket, path: ask(customer, ticket),
        lambda ticket, path: agent.put(f"{path}/resolution"),
        lambda ticket, path: agent.patch(path, {"status_id": "open"}),
        lambda ticket, path: agent.patch(path, {"assignee_id": chance.choice([agent, admin]).me["id"]}),
        lambda ticket, path: agent.patch(path, {"team_id": team}),
        lambda ticket, path: agent.post(f"{path}/undo", {"version": agent.get(path).body["version"]}),
        lambda ticket, path: tickets.append(opened(agent)),
    ]
    for _ in range(18):
        timeline.go(minutes=chance.randrange(1, 600))
        ticket = chance.choice(tickets)
        chance.choice(acts)(ticket, f"/v1/tickets/{ticket['id']}")


@pytest.mark.parametrize("seed", [1, 2])
def test_recounted_is_stored_however_it_was_counted(cloud, agent, admin, customer, timeline, monkeypatch, seed):
    policy(admin)
    monkeypatch.setattr(counting, "WINDOW", 15)
    for part in range(2):
        busy(agent, admin, customer, timeline, seed * 10 + part)
        cloud.pump()
        for death in deaths():
            with death:
                counting.catch_up("acme")
    assert recount.differences("acme") == []
    day = timeline.at.date().isoformat()
    later = (timeline.at + timedelta(days=1)).date().isoformat()
    for one in (day, later):
        store.replace_day("acme", WHOLE, one, {"created": 500})
    wrong = recount.differences("acme", repair=True)
    assert {(one.day, one.stored) for one in wrong if one.name == "created"} == {(day, 500), (later, 500)}
    assert recount.differences("acme") == []


def test_two_workers_count_a_stretch_once(cloud, agent, admin, monkeypatch):
    opened(agent)
    cloud.pump()
    real, other = store.advance, []

    def late(*args: Any) -> None:
        if not other:
            other.append(True)
            real(*args)
        real(*args)

    monkeypatch.setattr(store, "advance", late)
    counting.catch_up("acme")
    monkeypatch.undo()
    assert counted(cloud, admin, "desk")["desk"]["created"] == 1


def test_what_was_done_stays_when_its_ticket_is_erased(cloud, agent, admin, timeline, monkeypatch):
    monkeypatch.setattr("helpdesk.privacy.purge.SETTLED", timedelta(seconds=-60))
    ticket = opened(agent)
    answer(agent, ticket)
    path = f"/v1/tickets/{ticket['id']}"
    assert (admin.put(f"{path}/trash").status, admin.delete(path).status) == (200, 204)
    cloud.pump(30)
    assert mine(cloud, agent)["replied"] == 1
    assert recount.differences("acme") == []


def test_numbers_of_others_are_for_whoever_may(cloud, agent, admin):
    answer(agent, opened(agent))
    for of in ("agent", "team", "policy", "desk"):
        refused = agent.get(f"/v1/numbers?of={of}")
        assert (refused.status, refused.body["permission"]) == (403, "numbers:read")
    assert counted(cloud, admin, "agent")[agent.me["id"]]["replied"] == 1
    assert mine(cloud, agent)["replied"] == 1


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("of=all", "/of", "unknown"),
        ("from=yesterday", "/from", "not_a_date"),
        ("from=2026-01-01&until=2026-06-01", "/from", "out_of_range"),
        ("from=2026-02-02&until=2026-02-01", "/from", "out_of_range"),
    ],
)
def test_what_is_no_time_is_told(agent, query, pointer, code):
    refused = agent.get(f"/v1/numbers?{query}")
    assert refused.status == 400
    assert [(one["pointer"], one["code"]) for one in refused.body["errors"]] == [(pointer, code)]


def test_ad05_the_wallboard_tells_what_there_is_what_will_be_late_and_who_is_on(cloud, agent, admin, timeline):
    timeline.next(0, "06:00", "UTC")
    policy(admin, targets={"first_response": {"normal": 30, "high": 180}, "resolution": {"low": 1200}})
    team = admin.post("/v1/teams", {"name": "Hardware"}).body["id"]
    late = opened(agent, team_id=team)
    timeline.go(minutes=45)
    opened(agent, priority="high", assignee_id=agent.me["id"])
    opened(agent, priority="low")
    cloud.pump()
    counting.catch_up("acme")
    shift = {"person_id": agent.me["id"], "zone": "UTC", "hours": {"mon": [["05:00", "18:00"]]}}
    assert admin.post("/v1/shifts", shift).status == 201
    wall = admin.get("/v1/wallboard").body
    assert (wall["active"], wall["unassigned"], wall["falls_due"]) == (3, 2, [1, 0, 0, 1, 0, 0, 0, 0, 0])
    assert wall["ages"][:2] == [{"with_us": 3, "waiting": 0}, {"with_us": 0, "waiting": 0}]
    assert (wall["oldest"]["id"], wall["today"]["created"], wall["usual"]["created"]) == (late["id"], 3, 0)
    sam = next(one for one in wall["people"] if one["person_id"] == agent.me["id"])
    assert (sam["on"], sam["active"], sam["late"], sam["today"]["assigned"]) == (True, 1, 0, 1)
    assert [one["today"] for one in agent.get("/v1/wallboard").body["people"]] == [None, None]
    own = admin.get(f"/v1/wallboard?team_id={team}").body
    assert (own["active"], own["oldest"]["id"], own["people"], own["today"]["created"]) == (1, late["id"], [], 1)


def test_ad06_the_wallboard_counts_what_one_may_see(cloud, agent, admin):
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    reader = limited(admin, ["assigned"], [])
    wall = reader.get("/v1/wallboard").body
    assert (wall["active"], wall["oldest"]) == (0, None)
