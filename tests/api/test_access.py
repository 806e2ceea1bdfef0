"""Who gets in: passwords by Cognito, sessions, mail links, API keys; and what each may not do."""

from __future__ import annotations

import json
import re
from email import message_from_bytes
from email.policy import default

import boto3
import pytest

from tests.callers import NEW_TICKET, Caller, contact, staff
from tests.cloud import ENVIRONMENT

PASSWORD = "Correct-horse-1"


@pytest.fixture
def colleague(cloud, admin):
    """Invited by the administrator; Cognito has the address with a first password."""
    made = admin.post("/v1/people", {"email": "New@acme.test", "name": "New Person", "role": "agent"})
    assert made.status == 201, made.body
    return made.body


def _set_password(permanent):
    import os

    boto3.client("cognito-idp").admin_set_user_password(
        UserPoolId=os.environ["STAFF_POOL_ID"], Username="new@acme.test", Password=PASSWORD, Permanent=permanent
    )


def test_a_colleague_signs_in_and_out(colleague):
    _set_password(True)
    answer = Caller().post("/v1/session", {"email": "new@ACME.test", "password": PASSWORD})
    assert (answer.status, answer.body["role"]) == (201, "agent")
    cookie = answer.cookies[0]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    caller = Caller({"cookie": cookie.partition(";")[0], "x-requested-with": "lambdesk"})
    assert caller.get("/v1/me").body["email"] == "new@acme.test"
    assert caller.delete("/v1/session").status == 204
    assert caller.get("/v1/me").status == 401


def test_a_first_password_must_be_changed(colleague):
    _set_password(False)
    body = {"email": "new@acme.test", "password": PASSWORD}
    asked = Caller().post("/v1/session", body)
    assert (asked.status, asked.body["challenge"]["name"]) == (200, "NEW_PASSWORD_REQUIRED")
    answer = {"email": "new@acme.test", "new_password": "Another-horse-2"} | asked.body["challenge"]
    assert Caller().post("/v1/session/challenge", answer).status == 201
    assert Caller().post("/v1/session", body | {"password": "Another-horse-2"}).status == 201


def test_wrong_passwords_and_unknown_addresses_look_alike(colleague):
    _set_password(True)
    wrong = Caller().post("/v1/session", {"email": "new@acme.test", "password": "wrong"})
    unknown = Caller().post("/v1/session", {"email": "nobody@acme.test", "password": "wrong"})
    assert (wrong.status, wrong.body["code"]) == (401, "bad_credentials")
    assert wrong.body == unknown.body
    resets = [Caller().post("/v1/password-reset", {"email": one}) for one in ("new@acme.test", "nobody@acme.test")]
    assert {(reset.status, json.dumps(reset.body)) for reset in resets} == {(202, "{}")}


def test_a_customer_with_a_cognito_user_is_no_colleague(colleague, cloud):
    import os

    contact("carla@customer.test")
    boto3.client("cognito-idp").admin_create_user(
        UserPoolId=os.environ["STAFF_POOL_ID"], Username="carla@customer.test"
    )
    boto3.client("cognito-idp").admin_set_user_password(
        UserPoolId=os.environ["STAFF_POOL_ID"], Username="carla@customer.test", Password=PASSWORD, Permanent=True
    )
    assert Caller().post("/v1/session", {"email": "carla@customer.test", "password": PASSWORD}).status == 401


def test_sessions_are_listed_and_revoked(agent):
    from helpdesk.access.sessions import open_session

    token, _ = open_session(agent.me | {"org_id": "acme"}, user_agent="Phone", ip="203.0.113.9")
    phone = Caller({"cookie": f"desk={token}", "x-requested-with": "lambdesk"})
    assert phone.get("/v1/me").status == 200
    rows = agent.get("/v1/sessions").body["data"]
    assert [(row["user_agent"], row["current"]) for row in rows] == [("test", True), ("Phone", False)]
    assert agent.delete(f"/v1/sessions/{rows[1]['id']}").status == 204
    assert phone.get("/v1/me").status == 401
    assert agent.delete(f"/v1/sessions/{rows[1]['id']}").status == 404


def _link(cloud, email):
    assert Caller().post("/v1/portal/sign-in-links", {"email": email}).status == 202
    before = len(cloud.sent())
    cloud.pump()
    if len(cloud.sent()) == before:
        return None
    text = message_from_bytes(cloud.sent()[-1][1], policy=default).get_body(("plain",)).get_content()
    return re.search(r"/portal/#/sign-in/(\S+)", text)[1]


def test_a_mail_link_signs_in_once(cloud, customer):
    """SC-04."""
    token = _link(cloud, "carla@customer.test")
    answer = Caller().post("/v1/portal/session", {"token": token})
    assert (answer.status, answer.body["kind"]) == (201, "contact")
    assert answer.cookies[0].startswith("portal=")
    again = Caller().post("/v1/portal/session", {"token": token})
    assert (again.status, again.body["code"]) == (410, "link_used_or_expired")


def test_an_old_or_invented_link_is_refused_alike(cloud, customer, monkeypatch):
    from datetime import timedelta

    from helpdesk.core import clock

    token = _link(cloud, "carla@customer.test")
    later = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: later)
    old = Caller().post("/v1/portal/session", {"token": token})
    invented = [Caller().post("/v1/portal/session", {"token": one}) for one in ("x", token[:-3] + "abc", "a.b.c")]
    assert {reply.status for reply in (old, *invented)} == {410}
    assert {json.dumps(reply.body) for reply in (old, *invented)} == {json.dumps(old.body)}


def test_an_unknown_address_gets_the_same_answer_and_no_mail(cloud, customer):
    """PO-04."""
    assert _link(cloud, "nobody@elsewhere.test") is None


def test_nobody_fills_a_strangers_mailbox(cloud, customer, monkeypatch):
    from helpdesk.core import clock

    frozen = clock.now()
    monkeypatch.setattr(clock, "now", lambda: frozen)
    for email in ("carla@customer.test", "nobody@elsewhere.test"):
        replies = [
            Caller({"x-viewer-ip": f"198.51.100.{index}"}).post("/v1/portal/sign-in-links", {"email": email})
            for index in range(7)
        ]
        assert [reply.status for reply in replies] == [202] * 5 + [429] * 2


def test_unknown_callers_are_counted_by_their_own_address(cloud, monkeypatch):
    """Behind CloudFront all share its address; it notes the viewer's in a header."""
    from helpdesk.core import clock

    frozen = clock.now()
    monkeypatch.setattr(clock, "now", lambda: frozen)
    first = Caller({"x-viewer-ip": "198.51.100.1"})
    other = Caller({"x-viewer-ip": "198.51.100.2"})
    assert [first.get("/v1/health").status for _ in range(62)] == [200] * 60 + [429] * 2
    assert other.get("/v1/health").status == 200


def test_a_key_is_shown_once_and_does_what_it_may(cloud, admin, agent):
    """API-08."""
    made = admin.post("/v1/api-keys", {"name": "CRM", "scopes": ["tickets:read"]}).body
    (listed,) = admin.get("/v1/api-keys").body["data"]
    assert "key" not in listed
    assert made["key"] not in json.dumps(listed)
    key = Caller({"authorization": f"Bearer {made['key']}"})
    assert key.get("/v1/tickets?category=new").status == 200
    refused = key.post("/v1/tickets", NEW_TICKET)
    assert (refused.status, refused.body["permission"]) == (403, "tickets:write")
    assert agent.post("/v1/api-keys", {"name": "x", "scopes": ["tickets:read"]}).status == 403
    assert admin.post("/v1/api-keys", {"name": "x", "scopes": ["all"]}).status == 422
    assert admin.delete(f"/v1/api-keys/{made['id']}").status == 204
    assert key.get("/v1/tickets?category=new").status == 401


def test_a_key_loses_what_its_creator_loses(cloud, admin):
    second = staff("admin", "second@acme.test")
    made = second.post("/v1/api-keys", {"name": "CRM", "scopes": ["tickets:read", "mail:read"]}).body
    key = Caller({"authorization": f"Bearer {made['key']}"})
    assert key.get("/v1/mail").status == 200
    assert admin.patch(f"/v1/people/{second.me['id']}", {"role": "viewer"}).status == 200
    assert key.get("/v1/mail").status == 403
    assert admin.patch(f"/v1/people/{second.me['id']}", {"disabled": True}).status == 200
    assert key.get("/v1/tickets?category=new").status == 401


def test_expired_keys_and_broken_ones_are_refused(cloud, admin, monkeypatch):
    from datetime import timedelta

    from helpdesk.core import clock

    soon = clock.iso(clock.now() + timedelta(hours=1))
    assert (
        admin.post(
            "/v1/api-keys", {"name": "x", "scopes": ["tickets:read"], "expires_at": "2020-01-01T00:00:00Z"}
        ).status
        == 422
    )
    made = admin.post("/v1/api-keys", {"name": "x", "scopes": ["tickets:read"], "expires_at": soon}).body
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    for key in (made["key"], made["key"][:-1], "ldk_acme_x_y", "nonsense", ""):
        assert Caller({"authorization": f"Bearer {key}"}).get("/v1/me").status == 401


def test_writes_by_cookie_need_our_own_page(agent):
    """CSRF."""
    bare = Caller({"cookie": agent.headers["cookie"]})
    assert bare.get("/v1/me").status == 200
    assert bare.post("/v1/tickets", NEW_TICKET).body["code"] == "cross_site"
    assert agent.post("/v1/tickets", NEW_TICKET, Origin="https://evil.test").body["code"] == "cross_site"
    assert agent.post("/v1/tickets", NEW_TICKET, Origin=ENVIRONMENT["ORIGIN"]).status == 201


def test_the_two_doors_do_not_open_each_other(agent, customer):
    as_desk = Caller(customer.headers | {"cookie": customer.headers["cookie"].replace("portal=", "desk=")})
    as_portal = Caller(agent.headers | {"cookie": agent.headers["cookie"].replace("desk=", "portal=")})
    assert customer.get("/v1/tickets?category=new").status == 401
    assert as_desk.get("/v1/me").status == 401
    assert agent.get("/v1/portal/tickets").status == 401
    assert as_portal.get("/v1/portal/tickets").status == 401


def test_a_customer_sees_nothing_of_others_and_no_notes(agent, ticket, customer):
    """Pain points 23, 25."""
    agent.post(f"/v1/tickets/{ticket['id']}/messages", {"kind": "note", "body_text": "SECRET"})
    own = customer.get(f"/v1/portal/tickets/{ticket['id']}")
    assert own.status == 200
    assert "SECRET" not in json.dumps(own.body)
    stranger = contact("eve@elsewhere.test", "Eve")
    path = f"/v1/portal/tickets/{ticket['id']}"
    words = {"body_text": "Let me in"}
    refused = [
        stranger.get(path),
        stranger.post(f"{path}/messages", words),
        stranger.put(f"{path}/resolution"),
        stranger.delete(f"{path}/resolution"),
        stranger.get(f"/v1/portal/tickets/{ticket['number']}"),
    ]
    assert {reply.status for reply in refused} == {404}


def test_another_organisation_sees_nothing(cloud, agent, ticket):
    """AD-07: ids of one tenant mean nothing to another."""
    from helpdesk.settings.service import set_up_organisation

    set_up_organisation("umbra", "Umbra", "support@umbra.test")
    spy = staff("admin", "spy@umbra.test", "umbra")
    file = agent.post("/v1/attachments", {"filename": "a", "size": 1}).body
    path = f"/v1/tickets/{ticket['id']}"
    refused = [
        spy.get(path),
        spy.get(f"/v1/tickets/{ticket['number']}"),
        spy.patch(path, {"priority": "low"}),
        spy.post(f"{path}/messages", {"kind": "note", "body_text": "x"}),
        spy.put(f"{path}/resolution"),
        spy.get(f"/v1/attachments/{file['id']}"),
        spy.get(f"/v1/people/{agent.me['id']}"),
    ]
    assert {reply.status for reply in refused} == {404}
    cloud.pump()
    assert spy.get("/v1/events?after=0").body["data"] == []
    assert spy.get("/v1/people?kind=staff").body["data"][0]["email"] == "spy@umbra.test"
    assert spy.get("/v1/tickets?view=open").body["data"] == []


def test_roles_decide(agent, ticket):
    viewer = staff("viewer", "vic@acme.test")
    path = f"/v1/tickets/{ticket['id']}"
    assert viewer.get(path).status == 200
    assert viewer.patch(path, {"priority": "low"}).status == 403
    assert viewer.post(f"{path}/messages", {"kind": "reply", "body_text": "x"}).status == 403
    assert agent.post("/v1/teams", {"name": "x"}).status == 403
    assert agent.post("/v1/people", {"email": "x@y.test", "role": "admin"}).status == 403
    assert agent.patch(f"/v1/people/{viewer.me['id']}", {"name": "x"}).status == 403
    assert agent.patch(f"/v1/people/{agent.me['id']}", {"role": "admin"}).status == 403


def test_rate_limits_are_told_and_kept(cloud, admin, monkeypatch):
    """API-06."""
    made = admin.post("/v1/api-keys", {"name": "x", "scopes": ["tickets:read"], "per_minute": 20}).body
    key = Caller({"authorization": f"Bearer {made['key']}"})
    from helpdesk.core import clock

    frozen = clock.now().replace(second=0)
    monkeypatch.setattr(clock, "now", lambda: frozen)
    first = key.get("/v1/tickets?category=new")
    assert first.headers["RateLimit-Policy"] == '"minute";q=20;w=60'
    assert first.headers["RateLimit"] == '"minute";r=19;t=60'
    replies = [key.get("/v1/tickets?category=new") for _ in range(25)]
    assert [reply.status for reply in replies] == [200] * 19 + [429] * 6
    assert replies[-1].headers["Retry-After"] == "60"


def test_the_same_key_gives_the_same_answer(agent):
    """API-14."""
    first = agent.post("/v1/tickets", NEW_TICKET, Idempotency_Key="k1")
    again = agent.post("/v1/tickets", NEW_TICKET, Idempotency_Key="k1")
    assert (again.status, again.body, again.headers["ETag"]) == (201, first.body, first.headers["ETag"])
    assert again.headers["Idempotency-Replayed"] == "true"
    other = agent.post("/v1/tickets", NEW_TICKET | {"subject": "Other"}, Idempotency_Key="k1")
    assert (other.status, other.body["code"]) == (422, "idempotency_mismatch")
    assert staff("agent", "else@acme.test").post("/v1/tickets", NEW_TICKET, Idempotency_Key="k1").body != first.body
    assert agent.post("/v1/tickets", NEW_TICKET, Idempotency_Key="k" * 256).status == 400


def test_a_twin_in_flight_is_a_409(agent):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda _: agent.post("/v1/tickets", NEW_TICKET, Idempotency_Key="k2"), range(6)))
    assert {reply.status for reply in replies} <= {201, 409}
    assert len({reply.body["id"] for reply in replies if reply.status == 201}) == 1
    assert len(agent.get("/v1/tickets?category=new").body["data"]) == 1
