"""Routes of signing in, sessions and oneself, for staff."""

from __future__ import annotations

from auth.oauth import add_oauth_routes
from helpdesk.access import identity, sessions
from helpdesk.access.people import person_actor
from helpdesk.core.config import config
from helpdesk.core.errors import Unauthenticated
from helpdesk.people.model import normal_email
from helpdesk.people.service import find_person
from helpdesk.web import limits
from helpdesk.web.actors import session_cookie
from helpdesk.web.api import PUBLIC, SIGNED_IN, Api
from helpdesk.web.call import Answer, Call, listed
from helpdesk.web.me import me_shape, new_session

api = Api()
handler = api.handler
add_oauth_routes(api)


@api.route("POST", "/v1/session", needs=PUBLIC, takes="auth.bodies:SignIn", gives="Me", status=201)
def sign_in(call: Call) -> Answer:
    """Sign in with address and password; a challenge is answered with 200."""
    email = normal_email(call.body["email"])
    return _let_in(call, email, identity.check_password(email, call.body["password"]))


@api.route("POST", "/v1/session/challenge", needs=PUBLIC, takes="auth.bodies:ChallengeAnswer", gives="Me", status=201)
def answer_challenge(call: Call) -> Answer:
    """Answer a challenge: choose a new password, or give a code."""
    body, email = call.body, normal_email(call.body["email"])
    challenge = identity.answer_challenge(
        body["name"], body["session"], email, body.get("new_password"), body.get("code")
    )
    return _let_in(call, email, challenge)


@api.route("DELETE", "/v1/session", needs=SIGNED_IN, status=204)
def sign_out(call: Call) -> Answer:
    """End this session."""
    if call.actor.session_id:
        sessions.revoke(call.actor, call.actor.session_id, call.ip)
    return Answer(204, cookies=(session_cookie("desk", "", 0),))


@api.route("GET", "/v1/sessions", needs=SIGNED_IN, gives="list:Session")
def list_sessions(call: Call) -> Answer:
    """List one's own sessions."""
    return listed(sessions.list_of(call.actor))


@api.route("DELETE", "/v1/sessions/{session_id}", needs=SIGNED_IN, status=204)
def revoke_session(call: Call) -> Answer:
    """End one of one's own sessions."""
    sessions.revoke(call.actor, call.path["session_id"], call.ip)
    return Answer(204)


@api.route("POST", "/v1/password-reset", needs=PUBLIC, takes="auth.bodies:ResetRequest", status=202)
def ask_reset(call: Call) -> Answer:
    """Ask for a reset code; the answer is the same for unknown addresses."""
    email = normal_email(call.body["email"])
    limits.take_mail(email)
    identity.ask_reset(email)
    return Answer(202, {})


@api.route("POST", "/v1/password-reset/confirmation", needs=PUBLIC, takes="auth.bodies:ResetConfirmation", status=204)
def confirm_reset(call: Call) -> Answer:
    """Set a new password by the mailed code."""
    body = call.body
    identity.confirm_reset(normal_email(body["email"]), body["code"], body["new_password"])
    return Answer(204)


@api.route("GET", "/v1/me", needs=SIGNED_IN, gives="Me")
def read_me(call: Call) -> Answer:
    """Who one is, and what one may do."""
    return Answer(200, me_shape(call.actor))


def _let_in(call: Call, email: str, challenge: identity.Challenge | None) -> Answer:
    if challenge:
        return Answer(200, {"challenge": {"name": challenge.name, "session": challenge.session}})
    person = find_person(config().org_id, email)
    if not person or person.kind != "agent" or not person_actor(person.public()).permissions:
        raise Unauthenticated("the address or the password is wrong", code="bad_credentials")
    return new_session(call, "desk", person.public())
