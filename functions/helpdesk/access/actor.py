"""The caller, as every domain sees him: an agent, a contact, a key, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from helpdesk.access.roles import CONTACT, ROLES
from helpdesk.core.events import Cause
from helpdesk.core.ids import new_id

Kind = Literal["agent", "contact", "key", "system"]


@dataclass(frozen=True)
class Actor:
    """Who calls and what he may do now; the organisation comes from his credential, never from a body."""

    kind: Kind
    id: str
    org_id: str
    permissions: frozenset[str]
    name: str = ""
    email: str = ""
    role: str | None = None
    team_ids: tuple[str, ...] = ()
    session_id: str | None = None
    per_minute: int | None = None

    def may(self, permission: str) -> bool:
        """True if the caller holds the permission."""
        return permission in self.permissions


def person_actor(person: dict[str, Any], session_id: str | None = None) -> Actor:
    """The actor behind a People row; a disabled person may do nothing."""
    staff = person["kind"] == "agent"
    granted = ROLES.get(person.get("role") or "", frozenset()) if staff else CONTACT
    return Actor(
        kind="agent" if staff else "contact",
        id=person["id"],
        org_id=person["org_id"],
        permissions=frozenset() if person.get("disabled") else granted,
        name=person["name"],
        email=person["email"],
        role=person.get("role"),
        team_ids=tuple(person.get("team_ids", ())),
        session_id=session_id,
    )


def system(org_id: str) -> Actor:
    """The desk itself: workers and set-up."""
    return Actor("system", "system", org_id, ROLES["admin"], name="Lambdesk")


def cause_of(
    actor: Actor, via: str, *, ip: str | None = None, command_id: str | None = None, answer_key: str | None = None
) -> Cause:
    """The cause of a command that this actor gives through the door `via`."""
    who = {"kind": actor.kind, "id": actor.id, "ip": ip}
    correlation_id = command_id or new_id()
    return Cause(actor.org_id, who, via, correlation_id, command_id=command_id, answer_key=answer_key)
