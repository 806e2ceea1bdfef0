"""Companies: made, changed, removed when empty, and listed with their people."""

from __future__ import annotations

from typing import Any

from helpdesk.core import clock
from helpdesk.core.cache import forget
from helpdesk.core.errors import Conflict, FieldError, Invalid, NotFound, Stale
from helpdesk.core.events import Cause
from helpdesk.core.ids import new_id
from helpdesk.core.table import Action, ConditionFailed
from helpdesk.people import company_store as store
from helpdesk.people.company_model import MOST_DOMAINS, Company, company_changes, normal_domains
from helpdesk.people.store import save


def create_company(cause: Cause, body: dict[str, Any]) -> Company:
    """A new company; a command that is tried again gives the one that it made.

    Raises
    ------
    Conflict
        `domain_taken` when another company has one of the domains.
    """
    at = clock.stamp()
    company = Company(
        id=cause.command_id or new_id(),
        org_id=cause.org_id,
        name=body["name"],
        domains=_domains(body),
        shares_tickets=body.get("shares_tickets", False),
        note=body.get("note", ""),
        version=1,
        created_at=at,
        updated_at=at,
    )
    try:
        save(store.additions(company, cause))
    except ConditionFailed as failure:
        made = store.get_company(company.org_id, company.id)
        if made:
            return made
        raise _taken() from failure
    return company


def get_company(org_id: str, company_id: str) -> Company:
    """One company, or NotFound."""
    company = store.get_company(org_id, company_id)
    if not company:
        raise NotFound("there is no such company")
    return company


def change_company(cause: Cause, company_id: str, body: dict[str, Any], version: int | None) -> Company:
    """Change name, domains, note or the sharing of tickets; people who belong to it already stay.

    Raises
    ------
    Stale
        when `version` is given and is not the current one.
    """
    before = get_company(cause.org_id, company_id)
    changes = {name: value for name, value in body.items() if name != "allow_public_domains"}
    if "domains" in changes:
        changes["domains"] = _domains(body)
    if version not in (None, before.version):
        differing = [name for name, value in changes.items() if getattr(before, name) != value]
        raise Stale("this company has changed meanwhile", current=before.public(), differing=differing)
    after = before.changed(clock.stamp(), **changes)
    if not company_changes(before, after):
        return before
    _commit(store.replacements(before, after, cause))
    return after


def delete_company(cause: Cause, company_id: str, version: int | None) -> None:
    """Remove a company that nobody belongs to; its tickets keep its id in their history.

    Raises
    ------
    Conflict
        `has_people` while somebody does.
    """
    before = get_company(cause.org_id, company_id)
    if version not in (None, before.version):
        raise Stale("this company has changed meanwhile", current=before.public(), differing=[])
    if store.list_members(cause.org_id, company_id, limit=1, after=None).items:
        raise Conflict("people belong to this company; move them first", code="has_people")
    _commit(store.removals(before, cause))


def check_companies(org_id: str, ids: list[str]) -> None:
    """Raise `Invalid` for a company that is not there."""
    known = store.get_companies(org_id, ids) if ids else {}
    if unknown := [one for one in ids if one not in known]:
        fault = FieldError("/company_id", "unknown", f"there is no company {unknown[0]}")
        raise Invalid("there is no such company", fault)


def _domains(body: dict[str, Any]) -> tuple[str, ...]:
    domains = normal_domains(body.get("domains", []), allow_public=body.get("allow_public_domains", False))
    if len(domains) > MOST_DOMAINS:
        fault = FieldError("/domains", "too_many", f"a company has at most {MOST_DOMAINS} domains")
        raise Invalid("these are too many domains", fault)
    return domains


def _commit(actions: list[Action]) -> None:
    try:
        save(actions)
    except ConditionFailed as failure:
        if failure.action is actions[0]:
            raise Conflict("this company is being changed by someone else; try again") from failure
        raise _taken() from failure
    forget()


def _taken() -> Conflict:
    return Conflict("another company has one of these domains", code="domain_taken")
