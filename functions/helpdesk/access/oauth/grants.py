"""Grants: what a colleague lets an app do for him; their tokens, and their end.

A token is opaque and stored as its digest. An access token lives for an hour, a refresh token for 30 days after its
last use, and each use of it gives a new one; an old one that comes back ends the grant (RFC 9700 4.14.2).
"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from typing import Any

from helpdesk.access.actor import Actor, cause_of
from helpdesk.access.keys import actor_from
from helpdesk.access.oauth import apps, store
from helpdesk.access.people import person_actor
from helpdesk.core import clock
from helpdesk.core.cache import forget, remember
from helpdesk.core.errors import NotFound
from helpdesk.core.events import event_of
from helpdesk.core.items import Item
from helpdesk.core.log import event_row
from helpdesk.core.signing import fingerprint
from helpdesk.core.table import Action

ACCESS = timedelta(hours=1)
REFRESH = timedelta(days=30)
_ACCESS, _REFRESH = "lda", "ldr"


def make_token(kind: str, org_id: str, person_id: str, grant_id: str) -> str:
    """A fresh token of the kind `access` or `refresh`; it names its grant, so that one read finds it."""
    prefix = {"access": _ACCESS, "refresh": _REFRESH}[kind]
    return f"{prefix}_{org_id}.{person_id}.{grant_id}.{secrets.token_urlsafe(32)}"


def looks_like_one(credential: str) -> bool:
    """True for what has the form of an access token."""
    return credential.startswith(f"{_ACCESS}_")


@remember(seconds=30)
def actor_of(token: str) -> Actor | None:
    """Whom an access token speaks for, or None; one round trip, kept for 30 s, so that a grant's end counts by then."""
    found = find(token)
    if not found:
        return None
    person, grant = found
    app = apps.find(person["org_id"], grant["app_id"])
    alive = clock.parse(grant["access_until"]) > clock.now()
    if not app or not alive or not hmac.compare_digest(grant["access"], fingerprint(token)):
        return None
    scopes = sorted(set(grant["scopes"]) & set(app["scopes"]))
    return actor_from({"id": grant["id"], "name": app["name"], "scopes": scopes}, person_actor(person))


def find(token: str) -> tuple[Item, Item] | None:
    """`(person, grant)` that a token of either kind names; whether it is a valid one is not asked here."""
    prefix, _, rest = token.partition("_")
    parts = rest.split(".")
    if prefix not in (_ACCESS, _REFRESH) or len(parts) != 4:
        return None
    return store.get_grant(parts[0], parts[1], parts[2])


def tokens_of(access: str, refresh: str) -> Item:
    """The attributes of a grant that say which tokens are its own."""
    now = clock.now()
    return {
        "access": fingerprint(access),
        "access_until": clock.iso(now + ACCESS),
        "refresh": fingerprint(refresh),
        "expires_at": clock.epoch(now + REFRESH),
        "last_used_at": clock.iso(now),
    }


def list_of(actor: Actor) -> list[dict[str, Any]]:
    """The caller's own grants that still live, oldest first: which app may do what, since when."""
    now = clock.epoch(clock.now())
    rows = [row for row in store.list_grants(actor.org_id, actor.id) if row["expires_at"] > now]
    return [_public(row, app) for row in rows if (app := apps.find(actor.org_id, row["app_id"]))]


def revoke(actor: Actor, grant_id: str, ip: str) -> None:
    """Take back what the caller has granted: everywhere within 30 s, here at once; NotFound if it is not his."""
    found = store.get_grant(actor.org_id, actor.id, grant_id)
    if not found or not end(*found, ip):
        raise NotFound("you have granted no such thing")


def end(person: Item, grant: Item, ip: str | None) -> bool:
    """End a grant, whoever asks for it; False when it was ended before."""
    ended = store.delete_grant(grant, [told("grant.ended", person, grant, ip)])
    forget()
    return ended


def told(type_: str, person: Item, grant: Item, ip: str | None) -> Action:
    """The event that a grant was given (version 1) or ended (2)."""
    cause = cause_of(person_actor(person), "agent", ip=ip)
    version = 1 if type_ == "grant.given" else 2
    event = event_of(cause, type_, {"kind": "grant", "id": grant["id"]}, version, clock.stamp())
    event.data.update(app_id=grant["app_id"], scopes=grant["scopes"])
    return event_row(event)


def _public(row: Item, app: Item) -> dict[str, Any]:
    shown = {name: row[name] for name in ("id", "scopes", "created_at", "last_used_at")}
    return shown | {"app": {"id": app["id"], "name": app["name"]}}
