"""The apps that may ask colleagues for access: who they are, where they are sent back to, what they may ask for."""

from __future__ import annotations

import hmac
from typing import Any
from urllib.parse import urlsplit

from helpdesk.access.keys import fresh_secret
from helpdesk.access.roles import STAFF_PERMISSIONS
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.core.signing import fingerprint
from helpdesk.records import service as records
from helpdesk.records.service import Kind

APP = Kind("oauth_app", "app", secrets=frozenset({"digest"}), most=100)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def list_of(org_id: str) -> list[Item]:
    """The apps in their order, without their secrets."""
    return [_public(row) for row in records.all_of(org_id, APP).values()]


def find(org_id: str, app_id: str) -> Item | None:
    """An app with its secret's digest; no round trip when warm, and gone 30 s after it was removed."""
    return records.all_of(org_id, APP).get(app_id)


def create(cause: Cause, body: dict[str, Any]) -> Item:
    """Register an app: `name`, `redirect_uris`, `scopes`, `confidential`.

    A confidential app (one with a server) gets a `client_secret`, which can never be shown again; others prove
    themselves by PKCE alone (RFC 8252 8.4).

    Raises
    ------
    Invalid
        for scopes that do not exist, and addresses that are neither https, nor loopback, nor an app's own scheme.
    """
    _check(body)
    secret = fresh_secret(cause, "oauth_app") if body.get("confidential") else None
    row = records.create(
        cause, APP, _clean({"confidential": False} | body) | {"digest": fingerprint(secret) if secret else None}
    )
    return _public(row) | {"client_secret": secret}


def change(cause: Cause, app_id: str, changes: dict[str, Any], version: int | None) -> Item:
    """Change an app's name, addresses or scopes; what was granted before is narrowed by the scopes at once."""
    _check(changes)
    return _public(records.change(cause, APP, app_id, _clean(changes), version))


def remove(cause: Cause, app_id: str, version: int | None) -> None:
    """Remove an app; whatever it was given is worth nothing 30 s later."""
    records.delete(cause, APP, app_id, version)


def is_secret_of(app: Item, secret: str) -> bool:
    """Whether the secret is the app's; compared in constant time."""
    return bool(app["digest"]) and hmac.compare_digest(app["digest"], fingerprint(secret))


def _check(body: dict[str, Any]) -> None:
    faults = [
        FieldError(f"/scopes/{index}", "unknown_scope", scope)
        for index, scope in enumerate(body.get("scopes") or ())
        if scope not in STAFF_PERMISSIONS
    ]
    faults += [
        FieldError(
            f"/redirect_uris/{index}", "not_allowed", "https://..., http://127.0.0.1/..., or com.example.app:/..."
        )
        for index, uri in enumerate(body.get("redirect_uris") or ())
        if not _is_safe(uri)
    ]
    if faults:
        raise Invalid("this app cannot be registered so", *faults)


def _is_safe(uri: str) -> bool:
    """RFC 9700 2.1 and RFC 8252 7: https with a host, loopback, or a private scheme in reverse domain order."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    if parts.fragment or parts.username or any(char.isspace() for char in uri):
        return False
    if parts.scheme == "http":
        return parts.hostname in _LOOPBACK
    return bool(parts.hostname) if parts.scheme == "https" else "." in parts.scheme


def _clean(body: dict[str, Any]) -> dict[str, Any]:
    lists = {name: sorted(set(body[name])) for name in ("redirect_uris", "scopes") if name in body}
    return body | lists


def _public(row: Item) -> Item:
    names = ("id", "name", "redirect_uris", "scopes", "confidential", "version", "created_at", "updated_at")
    return {name: row[name] for name in names}
