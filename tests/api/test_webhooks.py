"""Webhooks as an integrator meets them: API-11, API-12, TM-11."""

from __future__ import annotations

import json

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from tests.callers import NEW_TICKET
from tests.receiver import answers


def hook(admin, receiver, **given):
    reply = admin.post("/v1/webhooks", {"url": receiver.url, "events": ["*"]} | given)
    assert reply.status == 201, reply.body
    return reply.body


def types(receiver):
    return [one.event["type"] for one in receiver.taken]


def test_api12_a_webhook_gets_what_happens_signed_as_the_standard_says(cloud, admin, agent, receiver):
    made = hook(admin, receiver, description="mirror", events=["ticket.created", "message.received"])
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    assert types(receiver) == ["ticket.created", "message.received"]
    feed = admin.get("/v1/events?after=0").body["data"]
    assert [one.event for one in receiver.taken] == [one for one in feed if one["type"] in made["events"]]
    for one in receiver.taken:
        assert Verifier(made["secret"]).verify(one.text, one.headers) == one.event
        assert one.headers["content-type"] == "application/json"
    with pytest.raises(WebhookVerificationError):
        Verifier(made["secret"]).verify(receiver.taken[0].text + " ", receiver.taken[0].headers)
    assert "secret" not in admin.get(f"/v1/webhooks/{made['id']}").body
    assert made["secret"] not in json.dumps(feed)


def test_api12_after_a_rotation_both_secrets_sign_for_a_day(cloud, admin, agent, receiver, timeline):
    made = hook(admin, receiver, events=["ticket.created"])
    again = admin.post(f"/v1/webhooks/{made['id']}/secret").body
    assert again["secret"] != made["secret"]
    assert again["old_secret_until"]
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    (got,) = receiver.taken
    for secret in (made["secret"], again["secret"]):
        Verifier(secret).verify(got.text, got.headers)
    timeline.go(hours=25)
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    assert len(receiver.taken[1].headers["webhook-signature"].split()) == 1
    assert admin.get(f"/v1/webhooks/{made['id']}").body["old_secret_until"] is None


def test_api11_thin_payloads_carry_ids_alone(cloud, admin, agent, receiver):
    hook(admin, receiver, payload="thin", events=["ticket.created"])
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    (got,) = receiver.taken
    assert set(got.event) == {"id", "seq", "type", "at", "org_id", "subject", "version"}


def test_api11_a_filter_is_asked_of_the_ticket(cloud, admin, agent, receiver):
    hook(admin, receiver, filter="priority:>=high", events=["ticket.created", "ticket.priority_changed"])
    agent.post("/v1/tickets", NEW_TICKET)
    urgent = agent.post("/v1/tickets", NEW_TICKET | {"priority": "urgent"}).body
    cloud.pump()
    assert [one.event["subject"]["id"] for one in receiver.taken] == [urgent["id"]]
    for bad in ("nonsense:1", '"some words"', {"all": 3}):
        reply = admin.post("/v1/webhooks", {"url": receiver.url, "events": ["*"], "filter": bad})
        assert reply.status in (400, 422), bad
        assert reply.body["errors"][0]["pointer"].startswith("/filter")


def test_tm11_the_scope_customer_never_carries_what_is_internal(cloud, admin, agent, customer, ticket, receiver):
    hook(admin, receiver, scope="customer")
    path = f"/v1/tickets/{ticket['id']}"
    team = admin.post("/v1/teams", {"name": "SECRET-TEAM"}).body["id"]
    agent.post(f"{path}/messages", {"kind": "note", "body_text": "SECRET-NOTE"})
    agent.patch(path, {"tags": {"add": ["secret-tag"]}, "fields": {"secret-field": "SECRET"}, "team_id": team})
    agent.patch(path, {"assignee_id": agent.me["id"], "priority": "high", "subject": "Other"})
    agent.post(f"{path}/messages", {"kind": "reply", "body_text": "For the customer."})
    customer.post(f"/v1/portal/tickets/{ticket['id']}/messages", {"body_text": "From the customer."})
    agent.put(f"{path}/resolution")
    cloud.pump()
    sent = "".join(one.text for one in receiver.taken)
    for inside in ("secret", "SECRET", team, agent.me["id"], "198.51.100.7", "note", "assignee", "team", "priority"):
        assert inside not in sent, inside
    assert set(types(receiver)) == {
        "ticket.created",
        "message.received",
        "message.sent",
        "ticket.subject_changed",
        "ticket.status_changed",
        "message.delivery_changed",
    }


def test_settings_of_a_webhook_are_checked(admin, receiver):
    make = lambda **given: admin.post("/v1/webhooks", {"url": receiver.url, "events": ["*"]} | given)  # noqa: E731
    reply = make(events=["ticket.exploded"], url="https://10.0.0.1/")
    assert reply.status == 422
    assert {fault["pointer"] for fault in reply.body["errors"]} == {"/events", "/url"}
    for wrong in ({"payload": "fat"}, {"scope": "all"}, {"events": []}, {"url": ""}, {"secret": "mine"}):
        assert make(**wrong).status == 422, wrong
    made = make().body
    path = f"/v1/webhooks/{made['id']}"
    assert admin.patch(path, {"payload": None}).status == 422
    assert admin.patch(path, {"description": "x"}, If_Match='"9"').status == 412
    changed = admin.patch(path, {"description": "x", "events": ["note.added"]}, If_Match='"1"')
    assert (changed.status, changed.body["events"], changed.headers["ETag"]) == (200, ["note.added"], '"2"')
    assert [one["id"] for one in admin.get("/v1/webhooks").body["data"]] == [made["id"]]
    assert admin.delete(path).status == 204
    assert admin.get(path).status == admin.delete(path).status == 404


@pytest.mark.parametrize("role", ["agent", "supervisor", "viewer"])
def test_webhooks_are_for_administrators(cloud, role, request):
    from tests.callers import staff

    somebody = staff(role, "x@acme.test")
    assert somebody.get("/v1/webhooks").status == somebody.post("/v1/webhooks").status == 403


def test_a_webhook_made_twice_with_one_key_is_one(admin, receiver):
    body = {"url": receiver.url, "events": ["*"]}
    first, second = (admin.post("/v1/webhooks", body, Idempotency_Key="k") for _ in range(2))
    assert first.body == second.body
    assert len(admin.get("/v1/webhooks").body["data"]) == 1


def test_the_test_button_says_what_the_endpoint_said(cloud, admin, receiver):
    made = hook(admin, receiver, scope="customer")
    receiver.script = answers(418, b"short and stout")
    said = admin.post(f"/v1/webhooks/{made['id']}/test").body
    assert (said["delivered"], said["http_status"], said["response"]) == (False, 418, "short and stout")
    receiver.script = answers(204, b"")
    said = admin.post(f"/v1/webhooks/{made['id']}/test").body
    assert (said["delivered"], said["error"]) == (True, None)
    got = receiver.got[-1]
    assert got.event["type"] == "webhook.test"
    assert Verifier(made["secret"]).verify(got.text, got.headers)
    assert got.id == said["id"]
    receiver.stop()
    assert "refused" in admin.post(f"/v1/webhooks/{made['id']}/test").body["error"]


def test_the_ledger_tells_each_try(cloud, admin, agent, receiver, timeline):
    made = hook(admin, receiver, events=["ticket.created"])
    receiver.script = answers(500, b"x" * 5000)
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    path = f"/v1/webhooks/{made['id']}/deliveries"
    (row,) = admin.get(f"{path}?status=pending").body["data"]
    assert (row["http_status"], row["error"], row["tries"]) == (500, "answered 500", 1)
    assert row["next_at"] > row["updated_at"]
    receiver.script = answers(200, b"ok")
    timeline.go(seconds=10)
    cloud.pump()
    assert admin.get(f"{path}?status=pending").body["data"] == []
    (row,) = admin.get(f"{path}?status=delivered").body["data"]
    detail = admin.get(f"{path}/{row['id']}").body
    assert [one["http_status"] for one in detail["attempts"]] == [500, 200]
    assert [len(one["response"]) for one in detail["attempts"]] == [1024, 2]
    assert {one.id for one in receiver.got} == {row["id"]}
    assert admin.get(f"{path}?status=odd").status == 400
    assert admin.get(f"{path}/{made['id']}").status == 404


def test_the_ledger_is_read_page_by_page(cloud, admin, agent, receiver):
    made = hook(admin, receiver, events=["ticket.created"])
    for _ in range(5):
        agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    path, seen, cursor = f"/v1/webhooks/{made['id']}/deliveries?limit=2", [], ""
    while cursor is not None:
        page = admin.get(path + (f"&cursor={cursor}" if cursor else "")).body
        seen += [row["seq"] for row in page["data"]]
        cursor = page["next_cursor"]
    assert len(seen) == 5 == len(set(seen))
    assert seen == sorted(seen, reverse=True)


def test_an_endpoint_that_asks_for_time_gets_it(cloud, admin, agent, receiver, timeline):
    made = hook(admin, receiver, events=["ticket.created"])
    receiver.script = answers(503, Retry_After="900")
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    timeline.go(minutes=14)
    cloud.pump()
    assert len(receiver.got) == 1
    receiver.script = answers(200)
    timeline.go(minutes=2)
    cloud.pump()
    assert len(receiver.taken) == 1
    assert admin.get(f"/v1/webhooks/{made['id']}").body["next_try_at"] is None


def test_gone_pauses_at_once_and_enabling_goes_on(cloud, admin, agent, receiver, timeline):
    made = hook(admin, receiver, events=["ticket.created"])
    path = f"/v1/webhooks/{made['id']}"
    receiver.script = answers(410)
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    shown = admin.get(path).body
    assert (shown["enabled"], "410" in shown["paused"]["reason"]) == (False, True)
    told = [one for one in admin.get("/v1/events?after=0").body["data"] if one["type"] == "webhook.paused"]
    assert [one["subject"] for one in told] == [{"kind": "webhook", "id": made["id"]}]
    assert admin.post(f"{path}/replay", {"from": "2026-01-01T00:00:00Z"}).status == 409
    receiver.script = answers(200)
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    assert len(receiver.got) == 1
    assert admin.patch(path, {"enabled": True}).body["paused"] is None
    timeline.go(seconds=5)
    cloud.pump()
    assert len({one.event["subject"]["id"] for one in receiver.taken}) == len(receiver.taken) == 2


def test_api12_replay_sends_again_under_the_same_ids(cloud, admin, agent, receiver, timeline):
    made = hook(admin, receiver)
    path = f"/v1/webhooks/{made['id']}"
    for _ in range(3):
        ticket = agent.post("/v1/tickets", NEW_TICKET).body
        agent.put(f"/v1/tickets/{ticket['id']}/resolution")
        timeline.go(minutes=10)
    cloud.pump()
    sent = sorted(receiver.taken, key=lambda one: one.event["seq"])
    first, times = [one.id for one in sent], [one.event["at"] for one in sent]
    body = {"from": times[4], "to": times[6]}
    reply = admin.post(f"{path}/replay", body)
    assert reply.status == 202, reply.body
    cloud.pump()
    again = [one.id for one in receiver.taken[len(first) :]]
    assert sorted(again) == sorted(id_ for id_, at in zip(first, times, strict=True) if times[4] <= at <= times[6])
    assert len(again) >= 3
    admin.post(f"{path}/replay", {"delivery_ids": [first[5], first[1]]})
    cloud.pump()
    assert sorted(one.id for one in receiver.taken[len(first) + len(again) :]) == sorted([first[5], first[1]])
    assert len(admin.get(f"{path}/deliveries/{first[5]}").body["attempts"]) == 2 + (first[5] in again)
    assert admin.post(f"{path}/replay", {"delivery_ids": [made["id"]]}).status == 404
    for wrong in ({}, {"to": times[0]}, {"from": times[-1], "to": times[0]}, body | {"delivery_ids": ["x"]}):
        assert admin.post(f"{path}/replay", wrong).status == 422, wrong


def test_a_deleted_webhook_sends_no_more(cloud, admin, agent, receiver, timeline):
    made = hook(admin, receiver, events=["ticket.created"])
    receiver.script = answers(500)
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    admin.delete(f"/v1/webhooks/{made['id']}")
    timeline.go(hours=1)
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    assert len(receiver.got) == 1


def test_api11_every_type_has_a_schema_and_a_fitting_example(cloud, agent):
    from jsonschema import Draft202012Validator

    found = agent.get("/v1/event-types").body["data"]
    assert len(found) == len({one["type"] for one in found}) >= 25
    for one in found:
        Draft202012Validator.check_schema(one["event_schema"])
        Draft202012Validator(one["event_schema"]).validate(one["example"])
        assert one["description"].endswith((".", "..."))
        assert one["example"]["type"] == one["type"] == one["event_schema"]["title"]


def test_docs_schemas_and_answer_are_one():
    from infra import event_types

    assert event_types.CATALOGUE.read_text() == event_types.catalogue(), "run `python -m infra.event_types`"
    assert event_types.DOCS.read_text() == event_types.docs(), "run `python -m infra.event_types`"
