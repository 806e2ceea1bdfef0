"""The way of an app through OAuth 2: asked for, approved, exchanged for tokens."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.callers import Caller

CALLBACK = "https://crm.test/callback"
VERIFIER = "v" * 50
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
FORM = {"content_type": "application/x-www-form-urlencoded"}


def asked(app: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {
        "client_id": app["id"],
        "redirect_uri": CALLBACK,
        "response_type": "code",
        "scope": "tickets:read settings:write",
        "state": "s1",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    } | other


def approved(person: Caller, app: dict[str, Any], **other: Any) -> str:
    """The code that the colleague's approval gives."""
    answer = person.post("/v1/oauth/authorization", asked(app, **other) | {"approved": True})
    assert answer.status == 200, answer.body
    place = urlsplit(answer.body["redirect_to"])
    told = parse_qs(place.query)
    assert f"{place.scheme}://{place.netloc}{place.path}" == CALLBACK
    assert (told["state"], told["iss"]) == (["s1"], ["http://127.0.0.1:8080"])
    return told["code"][0]


def token(app: dict[str, Any], **form: Any) -> Any:
    return Caller().call("POST", "/v1/oauth/token", urlencode({"client_id": app["id"]} | form), **FORM)


def exchanged(app: dict[str, Any], code: str, **other: Any) -> Any:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK, "code_verifier": VERIFIER}
    return token(app, **form | other)


def bearer(tokens: Any) -> Caller:
    return Caller({"authorization": f"Bearer {tokens['access_token']}"})
