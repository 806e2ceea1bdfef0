"""Which app asks: its id, its secret, its addresses and its scopes, as oauthlib wants to know them."""

from __future__ import annotations

import base64
import binascii
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote_plus, urlsplit

from oauthlib.oauth2 import RequestValidator

from helpdesk.access.oauth import apps

_GRANTS = ("authorization_code", "refresh_token")
_LOOPBACK = ("127.0.0.1", "::1")


class Clients(RequestValidator):  # type: ignore[misc]
    """The apps of an organisation; one object serves one request."""

    def __init__(self, org_id: str, ip: str) -> None:
        super().__init__()
        self.org_id, self.ip = org_id, ip

    def validate_client_id(self, client_id: str, request: Any, *_: Any) -> bool:
        """Whether there is such an app."""
        app = apps.find(self.org_id, client_id)
        request.client = SimpleNamespace(client_id=client_id, app=app) if app else None
        return app is not None

    def client_authentication_required(self, request: Any, *_: Any) -> bool:
        """An app with a secret has to show it."""
        client_id = request.client_id or _basic(request)[0]
        app = apps.find(self.org_id, client_id)
        return bool(app and app["confidential"])

    def authenticate_client(self, request: Any, *_: Any) -> bool:
        """Whether the secret, in the header or the body, is the app's."""
        named, secret = _basic(request) if not request.client_secret else (request.client_id, request.client_secret)
        known = self.validate_client_id(named, request)
        request.client_id = named
        return known and apps.is_secret_of(request.client.app, secret or "")

    def authenticate_client_id(self, client_id: str, request: Any, *_: Any) -> bool:
        """An app without a secret is known by its id; PKCE proves it."""
        return self.validate_client_id(client_id, request) and not request.client.app["confidential"]

    def validate_redirect_uri(self, client_id: str, redirect_uri: str, request: Any, *_: Any) -> bool:
        """Exactly one of the app's; of a loopback address the port may differ (RFC 8252 7.3)."""
        return _without_port(redirect_uri) in map(_without_port, request.client.app["redirect_uris"])

    def get_default_redirect_uri(self, client_id: str, request: Any, *_: Any) -> str | None:
        """An app with one address need not name it."""
        uris = request.client.app["redirect_uris"]
        return uris[0] if len(uris) == 1 else None

    def validate_response_type(self, client_id: str, response_type: str, *_: Any) -> bool:
        """Codes alone."""
        return response_type == "code"

    def validate_grant_type(self, client_id: str, grant_type: str, *_: Any) -> bool:
        """A code, or a refresh token."""
        return grant_type in _GRANTS

    def get_default_scopes(self, client_id: str, request: Any, *_: Any) -> list[str]:
        """All that the app may ask for."""
        return list(request.client.app["scopes"])

    def validate_scopes(self, client_id: str, scopes: list[str], client: Any, request: Any, *_: Any) -> bool:
        """Nothing beyond what the app may ask for."""
        return set(scopes) <= set(client.app["scopes"])


def _basic(request: Any) -> tuple[str, str]:
    """Id and secret of the Authorization header (RFC 6749 2.3.1), empty without one."""
    scheme, _, encoded = str(request.headers.get("Authorization") or "").partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote_plus(name), unquote_plus(secret)


def _without_port(uri: str) -> str:
    parts = urlsplit(uri)
    if parts.scheme != "http" or parts.hostname not in _LOOPBACK:
        return uri
    return parts._replace(netloc=str(parts.hostname)).geturl()
