"""NO-02: who follows a view is told once of each ticket that newly comes into it, as long as he may see both."""

from __future__ import annotations

from typing import Any

import pytest

from bench.meter import metered
from tests.api.notices import kinds, mails, settle, told, wish
from tests.callers import NEW_TICKET, Caller, staff
from tests.faults import deaths

PATH = "/v1/notifications/following"


def view(who: Caller, filter_: str = "tag:vip", **values: Any) -> str:
    made = who.post("/v1/views", {"label": "Big customers", "filter": filter_} | values)
    assert made.status == 201, made.body
    return str(made.body["id"])


def follow(who: Caller, id_: str) -> Any:
    return who.put(f"{PATH}/{id_}")


@pytest.fixture
def shared(cloud, admin, agent) -> str:
    """A view that all share and that the agent follows."""
    id_ = view(admin, shared="all")
    assert follow(agent, id_).status == 200
    return id_


def test_no02_a_follower_is_told_once_when_a_ticket_newly_enters_the_view(cloud, admin, agent, shared):
    ticket = admin.post("/v1/tickets", NEW_TICKET).body
    path = f"/v1/tickets/{ticket['id']}"
    settle(cloud)
    assert kinds(agent) == []
    assert admin.patch(path, {"tags": {"add": ["vip"]}, "priority": "high"}).status == 200
    settle(cloud)
    (notice,) = told(agent)
    assert (notice["kind"], notice["why"], notice["text"]) == ("view_match", "follows_view", "Big customers")
    assert notice["channels"]["mail"]["reason"] == "preference", "the desk alone tells, unless he wishes otherwise"
    assert admin.patch(path, {"priority": "low"}).status == 200  # it is in the view still
    settle(cloud)
    assert len(told(agent)) == 1
    assert admin.patch(path, {"tags": {"remove": ["vip"]}}).status == 200
    assert admin.patch(path, {"tags": {"add": ["vip"]}}).status == 200
    settle(cloud)
    assert kinds(agent) == ["view_match", "view_match"]
    assert admin.post("/v1/tickets", NEW_TICKET | {"tags": ["vip"]}).status == 201
    settle(cloud)
    assert len(told(agent)) == 3, "one that begins in the view enters it"


def test_no02_the_actor_is_not_told_and_nobody_twice_of_one_event(cloud, admin, agent, shared):
    assert agent.post("/v1/tickets", NEW_TICKET | {"tags": ["vip"]}).status == 201
    settle(cloud)
    assert kinds(agent) == []
    second = view(agent, "priority:high", label="Urgent")
    assert follow(agent, second).status == 200
    given = {"tags": ["vip"], "priority": "high"}
    assert admin.post("/v1/tickets", NEW_TICKET | given).status == 201
    settle(cloud)
    assert [one["text"] for one in told(agent)] == ["Big customers, Urgent"]
    assert admin.post("/v1/tickets", NEW_TICKET | given | {"assignee_id": agent.me["id"]}).status == 201
    settle(cloud)
    assert kinds(agent) == ["assigned", "view_match"], "the more pressing kind, and one"


def test_no06_a_command_that_comes_again_is_told_once_by_each_channel(cloud, admin, agent, shared):
    from helpdesk.following import reacting
    from helpdesk.tickets import store

    wish(agent, channels={"view_match": ["inbox", "mail"]})
    ticket = admin.post("/v1/tickets", NEW_TICKET | {"tags": ["vip"], "priority": "high"}).body
    settle(cloud)
    for event in store.get_events("acme", ticket["id"]) * 2:
        reacting.take(event)
    assert kinds(agent) == ["view_match"]
    assert len(mails(cloud, "Now in “Big customers”")) == 1


def test_no06_killed_anywhere_a_follower_is_told_once(cloud, admin, agent, shared):
    for expected, death in enumerate(deaths(), 1):
        assert admin.post("/v1/tickets", NEW_TICKET | {"tags": ["vip"]}).status == 201
        cloud.run_stream()
        with death:
            cloud.run_notify()
        settle(cloud)
        assert kinds(agent) == ["view_match"] * expected, death


def test_no02_me_in_a_view_is_the_follower(cloud, admin, agent):
    id_ = view(admin, "follower:me", shared="all")
    eve = staff("agent", "eve@acme.test")
    for one in (agent, eve):
        assert follow(one, id_).status == 200
    ticket = admin.post("/v1/tickets", NEW_TICKET).body
    body = {"role": "follower", "person_id": eve.me["id"]}
    assert admin.post(f"/v1/tickets/{ticket['id']}/participants", body).status in (200, 201)
    settle(cloud)
    assert (kinds(agent), kinds(eve)) == ([], ["view_match"])


def test_no02_nobody_is_told_of_a_ticket_out_of_his_sight(cloud, admin, shared):
    role = {"label": "Narrow", "permissions": ["tickets:read"], "sees": ["assigned"]}
    nora = staff(admin.post("/v1/roles", role).body["id"], "nora@acme.test")
    assert follow(nora, shared).status == 200
    assert admin.post("/v1/tickets", NEW_TICKET | {"tags": ["vip"]}).status == 201
    settle(cloud)
    assert kinds(nora) == []


def test_a_view_that_only_search_answers_and_one_of_every_desk_are_refused(cloud, admin, agent):
    refused = follow(agent, view(agent, "charger tag:vip"))
    assert (refused.status, refused.body["errors"][0]["code"]) == (422, "not_evaluable")
    refused = follow(agent, "unassigned")
    assert (refused.status, refused.body["errors"][0]["code"]) == (422, "not_kept")
    others = view(admin)
    assert follow(agent, others).status == 404
    assert agent.delete(f"{PATH}/{others}").status == 404


def test_what_is_followed_is_listed_and_ended_and_a_view_that_goes_ends_it_visibly(cloud, admin, agent, shared):
    assert follow(agent, shared).status == 200, "once more is no fault"
    (row,) = agent.get(PATH).body["data"]
    assert (row["view_id"], row["label"], row["state"]) == (shared, "Big customers", "following")
    assert admin.get(PATH).body["data"] == []
    assert admin.patch(f"/v1/views/{shared}", {"shared": "me"}).status == 200
    assert [one["state"] for one in agent.get(PATH).body["data"]] == ["not_in_sight"]
    assert admin.post("/v1/tickets", NEW_TICKET | {"tags": ["vip"]}).status == 201
    settle(cloud)
    assert kinds(agent) == []
    assert admin.delete(f"/v1/views/{shared}").status == 204
    assert [(one["state"], one["label"]) for one in agent.get(PATH).body["data"]] == [("gone", "Big customers")]
    assert agent.delete(f"{PATH}/{shared}").status == 204
    assert agent.get(PATH).body["data"] == []
    assert follow(agent, shared).status == 404


def test_one_follows_fifty_views_at_most(cloud, agent, monkeypatch):
    monkeypatch.setattr("helpdesk.following.service.MOST_OF_ONE", 1)
    first, second = view(agent), view(agent, "tag:other")
    assert (follow(agent, first).status, follow(agent, first).status) == (200, 200)
    assert follow(agent, second).body["code"] == "too_many"
    assert agent.delete(f"{PATH}/{first}").status == 204
    assert follow(agent, second).status == 200
    assert agent.delete(f"{PATH}/{second}").status == 204
    assert follow(agent, second).status == 200, "as often as he likes"


def test_while_nobody_follows_anything_an_event_costs_nothing(cloud, timeline, admin, agent, shared):
    from helpdesk.following import reacting
    from helpdesk.tickets import store

    ticket = admin.post("/v1/tickets", NEW_TICKET).body
    (event, *_) = store.get_events("acme", ticket["id"])
    reacting.take(event)  # the container is warm
    with metered() as meter:
        reacting.take(event)
    assert [operation for _, operation, _ in meter.calls] == ["Query", "GetItem"]
    assert agent.delete(f"{PATH}/{shared}").status == 204
    reacting.take(event)
    with metered() as meter:
        reacting.take(event)
    assert meter.calls == []
