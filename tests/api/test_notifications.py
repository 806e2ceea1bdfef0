"""NO-02, NO-06: who of the staff is told of what, once, and what he does with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import boto3
import pytest

from tests.api.notices import ask, kinds, mails, mine, note, settle, told
from tests.api.test_rules import rule
from tests.callers import NEW_TICKET, staff
from tests.faults import deaths


@pytest.fixture
def eve(cloud):
    return staff("agent", "eve@acme.test")


def test_no02_an_agent_is_told_what_happens_to_his_ticket(cloud, admin, agent, customer):
    ticket = mine(admin, agent, cloud)
    path = f"/v1/tickets/{ticket['id']}"
    ask(customer, ticket)
    note(admin, ticket)
    assert admin.patch(path, {"priority": "high"}).status == 200
    assert admin.patch(path, {"status_id": "waiting"}).status == 200
    settle(cloud)
    assert kinds(agent) == ["status_changed", "priority_changed", "colleague_wrote", "customer_replied", "assigned"]
    newest = told(agent)[0]
    assert newest["ticket"] == {"id": ticket["id"], "number": ticket["number"], "subject": ticket["subject"]}
    assert (newest["actor"], newest["why"]) == ({"kind": "agent", "name": "Admin Person"}, "assignee")
    assert kinds(admin) == []


def test_no02_followers_and_those_who_are_mentioned_are_told_each_once(cloud, admin, agent, eve):
    ticket = mine(admin, agent, cloud)
    path = f"/v1/tickets/{ticket['id']}/participants"
    for one in (eve, agent):
        assert one.post(path, {"role": "follower"}).status in (200, 201)
    note(admin, ticket, agent.me["id"], agent.me["id"])
    settle(cloud)
    assert kinds(agent)[0] == "mentioned" and kinds(agent).count("colleague_wrote") == 0
    assert [(one["kind"], one["why"]) for one in told(eve)] == [("colleague_wrote", "follower")]


def test_no02_nobody_is_told_of_his_own_act(cloud, agent, eve):
    ticket = mine(eve, agent, cloud)
    before = kinds(agent)
    note(agent, ticket, agent.me["id"])
    assert agent.patch(f"/v1/tickets/{ticket['id']}", {"priority": "high"}).status == 200
    assert agent.patch(f"/v1/tickets/{ticket['id']}", {"assignee_id": eve.me["id"]}).status == 200
    settle(cloud)
    assert kinds(agent) == before
    assert kinds(eve) == ["assigned"]


def test_no02_a_new_ticket_is_told_to_its_team_and_without_one_to_who_wishes_so(cloud, admin, agent, eve):
    team = admin.post("/v1/teams", {"name": "Hardware"}).body["id"]
    assert admin.patch(f"/v1/people/{agent.me['id']}", {"team_ids": [team]}).status == 200
    assert admin.post("/v1/tickets", NEW_TICKET | {"team_id": team}).status == 201
    assert admin.post("/v1/tickets", NEW_TICKET).status == 201
    settle(cloud)
    assert (kinds(agent), kinds(eve)) == (["team_ticket"], [])
    assert eve.patch("/v1/notifications/preferences", {"channels": {"new_ticket": ["inbox"]}}).status == 200
    ticket = admin.post("/v1/tickets", NEW_TICKET).body
    settle(cloud)
    assert kinds(eve) == ["new_ticket"]
    assert admin.patch(f"/v1/tickets/{ticket['id']}", {"team_id": team}).status == 200
    settle(cloud)
    assert kinds(agent) == ["team_ticket", "team_ticket"]


def test_nobody_is_told_of_what_he_may_not_see_nor_reads_it_later(cloud, admin, agent):
    role = {"label": "Narrow", "permissions": ["tickets:read"], "sees": ["assigned"]}
    nora = staff(admin.post("/v1/roles", role).body["id"], "nora@acme.test")
    ticket = admin.post("/v1/tickets", NEW_TICKET).body
    note(admin, ticket, nora.me["id"])
    settle(cloud)
    assert kinds(nora) == []
    assert admin.patch(f"/v1/tickets/{ticket['id']}", {"assignee_id": nora.me["id"]}).status == 200
    settle(cloud)
    assert told(nora)[0]["ticket"]["number"] == ticket["number"]
    assert admin.patch(f"/v1/tickets/{ticket['id']}", {"assignee_id": agent.me["id"]}).status == 200
    settle(cloud)
    (seen,) = told(nora)
    assert (seen["ticket"], seen["actor"], seen["text"]) == (None, None, None)


def test_who_is_disabled_is_told_nothing_and_an_import_tells_nobody(cloud, admin, agent):
    from helpdesk.access.actor import cause_of, system
    from helpdesk.tickets import commands

    ticket = mine(admin, agent, cloud)
    assert admin.patch(f"/v1/people/{agent.me['id']}", {"disabled": True}).status == 200
    note(admin, ticket)
    settle(cloud)
    assert admin.patch(f"/v1/people/{agent.me['id']}", {"disabled": False}).status == 200
    actor = system("acme")
    commands.create(actor, cause_of(actor, "import"), NEW_TICKET | {"assignee_id": agent.me["id"]}, "api")
    settle(cloud)
    assert kinds(agent) == ["assigned"]


def test_no06_an_event_that_comes_again_is_told_once_on_each_channel(cloud, admin, agent):
    from notify.handler import handler

    ticket = mine(admin, agent, cloud)
    note(admin, ticket, agent.me["id"])
    cloud.run_stream()
    sqs, url = boto3.client("sqs"), cloud.queue_url.replace("outbound", "notify")
    bodies = [one["Body"] for one in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]]
    records = [{"messageId": str(index), "body": body} for index, body in enumerate(bodies * 3)]
    assert handler({"Records": records}, None) == {"batchItemFailures": []}
    assert kinds(agent) == ["mentioned", "assigned"]
    assert len(mails(cloud, "mentioned you")) == 1


def test_no06_killed_anywhere_a_notice_is_kept_and_mailed_once(cloud, admin, agent, monkeypatch):
    monkeypatch.setattr("helpdesk.notifications.store.LEASE", timedelta(0))
    monkeypatch.setenv("SEND_GRACE_SECONDS", "0")
    from helpdesk.core import config

    config.config.cache_clear()
    expected = 0
    policy = {"mails_per_minute": 100}
    assert admin.patch("/v1/notifications/policy", policy).status == 200
    for death in deaths():
        ticket = mine(admin, agent, cloud)
        expected += 1
        note(admin, ticket, agent.me["id"])
        cloud.run_stream()
        with death:
            cloud.run_notify()
        settle(cloud)
        cloud.run_feedback()
        cloud.tick()
        about = [one for one in told(agent) if one["ticket"]["id"] == ticket["id"] and one["kind"] == "mentioned"]
        assert [one["channels"]["mail"]["state"] for one in about] == ["sent"], death
        assert len(mails(cloud, "mentioned you")) == expected, death
    assert expected > 10


def test_notices_are_read_unread_and_all_read(cloud, admin, agent, eve):
    ticket = mine(admin, agent, cloud)
    note(admin, ticket)
    note(admin, ticket)
    settle(cloud)
    assert agent.get("/v1/notifications/count").body == {"unread": 2, "more": False}
    newest, second, old = told(agent)
    path = f"/v1/notifications/{newest['id']}"
    assert agent.patch(path, {"read": True}).body["read"] is True
    assert [one["id"] for one in told(agent, "&unread=1")] == [second["id"]]
    assert agent.patch(f"/v1/notifications/{old['id']}", {"read": False}).body["read"] is False
    assert agent.get("/v1/notifications/count").body["unread"] == 2
    assert agent.put("/v1/notifications/read").status == 204
    assert told(agent, "&unread=1") == []
    assert agent.patch(path, {"read": False}).status == 200
    assert agent.get("/v1/notifications/count").body["unread"] == 1
    assert eve.patch(path, {"read": True}).status == 404
    assert agent.patch("/v1/notifications/nonsense", {"read": True}).status == 404
    assert agent.patch(path, {}).status == 422
    assert agent.get("/v1/notifications?unread=yes").status == 400


def test_the_inbox_is_paged_and_stands_still_under_new_notices(cloud, admin, agent):
    ticket = mine(admin, agent, cloud)
    for _ in range(4):
        note(admin, ticket)
    settle(cloud)
    whole = [one["id"] for one in told(agent)]
    first = agent.get("/v1/notifications?limit=2").body
    note(admin, ticket)
    settle(cloud)
    second = agent.get(f"/v1/notifications?limit=2&cursor={first['next_cursor']}").body
    third = agent.get(f"/v1/notifications?limit=2&cursor={second['next_cursor']}").body
    pages = [one["id"] for part in (first, second, third) for one in part["data"]]
    assert pages == whole and third["next_cursor"] is None


def test_a_key_has_no_inbox_and_a_customer_none_at_all(cloud, admin, customer):
    key = admin.post("/v1/api-keys", {"name": "x", "scopes": ["tickets:read"]}).body["key"]
    from tests.callers import Caller

    caller = Caller({"authorization": f"Bearer {key}"})
    for method, path in (("GET", ""), ("GET", "/count"), ("GET", "/preferences"), ("PUT", "/read")):
        assert caller.call(method, f"/v1/notifications{path}").status == 403
        assert customer.call(method, f"/v1/notifications{path}").status in (401, 403)


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"kind": "reply", "body_text": "x", "mentions": ["me"]}, "/mentions", "not_a_note"),
        ({"kind": "note", "body_text": "x", "mentions": ["nobody"]}, "/mentions/0", "unknown"),
    ],
)
def test_only_colleagues_are_mentioned_and_only_in_notes(agent, ticket, body: dict[str, Any], pointer, code):
    reply = agent.post(f"/v1/tickets/{ticket['id']}/messages", body)
    assert reply.status == 422
    assert [(one["pointer"], one["code"]) for one in reply.body["errors"]] == [(pointer, code)]


def test_a_customer_cannot_be_mentioned_and_a_note_says_whom_it_names(agent, eve, customer, ticket):
    path = f"/v1/tickets/{ticket['id']}/messages"
    body = {"kind": "note", "body_text": "@Eve look", "mentions": [customer.me["id"], eve.me["id"]]}
    assert [one["pointer"] for one in agent.post(path, body).body["errors"]] == ["/mentions/0"]
    assert agent.post(path, body | {"mentions": [eve.me["id"]]}).body["mentions"] == [eve.me["id"]]
    assert agent.get(path).body["data"][-1]["mentions"] == [eve.me["id"]]


def test_ad11_a_rule_notifies_the_assignee_the_team_and_whom_it_names_once_each(cloud, admin, agent, eve):
    ticket = mine(admin, agent, cloud)
    team = admin.post("/v1/teams", {"name": "Hardware"}).body["id"]
    admin.patch(f"/v1/people/{eve.me['id']}", {"team_ids": [team]})
    then = [{"type": "notify", "to": to} for to in ("assignee", "team", agent.me["id"], admin.me["id"])]
    rule(admin, "A big customer waits", then, on="ticket.tags_changed", when="tag:vip")
    admin.patch(f"/v1/tickets/{ticket['id']}", {"tags": {"add": ["vip"]}, "team_id": team})
    cloud.pump()
    settle(cloud)
    for who in (agent, eve, admin):
        told_by_rule = [one["text"] for one in told(who) if one["kind"] == "rule"]
        assert told_by_rule == ["A big customer waits"], "the rule's act, and nobody's own"
    gone = admin.post("/v1/rules", {"name": "x", "on": ["note.added"], "then": [{"type": "notify", "to": "nobody"}]})
    assert (gone.status, [one["pointer"] for one in gone.body["errors"]]) == (422, ["/then/0/to"])
