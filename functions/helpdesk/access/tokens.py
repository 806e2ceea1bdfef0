"""Bearer tokens of the staff's own Cognito pool (ID tokens, JWT), for integrators who sign in there themselves."""

from __future__ import annotations

import json
import time
from typing import Any

from helpdesk.access import store
from helpdesk.access.actor import Actor
from helpdesk.access.people import person_actor
from helpdesk.core import email_address
from helpdesk.core.aws import client
from helpdesk.core.cache import remember
from helpdesk.core.config import config
from helpdesk.core.errors import Unavailable

_KEYS_KEPT = 3600  # seconds; Cognito's signing keys change seldom
_KEYS_TIMEOUT = 3.0  # seconds
_keys: dict[str, tuple[float, Any]] = {}


def looks_like_one(credential: str) -> bool:
    """True for three parts with dots between: a JWS in its compact form (RFC 7515 7.1), never one of our keys."""
    return credential.count(".") == 2 and not credential.startswith("ldk_")


@remember(seconds=30)
def actor_of(token: str) -> Actor | None:
    """Whose ID token it is, or None: signature, issuer, audience, use, times and a verified address are checked.

    What he may do is his role's now, not what the token says. The first call of a container fetches the pool's keys.
    """
    claims = _claims(token)
    email = email_address.normalise(str(claims.get("email", ""))) if claims else None
    if not claims or not email or str(claims.get("email_verified")).lower() != "true":
        return None
    person = store.find_person(config().org_id, email)
    return person_actor(person) if person and person["kind"] == "agent" else None


def _claims(token: str) -> dict[str, Any] | None:
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    pool = config().staff_pool_id
    issuer = f"https://cognito-idp.{pool.partition('_')[0]}.amazonaws.com/{pool}"
    rules = jwt.JWTClaimsRegistry(
        leeway=30,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": config().staff_client_id},
        token_use={"essential": True, "value": "id"},
        exp={"essential": True},
    )
    try:
        decoded = jwt.decode(token, KeySet.import_key_set(_pool_keys(pool)), algorithms=["RS256"])
        rules.validate(decoded.claims)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    return dict(decoded.claims)


def _pool_keys(pool: str) -> Any:
    known = _keys.get(pool)
    if known and known[0] > time.monotonic():
        return known[1]
    keys = _fetch_keys(pool)
    _keys[pool] = (time.monotonic() + _KEYS_KEPT, keys)
    return keys


def _fetch_keys(pool: str) -> Any:
    """The pool's public keys (JWKS), from where its API is."""
    import urllib3

    url = f"{client('cognito-idp').meta.endpoint_url}/{pool}/.well-known/jwks.json"
    try:
        answer = urllib3.request("GET", url, timeout=_KEYS_TIMEOUT, retries=1, redirect=False)
    except urllib3.exceptions.HTTPError as failure:
        raise Unavailable("the sign-in service does not answer; try again") from failure
    if answer.status != 200:
        raise Unavailable("the sign-in service does not answer; try again")
    return json.loads(answer.data)
