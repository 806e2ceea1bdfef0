"""Who gets in: passwords by Cognito, sessions, single-use mail links."""

from __future__ import annotations

import json
import re
from email import message_from_bytes
from email.policy import default

import boto3
import pytest

from tests.callers import Caller, contact

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


def test_a_code_is_asked_for_and_answered(colleague, monkeypatch):
    """SC-05: whatever second factor Cognito asks for is passed on, and its answer back."""
    from helpdesk.core.aws import client

    given = {}

    def ask(**_):
        return {"ChallengeName": "SOFTWARE_TOKEN_MFA", "Session": "s-1"}

    def answer(**request):
        given.update(request)
        return {"AuthenticationResult": {"AccessToken": "t"}}

    monkeypatch.setattr(client("cognito-idp"), "initiate_auth", ask)
    monkeypatch.setattr(client("cognito-idp"), "respond_to_auth_challenge", answer)
    asked = Caller().post("/v1/session", {"email": "new@acme.test", "password": PASSWORD})
    assert asked.body == {"challenge": {"name": "SOFTWARE_TOKEN_MFA", "session": "s-1"}}
    assert asked.cookies == []
    body = {"name": "SOFTWARE_TOKEN_MFA", "session": "s-1", "email": "new@acme.test"}
    assert Caller().post("/v1/session/challenge", body | {"code": "not digits"}).status == 422
    assert Caller().post("/v1/session/challenge", body | {"code": "123456"}).status == 201
    assert given["ChallengeResponses"] == {"USERNAME": "new@acme.test", "SOFTWARE_TOKEN_MFA_CODE": "123456"}


@pytest.mark.parametrize(
    ("refusal", "status", "pointer"),
    [
        (None, 204, None),
        ("CodeMismatchException", 422, "/code"),
        ("ExpiredCodeException", 422, "/code"),
        ("InvalidPasswordException", 422, "/new_password"),
        ("LimitExceededException", 429, None),
        ("UserNotFoundException", 422, "/code"),
    ],
)
def test_a_reset_code_sets_a_new_password_or_says_why_not(colleague, monkeypatch, refusal, status, pointer):
    from helpdesk.core.aws import client

    cognito = client("cognito-idp")

    def confirm(**_):
        if refusal:
            error = {"Error": {"Code": refusal, "Message": "said Cognito"}}
            raise getattr(cognito.exceptions, refusal)(error, "ConfirmForgotPassword")

    monkeypatch.setattr(cognito, "confirm_forgot_password", confirm)
    body = {"email": "new@acme.test", "code": "123456", "new_password": "Another-horse-2"}
    reply = Caller().post("/v1/password-reset/confirmation", body)
    assert reply.status == status, reply.body
    if pointer:
        assert [error["pointer"] for error in reply.body["errors"]] == [pointer]
