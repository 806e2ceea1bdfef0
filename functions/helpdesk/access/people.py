"""The actor behind a row of People: what his role gives him now."""

from __future__ import annotations

from typing import Any

from helpdesk.access import store
from helpdesk.access.actor import Actor
from helpdesk.access.custom_roles import role_of
from helpdesk.access.roles import CONTACT


def sharing_of(person: dict[str, Any]) -> tuple[str, ...]:
    """The customer's companies whose people read each other's tickets; one round trip if he has any."""
    ids = [one for one in (person.get("company_id"), *person.get("company_ids", ())) if one]
    return store.sharing_companies(person["org_id"], ids) if ids and person["kind"] == "contact" else ()


def person_actor(person: dict[str, Any], session_id: str | None = None, company_ids: tuple[str, ...] = ()) -> Actor:
    """The actor behind a People row; a disabled person may do nothing, nor one whose role is gone.

    `company_ids` are those that share tickets: see `sharing_of`.
    """
    staff = person["kind"] == "agent"
    role = role_of(person["org_id"], person.get("role") or "") if staff else None
    granted = (role.permissions if role else frozenset()) if staff else CONTACT
    return Actor(
        kind="agent" if staff else "contact",
        id=person["id"],
        org_id=person["org_id"],
        permissions=frozenset() if person.get("disabled") else granted,
        name=person["name"],
        email=person["email"],
        role=person.get("role"),
        team_ids=tuple(person.get("team_ids", ())),
        sees=role.sees if role else frozenset(),
        session_id=session_id,
        emails=tuple(person.get("emails") or (person["email"],)),
        company_ids=company_ids,
    )
