"""The one place that says who may do what, to which ticket."""

from __future__ import annotations

from typing import Any, Protocol

from helpdesk.access.actor import Actor
from helpdesk.core.errors import Forbidden, NotFound


class Owned(Protocol):
    """What the policy needs to know of a ticket."""

    @property
    def org_id(self) -> str:
        """The tenant."""

    @property
    def requester(self) -> dict[str, Any]:
        """`{id, name, email}` of the customer."""

    @property
    def cc(self) -> tuple[str, ...]:
        """Addresses that take part."""

    @property
    def trashed_at(self) -> str | None:
        """When it was moved to the trash, None outside it."""


def require(actor: Actor, permission: str) -> None:
    """Let the actor pass, or raise `Forbidden` naming the permission."""
    if not actor.may(permission):
        raise Forbidden(f"this needs the permission {permission}", permission=permission)


def may_see(actor: Actor, ticket: Owned) -> bool:
    """Staff and keys see every ticket of their organisation; a contact those he asked or takes part in.

    What lies in the trash is there only for those who may delete.
    """
    if ticket.org_id != actor.org_id or (ticket.trashed_at and not actor.may("tickets:delete")):
        return False
    if actor.kind == "contact":
        return ticket.requester["id"] == actor.id or actor.email in ticket.cc
    return actor.may("tickets:read")


def require_sight(actor: Actor, ticket: Owned | None) -> None:
    """Raise `NotFound` for what is not there and for what the actor may not see, alike."""
    if ticket is None or not may_see(actor, ticket):
        raise NotFound("there is no such ticket")
