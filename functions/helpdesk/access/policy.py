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
    def company_id(self) -> str | None:
        """The requester's company."""


def require(actor: Actor, permission: str) -> None:
    """Let the actor pass, or raise `Forbidden` naming the permission."""
    if not actor.may(permission):
        raise Forbidden(f"this needs the permission {permission}", permission=permission)


def may_see(actor: Actor, ticket: Owned) -> bool:
    """Staff and keys see every ticket of their organisation; a contact those he asked or takes part in.

    Where a company shares its tickets, its people see those of the company, too: to read, not to write (`takes_part`).
    """
    if ticket.org_id != actor.org_id:
        return False
    if actor.kind == "contact":
        return takes_part(actor, ticket) or ticket.company_id in actor.company_ids
    return actor.may("tickets:read")


def takes_part(actor: Actor, ticket: Owned) -> bool:
    """True for the requester, from whichever address, and for who gets copies."""
    return ticket.requester["id"] == actor.id or not {actor.email, *actor.emails}.isdisjoint(ticket.cc)


def require_sight(actor: Actor, ticket: Owned | None) -> None:
    """Raise `NotFound` for what is not there and for what the actor may not see, alike."""
    if ticket is None or not may_see(actor, ticket):
        raise NotFound("there is no such ticket")


def require_part(actor: Actor, ticket: Owned) -> None:
    """Raise `Forbidden` for a contact who may only read: somebody of the requester's company."""
    if actor.kind == "contact" and not takes_part(actor, ticket):
        raise Forbidden("you may read this ticket, but only who takes part in it writes to it", code="not_taking_part")
