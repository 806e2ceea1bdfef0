"""Bearer ID tokens of the staff's Cognito pool: whose they are, and which are refused."""

from __future__ import annotations

import json
import time

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from helpdesk.access import tokens
from tests.callers import Caller

KEY = RSAKey.generate_key(2048, {"kid": "one"}, private=True)
OTHER = RSAKey.generate_key(2048, {"kid": "one"}, private=True)


@pytest.fixture
def pool(cloud, monkeypatch):
    """The pool's id, with its keys as Cognito would publish them."""
    from helpdesk.core.config import config

    monkeypatch.setattr(tokens, "_fetch_keys", lambda _pool: {"keys": [KEY.as_dict(private=False)]})
    tokens._keys.clear()
    return config()


def _token(pool, key=KEY, header=None, **changed) -> Caller:
    region = pool.staff_pool_id.partition("_")[0]
    claims = {
        "iss": f"https://cognito-idp.{region}.amazonaws.com/{pool.staff_pool_id}",
        "aud": pool.staff_client_id,
        "token_use": "id",
        "exp": int(time.time()) + 600,
        "email": "Sam@acme.test",
        "email_verified": True,
    } | changed
    kept = {name: value for name, value in claims.items() if value is not None}
    return Caller({"authorization": f"Bearer {jwt.encode({'alg': 'RS256', 'kid': 'one'} | (header or {}), kept, key)}"})


def test_an_id_token_is_its_owner_with_his_present_role(pool, agent, admin):
    caller = _token(pool)
    assert caller.get("/v1/me").body["id"] == agent.me["id"]
    assert caller.get("/v1/api-keys").status == 403
    assert admin.patch(f"/v1/people/{agent.me['id']}", {"disabled": True}).status == 200
    assert caller.get("/v1/me").status == 401


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": OTHER},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"aud": "another-client"},
        {"iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_other"},
        {"token_use": "access"},
        {"email": "nobody@acme.test"},
        {"email": "carla@customer.test"},
        {"email_verified": False},
    ],
    ids=("key", "past", "endless", "audience", "issuer", "use", "stranger", "customer", "unverified"),
)
def test_tokens_that_prove_nothing_are_refused(pool, agent, customer, wrong):
    assert _token(pool, **wrong).get("/v1/me").status == 401


def test_a_token_without_a_signature_is_refused(pool, agent):
    import base64

    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    claims = {"email": "sam@acme.test", "email_verified": True, "exp": int(time.time()) + 600, "token_use": "id"}
    for token in (f"{part({'alg': 'none'})}.{part(claims)}.", "a.b.c", "..", f"{part({})}.{part([])}.x"):
        assert Caller({"authorization": f"Bearer {token}"}).get("/v1/me").status == 401


def test_the_portal_takes_none(pool, agent):
    assert _token(pool).get("/v1/portal/me").status == 401
