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
    assert first.headers["RateLimit-Policy"] == '"read";q=20;w=60'
    assert first.headers["RateLimit"] == '"read";r=19;t=60'
    replies = [key.get("/v1/tickets?category=new") for _ in range(25)]
    assert [reply.status for reply in replies] == [200] * 19 + [429] * 6
    assert replies[-1].headers["Retry-After"] == "60"


def test_api06_many_containers_share_a_limit_and_none_keeps_what_it_does_not_use(cloud, admin, monkeypatch):
    from helpdesk.core import clock
    from helpdesk.web import limits

    frozen = clock.now().replace(second=0)
    monkeypatch.setattr(clock, "now", lambda: frozen)
    limits.forget()
    for _ in range(50):
        assert admin.get("/v1/tickets?category=new").status == 200
        limits.forget()


def test_api06_each_class_of_endpoints_has_a_limit_of_its_own(cloud, admin, monkeypatch):
    from helpdesk.core import clock

    scopes = ["tickets:read", "tickets:write"]
    made = admin.post("/v1/api-keys", {"name": "x", "scopes": scopes, "per_minute": 10}).body
    key = Caller({"authorization": f"Bearer {made['key']}"})
    frozen = clock.now().replace(second=0)
    monkeypatch.setattr(clock, "now", lambda: frozen)
    reads = [key.get("/v1/tickets?category=new").status for _ in range(12)]
    written = key.post("/v1/tickets", NEW_TICKET)
    assert reads == [200] * 10 + [429] * 2
    assert (written.status, written.headers["RateLimit-Policy"]) == (201, '"write";q=10;w=60')


def test_api02_a_deprecated_route_says_until_when_and_what_replaces_it(cloud):
    """Deprecation (RFC 9745) and Sunset (RFC 8594) headers, and a mark in the description."""
    from datetime import UTC, datetime

    from helpdesk.web.api import PUBLIC, Api, Deprecation
    from helpdesk.web.call import Answer

    api = Api()
    gone = Deprecation(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), "/v1/new")

    @api.route("GET", "/v1/old", needs=PUBLIC, deprecated=gone)
    def old(_call):
        """Answer."""
        return Answer(200, {})

    event = {
        "version": "2.0",
        "rawPath": "/v1/old",
        "rawQueryString": "",
        "headers": {},
        "requestContext": {"requestId": "r", "stage": "$default", "http": {"method": "GET", "path": "/v1/old"}},
    }
    answer = api.handler(event, None)
    assert answer["statusCode"] == 200, answer
    assert answer["headers"]["Deprecation"] == "@1767225600"
    assert answer["headers"]["Sunset"] == "Fri, 01 Jan 2027 00:00:00 GMT"
    assert answer["headers"]["Link"] == '</v1/new>; rel="successor-version"'


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


def test_nobody_past_the_edge_names_an_address_of_his_choice(cloud, admin, monkeypatch):
    """On AWS the header counts with CloudFront's proof alone; else API Gateway's own source address does."""
    import os

    import boto3

    from helpdesk.core import config
    from helpdesk.web import client_ip

    arn = boto3.client("secretsmanager").create_secret(Name="edge-proof", SecretString="proof")["ARN"]
    body = {"name": "k", "scopes": ["tickets:read"], "networks": ["203.0.113.0/24"]}
    key = {"authorization": f"Bearer {admin.post('/v1/api-keys', body).body['key']}", "x-viewer-ip": "203.0.113.9"}
    monkeypatch.setitem(os.environ, "STAGE", "prod")
    monkeypatch.setitem(os.environ, "EDGE_PROOF_ARN", arn)
    config.config.cache_clear()
    client_ip._proof.cache_clear()
    answers = [Caller(key | {"x-edge-proof": proof}).get("/v1/views").status for proof in ("proof", "guess", "")]
    config.config.cache_clear()
    client_ip._proof.cache_clear()
    assert answers == [200, 403, 403]
