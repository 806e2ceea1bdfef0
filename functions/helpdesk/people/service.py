"""Find or make people by address; invite, change and list them."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor, cause_of, system
from helpdesk.access.custom_roles import check_may_give, role_of
from helpdesk.access.policy import require
from helpdesk.core import clock
from helpdesk.core.cache import forget
from helpdesk.core.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, Stale
from helpdesk.core.events import Cause
from helpdesk.core.table import Action, ConditionFailed
from helpdesk.people import store
from helpdesk.people.abilities import checked_abilities
from helpdesk.people.companies import check_companies
from helpdesk.people.model import Person, name_from, new_person, normal_email, person_changes
from helpdesk.settings.service import check_team


def contact_for(
    org_id: str,
    email: str,
    name: str | None = None,
    *,
    cause: Cause | None = None,
    found: tuple[Person | None, str | None] | None = None,
) -> tuple[Person, list[Action]]:
    """The owner of an address and the writes that make or complete him, to join in the caller's transaction.

    A known person keeps his name; an empty one is filled. A new one belongs to the company that has the domain of
    his address. One round trip, none if the caller has `found` `store.find_with_company` already.
    """
    known, company_id = found or store.find_with_company(org_id, email)
    why = cause or cause_of(system(org_id), "system")
    if not known:
        person = new_person(org_id, "contact", email, name, company_id=company_id)
        return person, store.additions(person, why)
    if name and known.kind == "contact" and known.name == name_from(None, email) != name_from(name, email):
        person = known.changed(clock.stamp(), name=name_from(name, email))
        return person, store.replacements(known, person, why)
    return known, []


def create_person(actor: Actor, cause: Cause, body: dict[str, Any]) -> Person:
    """A new contact, or with `role` a new colleague, who gets Cognito's invitation; tried again it gives the same.

    Raises
    ------
    Conflict
        when the address belongs to somebody already.
    """
    email, id_ = normal_email(body["email"]), cause.command_id
    role = body.get("role")
    if not role:
        _, by_domain = store.find_with_company(actor.org_id, email)
        company_id: str | None = body.get("company_id", by_domain)
        check_companies(actor.org_id, [company_id] if company_id and company_id != by_domain else [])
        person = new_person(
            actor.org_id,
            "contact",
            email,
            body.get("name"),
            person_id=id_,
            locale=body.get("locale"),
            company_id=company_id,
        )
        return _add(person, cause)
    require(actor, "settings:write")
    check_may_give(actor, role)
    team_ids = _checked_teams(actor.org_id, body.get("team_ids") or [])
    person = _staff(cause, email, body.get("name"), role=role, team_ids=team_ids)
    from helpdesk.access import identity

    identity.invite(email)
    return person


def create_staff(
    org_id: str, email: str, name: str | None = None, *, role: str, team_ids: tuple[str, ...] = ()
) -> Person:
    """A colleague's row, without an invitation (set-up and imports use it alone)."""
    return _staff(cause_of(system(org_id), "system"), normal_email(email), name, role=role, team_ids=team_ids)


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


def update_person(actor: Actor, cause: Cause, person_id: str, changes: dict[str, Any], version: int | None) -> Person:
    """Change name, locale, signature, role, teams or companies; roles and teams of colleagues need settings:write.

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
    if _STAFF & set(changes):
        check_staff_change(actor, before, changes)
    if "name" in changes:
        changes["name"] = name_from(changes["name"], before.email)
    if "signature_html" in changes:
        changes["signature_html"] = _signature(before, changes["signature_html"])
    check_companies(actor.org_id, [one for one in (changes.get("company_id"), *changes.get("company_ids", ())) if one])
    return save_change(cause, before, before.changed(clock.stamp(), **changes))


def check_staff_change(actor: Actor, before: Person, changes: dict[str, Any]) -> None:
    """Raise if this actor may not change a colleague so; makes what is given of his teams and abilities whole."""
    require(actor, "settings:write")
    if before.kind != "agent":
        raise Invalid("only a colleague has a role", FieldError("/role", "not_staff", "this is a customer"))
    if before.role and role_of(actor.org_id, before.role):
        check_may_give(actor, before.role)
    if "role" in changes:
        check_may_give(actor, changes["role"])
    if "team_ids" in changes:
        changes["team_ids"] = _checked_teams(actor.org_id, changes["team_ids"], known=before.team_ids)
    changes |= checked_abilities(before, changes)


def save_change(cause: Cause, before: Person, after: Person) -> Person:
    """Commit a person's change, if there is one.

    Raises
    ------
    Conflict
        `address_taken` when an address, telephone or handle of his is somebody else's already.
    """
    if not person_changes(before, after):
        return before
    actions = store.replacements(before, after, cause)
    try:
        store.save(actions)
    except ConditionFailed as failure:
        if failure.action is not actions[0]:
            raise Conflict("this belongs to somebody already", code="address_taken") from failure
        raise Conflict("this person is being changed by someone else; try again") from failure
    forget()
    return after


_STAFF = {"role", "team_ids", "disabled", "primary_team_id", "skills", "languages", "capacity"}


def _signature(person: Person, html: str) -> str:
    """The signature as it may be mailed; pictures are left out, for no mail would carry them."""
    from helpdesk.markup.sanitise import sanitise

    if person.kind != "agent":
        raise Invalid("only a colleague has a signature", FieldError("/signature_html", "not_staff", "a customer"))
    return sanitise(html, lambda _source: None)


def _checked_teams(org_id: str, team_ids: list[str], known: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The teams, each once; one that he is in already may be out of use."""
    for index, team_id in enumerate(team_ids):
        if team_id not in known:
            check_team(org_id, team_id, f"/team_ids/{index}")
    return tuple(dict.fromkeys(team_ids))


def _staff(cause: Cause, email: str, name: str | None, *, role: str, team_ids: tuple[str, ...]) -> Person:
    if not role_of(cause.org_id, role):
        raise Invalid("there is no such role", FieldError("/role", "unknown", "see /v1/roles"))
    org_id, id_ = cause.org_id, cause.command_id
    return _add(new_person(org_id, "agent", email, name, person_id=id_, role=role, team_ids=team_ids), cause)


def _add(person: Person, cause: Cause) -> Person:
    try:
        store.save(store.additions(person, cause))
    except ConditionFailed as failure:
        made = store.get_person(person.org_id, person.id) if cause.command_id else None
        if made:
            return made
        raise Conflict("this address belongs to somebody already", code="address_taken") from failure
    return person
