"""NO-06: round trips of one event on its way to people, once the container is warm."""

from __future__ import annotations

import pytest

from bench.meter import metered
from helpdesk.core.events import Event
from tests.api.notices import mine, settle, wish
from tests.callers import staff


@pytest.fixture
def events(cloud, admin, agent):
    """Of a ticket that is Sam's, what Ada does next; settings and shifts are known."""
    from helpdesk.tickets import store

    ticket = mine(admin, agent, cloud)
    path = f"/v1/tickets/{ticket['id']}"
    assert admin.patch(path, {"priority": "high"}).status == 200
    note = {"kind": "note", "body_text": "x", "mentions": [agent.me["id"]]}
    assert admin.post(f"{path}/messages", note).status == 201
    return store.get_events("acme", ticket["id"], limit=2)


def _take(event: Event) -> list[str]:
    from helpdesk.notifications import service

    with metered() as meter:
        service.take(event)
    return [operation for _, operation, _ in meter.calls]


def test_an_event_for_the_desk_alone_is_three_round_trips_and_a_look_at_what_came_after(events):
    priority, note = events
    assert _take(note)[:2] == ["GetItem", "BatchGetItem"]
    assert _take(priority) == ["GetItem", "Query", "BatchGetItem", "TransactWriteItems"]


def test_one_that_is_mailed_at_once_is_bounded(events):
    calls = _take(events[1])
    assert calls.count("SendRawEmail") == 1
    assert len(calls) <= 16


def test_one_that_nobody_wishes_to_hear_of_writes_nothing(cloud, agent, events):
    wish(agent, channels={"priority_changed": []})
    assert _take(events[0]) == ["GetItem", "Query", "BatchGetItem"]


def test_twenty_colleagues_of_a_team_are_told_with_a_write_each(cloud, admin, events):
    from helpdesk.tickets import store
    from tests.callers import NEW_TICKET

    team = admin.post("/v1/teams", {"name": "Hardware"}).body["id"]
    assert admin.patch("/v1/notifications/policy", {"channels": {"team_ticket": ["inbox"]}}).status == 200
    for number in range(20):
        one = staff("agent", f"agent{number}@acme.test")
        assert admin.patch(f"/v1/people/{one.me['id']}", {"team_ids": [team]}).status == 200
    ticket = admin.post("/v1/tickets", NEW_TICKET | {"team_id": team}).body
    settle(cloud)
    (created,) = [one for one in store.get_events("acme", ticket["id"]) if one.type == "ticket.created"]
    calls = _take(created)
    assert calls.count("TransactWriteItems") == 20 and len(calls) <= 24
