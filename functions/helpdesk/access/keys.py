"""API keys: shown once, stored hashed, never more than their creator may do now."""

from __future__ import annotations

import base64
import hmac
import secrets
from ipaddress import ip_address, ip_network
from typing import Any

from helpdesk.access import store
from helpdesk.access.actor import Actor
from helpdesk.access.people import person_actor
from helpdesk.access.roles import PERMISSIONS
from helpdesk.core import clock
from helpdesk.core.cache import remember
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.signing import fingerprint, sign
from helpdesk.records import service as records
from helpdesk.records.service import Kind

API_KEY = Kind("api_key", "API key", secrets=frozenset({"digest"}))
_SHOWN = (
    "id",
    "name",
    "scopes",
    "team_ids",
    "networks",
    "per_minute",
    "created_by",
    "created_at",
    "expires_at",
    "last_used_at",
    "version",
)


def create(creator: Actor, cause: Cause, body: dict[str, Any]) -> dict[str, Any]:
    """Make a key; the answer carries `key`, which can never be shown again.

    `body` has `name` and `scopes`, and may narrow the key: `expires_at`, `team_ids` (it sees only their tickets),
    `networks` (CIDR blocks from which it may be used), `per_minute` (its rate limit).

    Raises
    ------
    Invalid
        for a scope that does not exist or that the creator lacks, and for what is no network.
    """
    values = dict.fromkeys(("team_ids", "networks", "per_minute", "expires_at", "last_used_at")) | body
    values |= {"scopes": sorted(set(body["scopes"])), "created_by": creator.colleague_id}
    _check(creator, values)
    secret = fresh_secret(cause, "api_key")
    row = records.create(cause, API_KEY, values | {"digest": fingerprint(secret)})
    return _public(row) | {"key": f"ldk_{creator.org_id}_{row['id']}_{secret}"}


def change(actor: Actor, cause: Cause, key_id: str, changes: dict[str, Any], version: int | None) -> dict[str, Any]:
    """Change a key's name or what it may; its secret stays. Gives the key as `list_of` does."""
    _check(actor, changes)
    return _public(records.change(cause, API_KEY, key_id, changes, version))


def list_of(org_id: str) -> list[dict[str, Any]]:
    """All keys of the organisation, without their secrets, oldest first."""
    return [_public(row) for row in store.list_keys(org_id)]


def revoke(cause: Cause, key_id: str) -> None:
    """End a key: here at once, in other containers within 30 s."""
    records.delete(cause, API_KEY, key_id)


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
    return actor_from(row, person_actor(creator))


def actor_by_id(org_id: str, key_id: str) -> Actor | None:
    """What a key may do now, for work that it began: None when it is revoked or over."""
    row = store.get_key(org_id, key_id)
    creator = store.get_person(org_id, row["created_by"]) if row and not _over(row) else None
    return actor_from(row, person_actor(creator)) if row and creator else None


def actor_from(row: dict[str, Any], creator: Actor) -> Actor:
    """The actor that a key is while its creator has these rights: never more than he."""
    teams = creator.team_ids
    sees = creator.sees
    if row.get("team_ids"):
        sees = frozenset({"teams"})
        teams = tuple(row["team_ids"]) if "all" in creator.sees else tuple(set(row["team_ids"]) & set(teams))
    return Actor(
        kind="key",
        id=row["id"],
        org_id=creator.org_id,
        permissions=creator.permissions & frozenset(row["scopes"]),
        name=row["name"],
        role=creator.role,  # field rules show a key what they show its maker's role
        team_ids=teams,
        sees=sees,
        per_minute=row.get("per_minute"),
        behind=creator.id,
        networks=tuple(row.get("networks") or ()),
    )


def allowed_from(actor: Actor, ip: str) -> bool:
    """False if the key may be used from some networks only, and the caller's address is in none of them."""
    if not actor.networks:
        return True
    try:
        address = ip_address(ip)
    except ValueError:
        return False
    return any(address in ip_network(network, strict=False) for network in actor.networks)


def _check(actor: Actor, values: dict[str, Any]) -> None:
    faults = [
        FieldError(f"/scopes/{index}", "unknown_scope" if scope not in PERMISSIONS else "not_yours", scope)
        for index, scope in enumerate(values.get("scopes") or ())
        if not actor.may(scope)
    ]
    for index, network in enumerate(values.get("networks") or ()):
        try:
            ip_network(network, strict=False)
        except ValueError:
            faults.append(FieldError(f"/networks/{index}", "not_a_network", "such as 203.0.113.0/24 or 2001:db8::/32"))
    if faults:
        raise Invalid("the key cannot be made so: it can do no more than you can", *faults)


def fresh_secret(cause: Cause, purpose: str) -> str:
    """A fresh secret; a command that is tried again gets the same one, so that what it shows is what it made."""
    if not cause.command_id:
        return secrets.token_urlsafe(30)
    return base64.urlsafe_b64encode(sign(purpose, cause.command_id.encode(), 30)).decode()


def _over(row: dict[str, Any]) -> bool:
    return bool(row["expires_at"]) and clock.parse(row["expires_at"]) <= clock.now()


def _public(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row.get(name) for name in _SHOWN}
