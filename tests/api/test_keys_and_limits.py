"""API keys, rate limits and Idempotency-Key: what integrators rely on."""

from __future__ import annotations

import json

from tests.callers import NEW_TICKET, Caller, staff


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
