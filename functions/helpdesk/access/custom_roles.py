"""Roles that administrators define, beside those that a desk comes with."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.roles import BUILT_IN, SIGHTS, STAFF_PERMISSIONS, Role
from helpdesk.core.errors import Conflict, FieldError, Forbidden, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.records import service as records
from helpdesk.records.service import Kind

ROLE = Kind("role", "role", most=100)


def role_of(org_id: str, role_id: str) -> Role | None:
    """The role of this id, built in or the desk's own; None if there is none."""
    if role_id in BUILT_IN:
        return BUILT_IN[role_id]
    row = records.all_of(org_id, ROLE).get(role_id)
    return Role(row["id"], row["label"], frozenset(row["permissions"]), frozenset(row["sees"])) if row else None


def list_roles(org_id: str) -> list[dict[str, Any]]:
    """All roles as the API shows them: built in first, then the desk's own in their order."""
    built_in = [_shown(role) for role in BUILT_IN.values()]
    return built_in + [row | {"built_in": False} for row in records.all_of(org_id, ROLE).values()]


def get_role(org_id: str, role_id: str) -> dict[str, Any]:
    """One role as the API shows it, or NotFound."""
    if role_id in BUILT_IN:
        return _shown(BUILT_IN[role_id])
    return records.get(org_id, ROLE, role_id) | {"built_in": False}


def create_role(actor: Actor, cause: Cause, body: dict[str, Any]) -> Item:
    """Define a role.

    Raises
    ------
    Invalid
        for a permission or sight that does not exist, or that the caller does not have himself.
    """
    values = {
        "label": body["label"],
        "permissions": sorted(set(body["permissions"])),
        "sees": sorted(set(body["sees"])),
    }
    _check(actor, values)
    return records.create(cause, ROLE, values) | {"built_in": False}


def change_role(actor: Actor, cause: Cause, role_id: str, body: dict[str, Any], version: int | None) -> Item:
    """Change a role of the desk's own; who holds it has the new rights within 30 s."""
    _not_built_in(role_id)
    before = records.get(actor.org_id, ROLE, role_id)
    _check(actor, before)
    changes = _sorted(body)
    _check(actor, before | changes)
    return records.change(cause, ROLE, role_id, changes, version) | {"built_in": False}


def delete_role(cause: Cause, role_id: str, holders: int, version: int | None) -> None:
    """Remove a role that nobody holds.

    Raises
    ------
    Conflict
        `in_use` while `holders` colleagues have it.
    """
    _not_built_in(role_id)
    if holders:
        raise Conflict(f"{holders} colleagues have this role; give them another first", code="in_use", holders=holders)
    records.delete(cause, ROLE, role_id, version)


def check_may_give(actor: Actor, role_id: str, pointer: str = "/role") -> Role:
    """The role, if the actor may give and take it: nobody hands out more than he has.

    Raises
    ------
    Invalid
        for a role that does not exist.
    Forbidden
        for one that is more than the actor's own rights.
    """
    role = role_of(actor.org_id, role_id)
    if not role:
        known = ", ".join(one["id"] for one in list_roles(actor.org_id))
        raise Invalid("there is no such role", FieldError(pointer, "unknown", f"one of {known}"))
    if not role.permissions <= actor.permissions or ("all" in role.sees and "all" not in actor.sees):
        raise Forbidden(f"the role {role.label} may do more than you")
    return role


def _check(actor: Actor, values: dict[str, Any]) -> None:
    faults = _faults("permissions", values["permissions"], STAFF_PERMISSIONS, actor.permissions)
    reach = frozenset(SIGHTS) if "all" in actor.sees else actor.sees
    faults += _faults("sees", values["sees"], frozenset(SIGHTS), reach)
    if faults:
        raise Invalid("a role can hold no more than you do", *faults)


def _sorted(body: dict[str, Any]) -> dict[str, Any]:
    return {name: sorted(set(value)) if isinstance(value, list) else value for name, value in body.items()}


def _faults(name: str, wanted: list[str], known: frozenset[str], own: frozenset[str]) -> list[FieldError]:
    return [
        FieldError(f"/{name}/{index}", "unknown" if one not in known else "not_yours", one)
        for index, one in enumerate(wanted)
        if one not in known or one not in own
    ]


def _not_built_in(role_id: str) -> None:
    if role_id in BUILT_IN:
        raise Conflict("the roles that a desk comes with stay as they are; define one of your own", code="built_in")


def _shown(role: Role) -> dict[str, Any]:
    return {
        "id": role.id,
        "label": role.label,
        "permissions": sorted(role.permissions),
        "sees": sorted(role.sees),
        "built_in": True,
        "position": 0,
        "version": 1,
        "created_at": None,
        "updated_at": None,
    }
