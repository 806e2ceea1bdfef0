"""API-09: other people's apps act for a colleague by OAuth 2, as far as he lets them, until he takes it back."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.callers import NEW_TICKET, Caller
from tests.oauth import CALLBACK, FORM, VERIFIER, approved, asked, bearer, exchanged, token


@pytest.fixture
def app(admin) -> dict[str, Any]:
    body = {"name": "CRM", "redirect_uris": [CALLBACK], "scopes": ["tickets:read", "tickets:write", "settings:write"]}
    made = admin.post("/v1/apps", body)
    assert (made.status, made.body["client_secret"]) == (201, None)
    return made.body


def test_api09_an_app_does_what_it_was_let_and_no_more(cloud, admin, agent, app, ticket):
    wish = agent.get(f"/v1/oauth/authorization?{'&'.join(f'{k}={v}' for k, v in asked(app).items())}")
    assert wish.body == {"app": {"id": app["id"], "name": "CRM"}, "scopes": ["tickets:read"], "redirect_uri": CALLBACK}
    answer = exchanged(app, approved(agent, app))
    assert answer.status == 200 and answer.headers["Cache-Control"] == "no-store"
    assert (answer.body["token_type"], answer.body["expires_in"], answer.body["scope"]) == (
        "Bearer",
        3600,
        "tickets:read",
    )
    crm = bearer(answer.body)
    assert crm.get(f"/v1/tickets/{ticket['id']}").status == 200
    assert crm.post("/v1/tickets", NEW_TICKET).status == 403, "it did not ask for tickets:write"
    assert crm.post("/v1/teams", {"name": "x"}).status == 403, "the colleague himself may not"
    assert crm.post("/v1/oauth/authorization", asked(app) | {"approved": True}).status == 403
    (grant,) = agent.get("/v1/grants").body["data"]
    assert (grant["app"]["name"], grant["scopes"]) == ("CRM", ["tickets:read"])
    cloud.pump()
    (told,) = admin.get("/v1/audit?resource_type=grant").body["data"]
    assert (told["action"], told["actor"]["id"], told["resource"]["id"]) == ("grant.given", agent.me["id"], grant["id"])


def test_api09_its_end_is_soon_everywhere(agent, admin, app, ticket, monkeypatch):
    crm = bearer(exchanged(app, approved(agent, app)).body)
    assert crm.get("/v1/tickets").status == 200
    assert admin.delete(f"/v1/grants/{agent.get('/v1/grants').body['data'][0]['id']}").status == 404
    with monkeypatch.context() as elsewhere:  # the colleague's call is served by another container
        elsewhere.setattr("helpdesk.access.oauth.grants.forget", lambda: None)
        (grant,) = agent.get("/v1/grants").body["data"]
        assert agent.delete(f"/v1/grants/{grant['id']}").status == 204
    assert agent.delete(f"/v1/grants/{grant['id']}").status == 404
    _later(monkeypatch, 31)
    assert crm.get("/v1/tickets").status == 401
    crm = bearer(exchanged(app, approved(agent, app)).body)
    assert crm.get("/v1/tickets").status == 200
    assert admin.delete(f"/v1/apps/{app['id']}").status == 204
    assert crm.get("/v1/tickets").status == 401
    assert agent.get("/v1/grants").body["data"] == []


def test_api09_a_narrower_app_or_person_narrows_what_was_granted(agent, admin, app, ticket):
    scope = "tickets:read tickets:write"
    crm = bearer(exchanged(app, approved(agent, app, scope=scope)).body)
    assert crm.post("/v1/tickets", NEW_TICKET).status == 201
    assert admin.patch(f"/v1/apps/{app['id']}", {"scopes": ["tickets:read"]}).status == 200
    assert crm.post("/v1/tickets", NEW_TICKET).status == 403
    assert admin.patch(f"/v1/people/{agent.me['id']}", {"disabled": True}).status == 200
    assert crm.get("/v1/tickets").status == 401


def test_api09_tokens_run_out_and_are_renewed_once_each(agent, app, ticket, timeline):
    first = exchanged(app, approved(agent, app)).body
    timeline.go(hours=1, minutes=1)
    _forget()
    assert bearer(first).get("/v1/tickets").status == 401
    second = token(app, grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert second.status == 200 and bearer(second.body).get("/v1/tickets").status == 200
    wider = token(app, grant_type="refresh_token", refresh_token=second.body["refresh_token"], scope="tickets:write")
    assert wider.body["error"] == "invalid_scope"
    stolen = token(app, grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert (stolen.status, stolen.body["error"]) == (400, "invalid_grant")
    assert bearer(second.body).get("/v1/tickets").status == 401, "a refresh token that comes back ends all"


def test_api09_a_refresh_token_used_by_two_at_once_serves_one(agent, app):
    first = exchanged(app, approved(agent, app)).body["refresh_token"]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: token(app, grant_type="refresh_token", refresh_token=first), range(4)))
    assert sum(one.status == 200 for one in answers) <= 1
    assert {one.body.get("error") for one in answers if one.status != 200} == {"invalid_grant"}


def test_api09_a_code_is_good_once_for_a_minute_for_its_app_and_verifier(agent, admin, app, timeline):
    code = approved(agent, app)
    other = admin.post("/v1/apps", {"name": "x", "redirect_uris": [CALLBACK], "scopes": ["tickets:read"]}).body
    assert exchanged(other, code).body["error"] == "invalid_grant"
    assert exchanged(app, code, code_verifier="w" * 50).body["error"] == "invalid_grant"
    assert exchanged(app, code, redirect_uri="https://evil.test/").body["error"] in ("invalid_request", "invalid_grant")
    tokens = exchanged(app, code).body
    assert bearer(tokens).get("/v1/tickets").status == 200
    assert exchanged(app, code).body["error"] == "invalid_grant"
    assert bearer(tokens).get("/v1/tickets").status == 401, "a code that comes back ends what it gave"
    late = approved(agent, app)
    timeline.go(seconds=62)
    assert exchanged(app, late).body["error"] == "invalid_grant"


def test_api09_a_confidential_app_shows_its_secret_in_header_or_body(agent, admin):
    body = {"name": "ERP", "redirect_uris": [CALLBACK], "scopes": ["tickets:read"], "confidential": True}
    app = admin.post("/v1/apps", body).body
    secret = app["client_secret"]
    assert secret not in str(admin.get(f"/v1/apps/{app['id']}").body)
    assert exchanged(app, approved(agent, app, scope="tickets:read")).body["error"] == "invalid_client"
    assert exchanged(app, approved(agent, app, scope="tickets:read"), client_secret="x").status == 401
    assert exchanged(app, approved(agent, app, scope="tickets:read"), client_secret=secret).status == 200
    basic = base64.b64encode(f"{app['id']}:{secret}".encode()).decode()
    code = approved(agent, app, scope="tickets:read")
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK, "code_verifier": VERIFIER}
    answer = Caller().call("POST", "/v1/oauth/token", urlencode(form), authorization=f"Basic {basic}", **FORM)
    assert answer.status == 200
    revoked = {"token": answer.body["refresh_token"], "client_id": app["id"]}
    path = "/v1/oauth/revocation"
    assert Caller().call("POST", path, urlencode(revoked), **FORM).status == 401
    assert bearer(answer.body).get("/v1/tickets").status == 200
    assert Caller().call("POST", path, urlencode(revoked | {"client_secret": secret}), **FORM).status == 200
    assert bearer(answer.body).get("/v1/tickets").status == 401
    assert Caller().call("POST", path, urlencode(revoked | {"client_secret": secret}), **FORM).status == 200


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"client_id": "nobody"}, "invalid_request"),
        ({"redirect_uri": "https://evil.test/callback"}, "invalid_request"),
        ({"redirect_uri": f"{CALLBACK}/more"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "PKCE"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "tickets:read people:write"}, "invalid_scope"),
    ],
)
def test_api09_what_an_app_may_not_ask_goes_nowhere(agent, app, changed, reason):
    refused = agent.post("/v1/oauth/authorization", asked(app, **changed) | {"approved": True})
    assert (refused.status, refused.body["code"]) == (400, "bad_authorization_request")
    assert reason in refused.body["detail"]


def test_api09_a_refusal_is_told_to_the_app(agent, app):
    answer = agent.post("/v1/oauth/authorization", asked(app) | {"approved": False}).body["redirect_to"]
    assert parse_qs(urlsplit(answer).query) == {
        "error": ["access_denied"],
        "state": ["s1"],
        "iss": ["http://127.0.0.1:8080"],
    }


@pytest.mark.parametrize(
    "uri",
    ["http://crm.test/cb", "javascript:alert(1)", "https://a.test/#x", "https://u@a.test/", "data:text/html,x", "/cb"],
)
def test_api09_an_app_is_sent_back_to_safe_places_only(admin, uri):
    body = {"name": "x", "redirect_uris": [CALLBACK, uri], "scopes": ["tickets:read", "own:read"]}
    refused = admin.post("/v1/apps", body)
    assert refused.status == 422
    assert [one["pointer"] for one in refused.body["errors"]] == ["/scopes/1", "/redirect_uris/1"]


def test_api09_an_app_on_a_laptop_listens_at_any_port(agent, admin):
    uris = ["http://127.0.0.1/cb", "com.example.app:/cb"]
    app = admin.post("/v1/apps", {"name": "CLI", "redirect_uris": uris, "scopes": ["tickets:read"]}).body
    for uri in ("http://127.0.0.1:49152/cb", "com.example.app:/cb"):
        body = asked(app, redirect_uri=uri, scope="tickets:read") | {"approved": True}
        assert agent.post("/v1/oauth/authorization", body).body["redirect_to"].startswith(f"{uri}?code=")


def _forget() -> None:
    from helpdesk.core.cache import forget

    forget()


def _later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    from helpdesk.core import cache

    at = cache.time.monotonic() + seconds
    monkeypatch.setattr("helpdesk.core.cache.time.monotonic", lambda: at)
