"""Routes of OAuth 2: what an app asks for, its tokens, and what one has granted."""

from __future__ import annotations

from dataclasses import asdict

from helpdesk.access.oauth import grants, server
from helpdesk.core.errors import Forbidden
from helpdesk.web.api import PUBLIC, SIGNED_IN, Api
from helpdesk.web.call import Answer, Call, listed

_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}  # RFC 6749 5.1


def add_oauth_routes(api: Api) -> None:
    """Add the routes of authorization, tokens and grants."""
    path, takes = "/v1/oauth/authorization", "auth.oauth_bodies:Authorization"
    api.route("GET", path, needs=SIGNED_IN, gives="AuthorizationWish")(read_wish)
    api.route("POST", path, needs=SIGNED_IN, takes=takes, gives="AuthorizationAnswer")(answer_wish)
    takes = "auth.oauth_bodies:TokenRequest"
    api.route("POST", "/v1/oauth/token", needs=PUBLIC, takes=takes, gives="OAuthTokens")(give_tokens)
    takes = "auth.oauth_bodies:Revocation"
    api.route("POST", "/v1/oauth/revocation", needs=PUBLIC, takes=takes)(revoke_token)
    api.route("GET", "/v1/grants", needs=SIGNED_IN, gives="list:Grant")(list_grants)
    api.route("DELETE", "/v1/grants/{grant_id}", needs=SIGNED_IN, status=204)(revoke_grant)


def read_wish(call: Call) -> Answer:
    """Tell which app asks, for what of the caller's own rights, and where he will be sent."""
    _only_colleagues(call)
    wish = asdict(server.read_wish(call.actor, call.query))
    app = {name: wish["app"][name] for name in ("id", "name")}
    return Answer(200, wish | {"app": app, "scopes": list(wish["scopes"])})


def answer_wish(call: Call) -> Answer:
    """Approve or refuse what an app asks for; the answer is where to go then."""
    _only_colleagues(call)
    asked = {name: value for name, value in call.body.items() if name != "approved" and value is not None}
    place = server.answer_wish(call.actor, call.ip, asked, approved=call.body["approved"])
    return Answer(200, {"redirect_to": place}, effect=False)


def give_tokens(call: Call) -> Answer:
    """Give an app tokens for a code or for a refresh token (RFC 6749; the body is a form or JSON)."""
    status, answer = server.give_tokens(call.ip, call.body, call.headers)
    return Answer(status, answer, _NO_STORE)


def revoke_token(call: Call) -> Answer:
    """Take back an app's own token, and with it all that its grant gave (RFC 7009; the body is a form or JSON)."""
    status, answer = server.revoke(call.ip, call.body, call.headers)
    return Answer(status, answer, _NO_STORE)


def list_grants(call: Call) -> Answer:
    """List the apps that may act for the caller."""
    return listed(grants.list_of(call.actor))


def revoke_grant(call: Call) -> Answer:
    """Take back what the caller has granted to an app."""
    grants.revoke(call.actor, call.path["grant_id"], call.ip)
    return Answer(204)


def _only_colleagues(call: Call) -> None:
    """A key or an app cannot grant: somebody has to sit there."""
    if call.actor.kind != "agent" or not call.actor.session_id:
        raise Forbidden("only a signed-in colleague can let an app in", code="session_needed")
