"""Budgets that do not vary: AWS round trips per operation, once the container is warm."""

from __future__ import annotations

import pytest

from bench.meter import metered
from helpdesk.core import clock
from tests.callers import NEW_TICKET
from tests.inbound import a_mail, notification, take


@pytest.fixture
def agent(agent, monkeypatch):
    """An agent whose container has read before: it holds a lease of the reads' rate limit, in a minute that lasts."""
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    agent.get("/v1/me")
    return agent


@pytest.fixture
def long_ticket(agent, ticket):
    for _ in range(49):
        agent.post(f"/v1/tickets/{ticket['id']}/messages", {"kind": "note", "body_text": "x" * 7_000})
    return ticket


@pytest.fixture(autouse=True)
def warm(agent):
    """A container that has its lease of tokens and its settings."""
    agent.get("/v1/views")
    agent.get("/v1/teams")
    agent.patch("/v1/tickets/none", {})


def _calls(work):
    with metered() as meter:
        reply = work()
    assert reply.status < 300, reply.body
    return [operation for _, operation, _ in meter.calls]


def test_a_create_is_three_round_trips(agent, ticket):
    assert _calls(lambda: agent.post("/v1/tickets", NEW_TICKET)) == ["UpdateItem", "BatchGetItem", "TransactWriteItems"]
    fresh = NEW_TICKET | {"requester": {"email": "new@customer.test"}}
    assert len(_calls(lambda: agent.post("/v1/tickets", fresh))) == 3


def test_a_reply_is_two(agent, ticket):
    path, body = f"/v1/tickets/{ticket['id']}/messages", {"kind": "reply", "body_text": "x"}
    assert _calls(lambda: agent.post(path, body)) == ["GetItem", "TransactWriteItems"]


def test_a_ticket_with_fifty_messages_is_two(agent, long_ticket):
    path = f"/v1/tickets/{long_ticket['id']}?include=messages"
    assert _calls(lambda: agent.get(path)) == ["GetItem", "Query"]
    assert len(agent.get(path).body["messages"]) == 50


@pytest.mark.parametrize("view", ["mine", "unassigned", "open", "waiting", "solved", "closed"])
def test_a_page_of_every_view_is_one(agent, ticket, view):
    assert _calls(lambda: agent.get(f"/v1/tickets?view={view}")) == ["Query"]


def test_counts_are_one_and_settings_none(agent, ticket):
    agent.get("/v1/teams")
    agent.get("/v1/me")
    assert _calls(lambda: agent.get("/v1/views")) == ["GetItem"]
    for path in ("statuses", "priorities", "teams", "me"):
        assert _calls(lambda path=path: agent.get(f"/v1/{path}")) == []


def test_a_mail_in_is_six(cloud, agent):
    """Ledger, raw mail, known ids, number, requester, attachment-free transaction."""
    take(notification(a_mail().as_bytes()))
    body = notification(a_mail().as_bytes())
    with metered() as meter:
        assert take(body) == []
    assert [operation for _, operation, _ in meter.calls] == [
        "GetItem",
        "GetObject",
        "BatchGetItem",
        "UpdateItem",
        "BatchGetItem",
        "TransactWriteItems",
    ]


def test_dm10_any_other_list_is_one_batch_and_search_costs_no_more(cloud, agent, ticket):
    """A list that search answers reads its rows anew, in one call; a page of nothing reads nothing."""
    cloud.pump_search()
    for query in ("tag=none", "sort=-priority,created_at", "filter=charger created:>-7d", "q=charger"):
        assert _calls(lambda query=query: agent.get(f"/v1/tickets?{query}")) == ["BatchGetItem"], query
    assert _calls(lambda: agent.get("/v1/tickets?tag=nobody-has-it")) == []
    agent.get("/v1/search?q=warm")
    assert _calls(lambda: agent.get("/v1/search?q=charger&type=tickets,people&facets=tag")) == ["BatchGetItem"]
    assert _calls(lambda: agent.get("/v1/search/suggest?q=charg")) == ["BatchGetItem"]


def test_counts_of_kept_views_cost_no_more_round_trips(cloud, agent, ticket):
    for place in range(5):
        agent.post("/v1/views", {"label": f"View {place}", "filter": "tag:vip priority:>=high"})
    agent.get("/v1/views")
    assert _calls(lambda: agent.get("/v1/views")) == ["GetItem"]


def test_a_load_is_one_write_more_and_only_where_a_ticket_changes_hands(agent, ticket):
    """No round trip is added: it is part of the change's own transaction."""

    def loads(work):
        with metered() as meter:
            assert work().status < 300
        writes = [params for _, operation, params in meter.calls if operation == "TransactWriteItems"]
        items = [item for params in writes for item in params["TransactItems"]]
        return len(meter.calls), sum("LOAD#" in str(item.get("Update", {}).get("Key")) for item in items)

    path = f"/v1/tickets/{ticket['id']}"
    assert loads(lambda: agent.patch(path, {"subject": "Other"})) == (2, 0)
    agent.patch(path, {"assignee_id": agent.me["id"]})
    assert loads(lambda: agent.post(f"{path}/messages", {"kind": "reply", "body_text": "x"})) == (2, 0)
    assert loads(lambda: agent.put(f"{path}/resolution"))[1] == 1
    assert loads(lambda: agent.delete(f"{path}/resolution"))[1] == 1
    assert loads(lambda: agent.patch(path, {"assignee_id": None})) == (2, 1)
