"""NO-04: web push to the browsers of a colleague, sealed for each, without the words of a note."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwt
from joserfc.jwk import ECKey

from tests.api.notices import Browser, ask, mine, note, settle, state, wish
from tests.faults import deaths

_DEVICES = "/v1/notifications/push-subscriptions"


@pytest.fixture
def browser():
    made = Browser()
    yield made
    made.stop()


@pytest.fixture
def subscribed(agent, browser) -> dict[str, Any]:
    reply = agent.post(_DEVICES, browser.subscription())
    assert reply.status == 201, reply.body
    return dict(reply.body)


def test_no04_a_reply_is_pushed_sealed_and_signed_with_its_ticket(cloud, admin, agent, customer, browser, subscribed):
    ticket = mine(admin, agent, cloud)
    ask(customer, ticket)
    settle(cloud)
    message = json.loads(browser.read())
    assert message["title"] == f"#{ticket['number']} {ticket['subject']}"
    assert (message["body"], message["url"]) == ("Carla wrote", f"/agent/tickets/{ticket['number']}")
    headers, sealed = browser.got[-1]
    assert b"Carla" not in sealed
    assert (headers["content-encoding"], headers["topic"]) == ("aes128gcm", message["tag"])
    assert state(agent, "push")[0] == "sent"
    token, key = headers["authorization"].removeprefix("vapid t=").split(", k=")
    assert key == agent.get("/v1/notifications/preferences").body["push_key"]
    point = base64.urlsafe_b64decode(key + "=")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    claims = jwt.decode(token, ECKey.import_key(_pem(public)), algorithms=["ES256"]).claims
    assert claims["aud"] == browser.subscription()["endpoint"].partition("/push")[0]
    assert claims["sub"] == "mailto:support@acme.test"


def test_no04_of_a_note_only_the_number_and_the_kind_leave_the_desk(cloud, admin, agent, browser, subscribed):
    ticket = mine(admin, agent, cloud)
    note(admin, ticket, agent.me["id"])
    settle(cloud)
    message = json.loads(browser.read())
    assert (message["title"], message["body"]) == (f"Ticket #{ticket['number']}", "You were mentioned")
    assert not {"4711", ticket["subject"], "Admin"} & set(browser.read().split())


@pytest.mark.parametrize("status", [404, 410])
def test_no04_a_browser_that_is_gone_is_forgotten(cloud, admin, agent, browser, subscribed, status):
    browser.status = status
    ticket = mine(admin, agent, cloud)
    assert agent.get("/v1/notifications/preferences").body["devices"] == []
    assert state(agent, "push")[:2] == ("suppressed", "no_device")
    note(admin, ticket, agent.me["id"])
    settle(cloud)
    assert len(browser.got) == 1


def test_a_push_service_that_does_not_answer_is_asked_again_and_in_the_end_given_up(
    cloud, admin, agent, browser, subscribed, timeline
):
    browser.status = 503
    mine(admin, agent, cloud)
    assert state(agent, "push")[0] == "sending"
    for _ in range(8):
        timeline.go(hours=2)
        cloud.tick()
    assert state(agent, "push")[:2] == ("failed", "not_taken")
    assert len(browser.got) == 8
    timeline.go(hours=2)
    cloud.tick()
    assert len(browser.got) == 8


def test_no06_killed_anywhere_a_push_is_shown_once(cloud, admin, agent, browser, subscribed, monkeypatch):
    """A push service cannot be asked what it has: one posted again has the tag of the first, and takes its place."""
    monkeypatch.setattr("helpdesk.notifications.store.LEASE", timedelta(0))
    wish(agent, mail="off")
    for death in deaths():
        browser.got.clear()
        ticket = mine(admin, agent, cloud)
        browser.got.clear()
        note(admin, ticket, agent.me["id"])
        cloud.run_stream()
        with death:
            cloud.run_notify()
        settle(cloud)
        cloud.tick()
        assert len({json.loads(browser.read(index))["tag"] for index in range(len(browser.got))}) == 1, death
        assert state(agent, "push")[0] == "sent", death


def test_without_a_browser_a_push_is_suppressed_and_says_so(cloud, admin, agent):
    mine(admin, agent, cloud)
    assert state(agent, "push")[:2] == ("suppressed", "no_device")


def test_pushes_that_waited_for_the_end_of_quiet_hours_come_as_one(cloud, admin, agent, browser, subscribed, timeline):
    from datetime import UTC, datetime

    timeline.at = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    wish(agent, zone="Europe/Berlin", quiet={"since": "22:00", "until": "07:00", "days": days})
    ticket = mine(admin, agent, cloud)
    for _ in range(2):
        timeline.go(seconds=1)
        note(admin, ticket, agent.me["id"])
        settle(cloud)
    assert state(agent, "push")[:2] == ("held", "quiet_hours") and not browser.got
    timeline.at = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
    cloud.tick()
    assert len(browser.got) == 1
    assert json.loads(browser.read())["title"] == "2 notices"


def test_a_subscription_is_ones_own_renewed_and_removed(agent, admin, browser, subscribed):
    renewed = agent.post(_DEVICES, browser.subscription()).body
    assert renewed["id"] == subscribed["id"]
    (shown,) = agent.get("/v1/notifications/preferences").body["devices"]
    assert shown["label"] == "Firefox" and "endpoint" not in shown
    assert admin.delete(f"{_DEVICES}/{shown['id']}").status == 404
    assert agent.delete(f"{_DEVICES}/{shown['id']}").status == 204
    assert agent.delete(f"{_DEVICES}/{shown['id']}").status == 404
    for number in range(12):
        assert agent.post(_DEVICES, browser.subscription(str(number))).status == 201
    assert len(agent.get("/v1/notifications/preferences").body["devices"]) == 10


@pytest.mark.parametrize(
    ("endpoint", "code"),
    [
        ("http://push.example/x", "not_https"),
        ("https://169.254.169.254/latest", "private_address"),
        ("https://10.0.0.1/x", "private_address"),
        ("https://user@push.example/x", "user_in_url"),
        ("nonsense", "not_a_url"),
    ],
)
def test_an_endpoint_in_our_own_network_is_refused(agent, browser, endpoint, code):
    reply = agent.post(_DEVICES, browser.subscription() | {"endpoint": endpoint})
    assert reply.status == 422
    assert [(one["pointer"], one["code"]) for one in reply.body["errors"]] == [("/endpoint", code)]


def test_keys_that_are_none_are_refused_at_their_place(agent, browser):
    point = base64.urlsafe_b64encode(b"\x04" + b"\x01" * 64).decode()
    for keys, pointers in (
        ({"p256dh": "AAAA", "auth": "AAAA"}, {"/keys/p256dh", "/keys/auth"}),
        ({"p256dh": point, "auth": browser.subscription()["keys"]["auth"]}, {"/keys/p256dh"}),
    ):
        reply = agent.post(_DEVICES, browser.subscription() | {"keys": keys})
        assert {one["pointer"] for one in reply.body["errors"]} == pointers


def _pem(public: Any) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
