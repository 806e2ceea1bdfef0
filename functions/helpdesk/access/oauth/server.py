"""The three steps of OAuth 2: ask a colleague, give tokens for his code, take tokens back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from helpdesk.access.actor import Actor
from helpdesk.access.oauth import grants
from helpdesk.core.config import config
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.items import Item

_HERE = "https://desk.invalid/"  # oauthlib wants to hear of TLS, which ends before us


@dataclass(frozen=True)
class Wish:
    """What an app asks for: which app, which of it the colleague can give, and where he is sent afterwards."""

    app: Item
    scopes: tuple[str, ...]
    redirect_uri: str


def read_wish(actor: Actor, parameters: dict[str, str]) -> Wish:
    """Check what an app asks for, before anybody is asked.

    Raises
    ------
    Invalid
        `bad_authorization_request`: it is shown to the colleague, and nobody is sent anywhere (RFC 6749 4.1.2.1).
    """
    from oauthlib.oauth2 import OAuth2Error

    try:
        if parameters.get("code_challenge_method") != "S256":
            raise _refused("code_challenge_method", "PKCE with S256 is needed (RFC 7636)")
        scopes, facts = _server(actor.org_id, "").validate_authorization_request(_uri(parameters))
    except OAuth2Error as failure:
        raise _refused(
            "", f"{failure.error}: {failure.description or 'this app asks in a way that is not allowed'}"
        ) from None
    request = facts["request"]
    return Wish(request.client.app, tuple(one for one in scopes if actor.may(one)), facts["redirect_uri"])


def answer_wish(actor: Actor, ip: str, parameters: dict[str, str], *, approved: bool) -> str:
    """The address to send the colleague to: with a code for the app if he has approved, else with `access_denied`.

    Raises
    ------
    Invalid
        as `read_wish` does, and when he can give nothing of what is asked for.
    """
    wish = read_wish(actor, parameters)
    issuer = {"iss": config().origin} | ({"state": parameters["state"]} if parameters.get("state") else {})
    if not approved:
        return _with(wish.redirect_uri, {"error": "access_denied"} | issuer)
    if not wish.scopes:
        raise _refused("scope", "you may do nothing of what this app asks for")
    given = parameters | {"scope": " ".join(wish.scopes)}
    headers, _, _ = _server(actor.org_id, ip).create_authorization_response(
        _uri(given), scopes=list(wish.scopes), credentials={"user": actor.id}
    )
    return _with(headers["Location"], {"iss": issuer["iss"]})


def give_tokens(ip: str, body: dict[str, str], headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """`(status, answer)` of the token endpoint, in RFC 6749's own words: `{error, error_description}` when refused."""
    from oauthlib.oauth2 import OAuth2Error

    named = {"Authorization": headers.get("authorization", "")}
    server = _server(config().org_id, ip)
    try:
        _, text, status = server.create_token_response(_HERE, "POST", urlencode(body), named)
    except OAuth2Error as failure:
        return failure.status_code, json.loads(failure.json)
    return status, json.loads(text)


def revoke(ip: str, body: dict[str, str], headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """`(status, answer)` of the revocation endpoint: 200 also for a token that is none (RFC 7009 2.2)."""
    named = {"Authorization": headers.get("authorization", "")}
    server = _server(config().org_id, ip)
    _, text, status = server.create_revocation_response(_HERE, "POST", urlencode(body), named)
    return status, json.loads(text) if text else {}


def _server(org_id: str, ip: str) -> Any:
    from oauthlib.oauth2 import WebApplicationServer

    from helpdesk.access.oauth.validator import Validator

    def fresh(kind: str) -> Any:
        return lambda request, *_: grants.make_token(kind, org_id, request.user, request.grant_id)

    seconds = int(grants.ACCESS.total_seconds())
    return WebApplicationServer(Validator(org_id, ip), fresh("access"), seconds, fresh("refresh"))


def _uri(parameters: dict[str, str]) -> str:
    return f"{_HERE}?{urlencode(parameters)}"


def _with(uri: str, parameters: dict[str, str]) -> str:
    from oauthlib.common import add_params_to_uri

    return str(add_params_to_uri(uri, list(parameters.items())))


def _refused(name: str, reason: str) -> Invalid:
    fault = FieldError(f"/{name}" if name else "", "not_allowed", reason)
    return Invalid(reason, fault, code="bad_authorization_request", malformed=True)
