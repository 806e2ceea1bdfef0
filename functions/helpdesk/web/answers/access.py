"""Answers about who may do what, and who did."""

from __future__ import annotations

from typing import Any

from helpdesk.web.answers.base import Answered


class Role(Answered):
    """What colleagues of a role may do, and which tickets they see; built-in ones never change."""

    id: str
    label: str
    permissions: list[str]
    sees: list[str]
    built_in: bool
    position: int
    version: int
    created_at: str | None
    updated_at: str | None


class App(Answered):
    """An app that may ask colleagues for access; its secret is shown once, when it is made."""

    id: str
    name: str
    redirect_uris: list[str]
    scopes: list[str]
    confidential: bool
    version: int
    created_at: str
    updated_at: str
    client_secret: str | None = None


class AppName(Answered):
    """An app as a colleague sees it."""

    id: str
    name: str


class AuthorizationWish(Answered):
    """What an app asks for, as far as the caller may do it himself, and where he is sent afterwards."""

    app: AppName
    scopes: list[str]
    redirect_uri: str


class AuthorizationAnswer(Answered):
    """Where to go now: to the app, with a code or with what went wrong."""

    redirect_to: str


class OAuthTokens(Answered):
    """Tokens for an app (RFC 6749 5.1); `expires_in` in seconds."""

    access_token: str
    token_type: str
    expires_in: int
    refresh_token: str
    scope: str


class Grant(Answered):
    """What the caller lets an app do for him."""

    id: str
    app: AppName
    scopes: list[str]
    created_at: str
    last_used_at: str


class AskedFor(Answered):
    """The person or key that was asked for."""

    kind: str
    id: str
    name: str
    role: str | None


class Reason(Answered):
    """One reason for which a ticket may be seen, and whether it holds."""

    reason: str
    holds: bool
    because: str


class Access(Answered):
    """Why somebody may see a ticket, or why not."""

    actor: AskedFor
    ticket_id: str
    may_see: bool
    reasons: list[Reason]
    permissions: list[str]


class AuditActor(Answered):
    """Who did it, from which address."""

    type: str
    id: str
    ip: str | None


class AuditResource(Answered):
    """What it was done to."""

    type: str
    id: str


class AuditEntry(Answered):
    """One change, sensitive read or export."""

    id: str
    timestamp: str
    actor: AuditActor
    action: str
    resource: AuditResource
    changes: dict[str, Any]
