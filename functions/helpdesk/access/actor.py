"""The caller, as every domain sees him: an agent, a contact, a key, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from helpdesk.access.roles import BUILT_IN
from helpdesk.core.events import Cause
from helpdesk.core.ids import new_id

Kind = Literal["agent", "contact", "key", "system"]
EVERYTHING = frozenset({"all"})


@dataclass(frozen=True)
class Actor:
    """Who calls and what he may do now; the organisation comes from his credential, never from a body.

    `sees` says which tickets (see `roles.SIGHTS`); a key sees as the colleague `behind` it does.
    """

    kind: Kind
    id: str
    org_id: str
    permissions: frozenset[str]
    name: str = ""
    email: str = ""
    role: str | None = None
    team_ids: tuple[str, ...] = ()
    sees: frozenset[str] = EVERYTHING
    session_id: str | None = None
    per_minute: int | None = None
    emails: tuple[str, ...] = ()
    company_ids: tuple[str, ...] = ()  # a contact's companies whose people read each other's tickets
    behind: str | None = None
    networks: tuple[str, ...] = ()

    def may(self, permission: str) -> bool:
        """True if the caller holds the permission."""
        return permission in self.permissions

    @property
    def colleague_id(self) -> str:
        """The id to which tickets are assigned if they are this caller's."""
        return self.behind or self.id


def system(org_id: str) -> Actor:
    """The desk itself: workers and set-up."""
    return Actor("system", "system", org_id, BUILT_IN["admin"].permissions, name="Lambdesk")


def cause_of(
    actor: Actor, via: str, *, ip: str | None = None, command_id: str | None = None, answer_key: str | None = None
) -> Cause:
    """The cause of a command that this actor gives through the door `via`."""
    who: dict[str, Any] = {"kind": actor.kind, "id": actor.id, "ip": ip}
    correlation_id = command_id or new_id()
    return Cause(actor.org_id, who, via, correlation_id, command_id=command_id, answer_key=answer_key)
