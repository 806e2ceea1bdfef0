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
