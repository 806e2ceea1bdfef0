"""API keys: shown once, stored hashed, never more than their creator may do now."""

from __future__ import annotations

import hmac
import secrets
from typing import Any

from helpdesk.access import store
from helpdesk.access.actor import Actor, person_actor
from helpdesk.access.roles import PERMISSIONS
from helpdesk.core import clock
from helpdesk.core.cache import forget, remember
from helpdesk.core.errors import FieldError, Invalid, NotFound
from helpdesk.core.ids import new_id
from helpdesk.core.signing import fingerprint

_SHOWN = ("id", "name", "scopes", "created_by", "created_at", "expires_at", "last_used_at")


def create(
    creator: Actor,
    name: str,
    scopes: list[str],
    expires_at: str | None = None,
    per_minute: int | None = None,
) -> dict[str, Any]:
    """Make a key; the answer carries `key`, which can never be shown again. `per_minute` is its rate limit.

    Raises
    ------
    Invalid
        for a scope that does not exist or that the creator lacks.
    """
    wrong = [
        FieldError(f"/scopes/{index}", "unknown_scope" if scope not in PERMISSIONS else "not_yours", scope)
        for index, scope in enumerate(scopes)
        if not creator.may(scope)
    ]
    if wrong:
        raise Invalid("a key can do no more than you can", *wrong)
    secret = secrets.token_urlsafe(30)
    row = {
        "id": new_id(),
        "name": name,
        "scopes": sorted(set(scopes)),
        "digest": fingerprint(secret),
        "created_by": creator.id,
        "created_at": clock.stamp(),
        "expires_at": expires_at,
        "last_used_at": None,
        "per_minute": per_minute,
    }
    store.put_key(creator.org_id, row)
    return _public(row) | {"key": f"ldk_{creator.org_id}_{row['id']}_{secret}"}


def list_of(org_id: str) -> list[dict[str, Any]]:
    """All keys of the organisation, without their secrets."""
    return [_public(row) for row in store.list_keys(org_id)]


def revoke(org_id: str, key_id: str) -> None:
    """End a key: here at once, in other containers within 30 s."""
    if not store.delete_key(org_id, key_id):
        raise NotFound("there is no such key")
    forget()


@remember(seconds=30)
def actor_of(key: str) -> Actor | None:
    """Whose key it is, or None; three round trips, kept for 30 s."""
    parts = key.split("_", 3)
    if len(parts) != 4 or parts[0] != "ldk":
        return None
    _, org_id, key_id, secret = parts
    row = store.get_key(org_id, key_id)
    if not row or not hmac.compare_digest(row["digest"], fingerprint(secret)) or _over(row):
        return None
    creator = store.get_person(org_id, row["created_by"])
    if not creator:
        return None
    store.touch_key(org_id, key_id, clock.stamp())
    granted = person_actor(creator).permissions & frozenset(row["scopes"])
    role = creator.get("role")  # field rules show a key what they show its maker's role
    return Actor("key", key_id, org_id, granted, name=row["name"], role=role, per_minute=row.get("per_minute"))


def _over(row: dict[str, Any]) -> bool:
    return bool(row["expires_at"]) and clock.parse(row["expires_at"]) <= clock.now()


def _public(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in _SHOWN}
