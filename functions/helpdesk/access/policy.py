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

    @property
    def company_id(self) -> str | None:
        """The requester's company."""

    @property
    def team_id(self) -> str | None:
        """The team that has it."""

    @property
    def assignee_id(self) -> str | None:
        """The colleague who has it."""


def require(actor: Actor, permission: str) -> None:
    """Let the actor pass, or raise `Forbidden` naming the permission."""
    if not actor.may(permission):
        raise Forbidden(f"this needs the permission {permission}", permission=permission)


def may_see(actor: Actor, ticket: Owned) -> bool:
    """True if one of the reasons holds for which somebody may see a ticket, in his own organisation."""
    return any(holds for _, holds in reasons(actor, ticket))


def reasons(actor: Actor, ticket: Owned) -> list[tuple[str, bool]]:
    """`(reason, whether it holds)` of all reasons that could let this actor see this ticket."""
    if ticket.org_id != actor.org_id:
        return [("own_organisation", False)]
    if ticket.trashed_at and not actor.may("tickets:delete"):
        return [("tickets:delete", False)]
    if actor.kind == "contact":
        return [
            ("requester", ticket.requester["id"] == actor.id),
            ("participant", not {actor.email, *actor.emails}.isdisjoint(ticket.cc)),
            ("company", ticket.company_id in actor.company_ids),  # to read, not to write: see `require_part`
        ]
    if not actor.may("tickets:read"):
        return [("tickets:read", False)]
    return sight(actor, ticket.team_id, ticket.assignee_id)


def sight(actor: Actor, team_id: str | None, assignee_id: str | None) -> list[tuple[str, bool]]:
    """`(sight, whether it holds)` of each sight that the role of a colleague or key has."""
    holds = {
        "all": True,
        "teams": team_id in actor.team_ids,
        "assigned": assignee_id == actor.colleague_id,
        "unassigned": assignee_id is None,
    }
    return [(name, holds[name]) for name in sorted(actor.sees)]


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
