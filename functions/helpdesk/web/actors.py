"""Who is calling: API key, ID token, an app's access token, or session cookie of the desk or the portal."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from helpdesk.access import keys, sessions, tokens
from helpdesk.access.actor import Actor
from helpdesk.access.oauth import grants
from helpdesk.core.config import config
from helpdesk.core.errors import Forbidden, Unauthenticated

_SAFE = {"GET", "HEAD", "OPTIONS"}
_KIND_OF_DOOR = {"desk": "agent", "portal": "contact"}


def cookie_name(door: str) -> str:
    """`__Host-desk` or `__Host-portal`; without the prefix on the laptop, whose origin is plain http."""
    return door if config().local else f"__Host-{door}"


def session_cookie(door: str, token: str, seconds: int) -> str:
    """The Set-Cookie value; an empty token and 0 seconds ends it."""
    secure = "" if config().local else " Secure;"
    site = "Strict" if door == "desk" else "Lax"
    return f"{cookie_name(door)}={token}; Path=/; Max-Age={seconds};{secure} HttpOnly; SameSite={site}"


def actor_of(event: dict[str, Any], headers: dict[str, str], door: str, ip: str) -> Actor:
    """The caller.

    Raises
    ------
    Unauthenticated
        without a valid credential for this door.
    Forbidden
        when a cookie comes from another site's page (CSRF), or a key from a network that it is not for.
    """
    scheme, _, credential = headers.get("authorization", "").partition(" ")
    if credential:
        actor = _bearer(credential.strip()) if scheme.lower() == "bearer" and door == "desk" else None
        return _from_allowed_network(_known(actor), ip)
    token = _cookies(event, headers).get(cookie_name(door), "")
    actor = sessions.actor_of(token) if token else None
    if actor and actor.kind != _KIND_OF_DOOR[door]:
        actor = None
    found = _known(actor)
    _same_site(event, headers)
    return found


def _bearer(credential: str) -> Actor | None:
    if grants.looks_like_one(credential):
        return grants.actor_of(credential)
    return tokens.actor_of(credential) if tokens.looks_like_one(credential) else keys.actor_of(credential)


def _known(actor: Actor | None) -> Actor:
    if actor is None or not actor.permissions:
        raise Unauthenticated("sign in, or send a valid API key")
    return actor


def _from_allowed_network(actor: Actor, ip: str) -> Actor:
    if not keys.allowed_from(actor, ip):
        raise Forbidden("this key may not be used from your network", code="network_not_allowed")
    return actor


def _same_site(event: dict[str, Any], headers: dict[str, str]) -> None:
    """A write by cookie needs a header that no form can send, and if it names an origin, our own."""
    if event["requestContext"]["http"]["method"] in _SAFE:
        return
    origin = headers.get("origin")
    foreign = origin and urlsplit(origin).netloc != urlsplit(config().origin).netloc
    if foreign or not headers.get("x-requested-with"):
        raise Forbidden("writes by cookie need X-Requested-With and our own Origin", code="cross_site")


def _cookies(event: dict[str, Any], headers: dict[str, str]) -> dict[str, str]:
    """API Gateway puts cookies in `cookies`; MiniStack leaves them in the header."""
    pairs = event.get("cookies") or headers.get("cookie", "").split(";")
    split = (pair.strip().partition("=") for pair in pairs)
    return {name: value for name, _, value in split}
