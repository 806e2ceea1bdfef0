"""The portal: a customer opens, follows, answers, closes and reopens his own tickets."""

from __future__ import annotations

from tests.callers import Caller


def test_a_customer_opens_answers_closes_and_reopens(cloud, agent, customer):
    made = customer.post("/v1/portal/tickets", {"subject": "Invoice", "body_text": "It is wrong."})
    assert made.status == 201, made.body
    path = f"/v1/portal/tickets/{made.body['id']}"
    assert made.body["messages"][0]["author"] == {"kind": "contact", "name": "Carla", "you": True}
    agent.patch(f"/v1/tickets/{made.body['id']}", {"assignee_id": agent.me["id"]})
    agent.post(f"/v1/tickets/{made.body['id']}/messages", {"kind": "reply", "body_text": "Fixed."})
    shown = customer.get(path).body
    assert [message["kind"] for message in shown["messages"]] == ["customer", "reply"]
    assert shown["handled_by"] == {"name": "Agent Person"}
    assert (shown["can_close"], shown["can_reopen"]) == (True, False)
    assert customer.put(f"{path}/resolution").body["status"]["category"] == "solved"
    assert customer.delete(f"{path}/resolution").body["status"]["category"] == "open"
    customer.put(f"{path}/resolution")
    again = customer.post(f"{path}/messages", {"body_text": "Not quite."})
    assert again.status == 201
    assert customer.get(path).body["status"]["category"] == "open"
    events = agent.get(f"/v1/tickets/{made.body['id']}?include=events").body["events"]
    assert events[0]["via"] == "portal"
    cloud.pump()
    assert len(cloud.sent()) == 2


def test_a_customer_is_told_what_is_wrong(customer):
    refused = customer.post("/v1/portal/tickets", {"subject": "", "tags": ["x"]})
    assert refused.status == 422
    assert {error["pointer"] for error in refused.body["errors"]} == {"/subject", "/body_text", "/tags"}


def test_what_a_key_wrote_comes_from_the_desk(admin, ticket, customer):
    made = admin.post("/v1/api-keys", {"name": "Churn bot", "scopes": ["tickets:read", "tickets:write"]}).body
    key = Caller({"authorization": f"Bearer {made['key']}"})
    reply = key.post(f"/v1/tickets/{ticket['id']}/messages", {"kind": "reply", "body_text": "Done."})
    assert reply.body["author"] == {"kind": "system", "id": made["id"], "name": "Churn bot"}
    shown = customer.get(f"/v1/portal/tickets/{ticket['id']}").body["messages"][-1]
    assert shown["author"] == {"kind": "system", "name": "Acme", "you": False}


def test_inside_facts_stay_inside(admin, agent, ticket, customer):
    admin.post("/v1/fields", {"id": "score", "label": "Score", "type": "number"})
    agent.patch(f"/v1/tickets/{ticket['id']}", {"tags": {"add": ["difficult"]}, "fields": {"score": 1}})
    shown = customer.get(f"/v1/portal/tickets/{ticket['id']}").body
    assert shown["fields"] == {}
    assert not {"tags", "team_id", "assignee_id", "events", "priority"} & set(shown)
