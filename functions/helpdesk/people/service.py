"""Find or make people by address; invite, change and list them."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.custom_roles import check_may_give, role_of
from helpdesk.access.policy import require
from helpdesk.core import clock
from helpdesk.core.cache import forget
from helpdesk.core.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, Stale
from helpdesk.core.ids import new_id
from helpdesk.core.table import Action, ConditionFailed
from helpdesk.people import store
from helpdesk.people.model import Person, name_from, normal_email
from helpdesk.settings.service import check_team


def contact_for(org_id: str, email: str, name: str | None = None) -> tuple[Person, list[Action]]:
    """The owner of an address and the writes that make or complete him, to join in the caller's transaction.

    A known person keeps his name; an empty one is filled. One round trip.
    """
    known = store.find_by_email(org_id, email)
    if not known:
        person = new_person(org_id, "contact", email, name)
        return person, store.additions(person)
    if name and known.kind == "contact" and known.name == name_from(None, email) != name_from(name, email):
        person = known.changed(clock.stamp(), name=name_from(name, email))
        return person, store.replacements(known, person)
    return known, []


def new_person(
    org_id: str,
    kind: str,
    email: str,
    name: str | None = None,
    *,
    role: str | None = None,
    team_ids: tuple[str, ...] = (),
    locale: str | None = None,
) -> Person:
    """A person not stored yet."""
    at = clock.stamp()
    return Person(
        id=new_id(),
        org_id=org_id,
        kind=kind,
        name=name_from(name, email),
        email=email,
        role=role,
        team_ids=team_ids,
        locale=locale,
        version=1,
        created_at=at,
        updated_at=at,
    )


def create_person(actor: Actor, body: dict[str, Any]) -> Person:
    """A new contact, or with `role` a new colleague, who gets Cognito's invitation.

    Raises
    ------
    Conflict
        when the address belongs to somebody already.
    """
    email = normal_email(body["email"])
    role = body.get("role")
    if not role:
        person = new_person(actor.org_id, "contact", email, body.get("name"), locale=body.get("locale"))
        return _add(person)
    require(actor, "settings:write")
    check_may_give(actor, role)
    team_ids = _checked_teams(actor.org_id, body.get("team_ids") or [])
    person = create_staff(actor.org_id, email, body.get("name"), role=role, team_ids=team_ids)
    from helpdesk.access import identity

    identity.invite(email)
    return person


def create_staff(
    org_id: str, email: str, name: str | None = None, *, role: str, team_ids: tuple[str, ...] = ()
) -> Person:
    """A colleague's row, without an invitation (set-up and imports use it alone)."""
    if not role_of(org_id, role):
        raise Invalid("there is no such role", FieldError("/role", "unknown", "see /v1/roles"))
    return _add(new_person(org_id, "agent", normal_email(email), name, role=role, team_ids=team_ids))


def find_person(org_id: str, email: str) -> Person | None:
    """The owner of an address, or None."""
    return store.find_by_email(org_id, normal_email(email))


def get_person(org_id: str, person_id: str) -> Person:
    """One person, or NotFound."""
    person = store.get_person(org_id, person_id)
    if not person:
        raise NotFound("there is no such person")
    return person


def holders_of(org_id: str, role: str) -> int:
    """How many colleagues have this role."""
    return sum(row["role"] == role for row in store.every_colleague(org_id))


def update_person(actor: Actor, person_id: str, changes: dict[str, Any], version: int | None) -> Person:
    """Change name, locale, role or teams; roles and teams of colleagues need settings:write.

    Raises
    ------
    Stale
        when `version` is given and is not the current one.
    """
    before = get_person(actor.org_id, person_id)
    if version not in (None, before.version):
        differing = [name for name, value in changes.items() if getattr(before, name) != value]
        raise Stale("this person has changed meanwhile", current=before.public(), differing=differing)
    if before.kind == "agent" and before.id != actor.id and not actor.may("settings:write"):
        raise Forbidden("only an administrator changes colleagues")
    if {"role", "team_ids", "disabled"} & set(changes):
        _check_staff_change(actor, before, changes)
    if "name" in changes:
        changes["name"] = name_from(changes["name"], before.email)
    after = before.changed(clock.stamp(), **changes)
    try:
        store.save(store.replacements(before, after))
    except ConditionFailed as failure:
        raise Conflict("this person is being changed by someone else; try again") from failure
    forget()
    return after


def _check_staff_change(actor: Actor, before: Person, changes: dict[str, Any]) -> None:
    require(actor, "settings:write")
    if before.kind != "agent":
        raise Invalid("only a colleague has a role", FieldError("/role", "not_staff", "this is a customer"))
    if before.role and role_of(actor.org_id, before.role):
        check_may_give(actor, before.role)
    if "role" in changes:
        check_may_give(actor, changes["role"])
    if "team_ids" in changes:
        changes["team_ids"] = _checked_teams(actor.org_id, changes["team_ids"])


def _checked_teams(org_id: str, team_ids: list[str]) -> tuple[str, ...]:
    for index, team_id in enumerate(team_ids):
        check_team(org_id, team_id, f"/team_ids/{index}")
    return tuple(dict.fromkeys(team_ids))


def _add(person: Person) -> Person:
    try:
        store.save(store.additions(person))
    except ConditionFailed as failure:
        raise Conflict("this address belongs to somebody already", code="address_taken") from failure
    return person
