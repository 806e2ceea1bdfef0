"""Rows of companies in the People table; a domain belongs to one company by its lookup."""

from __future__ import annotations

from dataclasses import asdict, replace

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.events import Cause, event_of
from helpdesk.core.items import Item
from helpdesk.core.log import event_row
from helpdesk.core.table import NEW, Action, Delete, Page, Put, get, get_many, query
from helpdesk.people.company_model import Company, company_changes, company_of


def get_company(org_id: str, company_id: str) -> Company | None:
    """One company by id."""
    row = get(config().people_table, f"{org_id}#{company_id}", "COMPANY")
    return company_of(row) if row else None


def get_companies(org_id: str, ids: list[str]) -> dict[str, Company]:
    """Those that exist, by id; one round trip."""
    rows = get_many([(config().people_table, f"{org_id}#{id_}", "COMPANY") for id_ in ids])
    return {row["id"]: company_of(row) for row in rows}


def find_by_domain(org_id: str, domain: str) -> Company | None:
    """The company that has this domain."""
    row = get(config().people_table, f"{org_id}#DOMAIN#{domain}", "LOOKUP")
    return get_company(org_id, row["company_id"]) if row else None


def list_companies(org_id: str, *, limit: int, after: Item | None) -> Page:
    """Companies in the order of their names."""
    names = ("role_pk", "role_sk")
    table = config().people_table
    return query(table, f"{org_id}#company", index="by_role", key_names=names, limit=limit, start_key=after)


def list_members(org_id: str, company_id: str, *, limit: int, after: Item | None) -> Page:
    """People of a company in the order of their addresses."""
    table, names = config().people_table, ("c_pk", "c_sk")
    pk = f"{org_id}#{company_id}"
    return query(table, pk, index="by_company", key_names=names, limit=limit, start_key=after)


def additions(company: Company, cause: Cause) -> list[Action]:
    """The writes that make a company; they fail if a domain is taken."""
    table = config().people_table
    domains = [Put(table, _lookup(company, domain), NEW) for domain in company.domains]
    return [Put(table, _row(company), NEW), *domains, _told(cause, "company.created", None, company)]


def replacements(before: Company, after: Company, cause: Cause) -> list[Action]:
    """The writes that turn `before` into `after`; they fail if somebody was quicker or a domain is taken."""
    table = config().people_table
    added = [one for one in after.domains if one not in before.domains]
    gone = [one for one in before.domains if one not in after.domains]
    return [
        Put(table, _row(after), "version = :v", values={":v": before.version}),
        *(Put(table, _lookup(after, domain), NEW) for domain in added),
        *(Delete(table, f"{after.org_id}#DOMAIN#{domain}", "LOOKUP") for domain in gone),
        _told(cause, "company.changed", before, after),
    ]


def removals(before: Company, cause: Cause) -> list[Action]:
    """The writes that take a company away; they fail if it has been changed meanwhile."""
    table, org_id = config().people_table, before.org_id
    return [
        Delete(table, f"{org_id}#{before.id}", "COMPANY", "version = :v", values={":v": before.version}),
        *(Delete(table, f"{org_id}#DOMAIN#{domain}", "LOOKUP") for domain in before.domains),
        _told(cause, "company.deleted", before, None),
    ]


def _row(company: Company) -> Item:
    return asdict(company) | {
        "pk": f"{company.org_id}#{company.id}",
        "sk": "COMPANY",
        "role_pk": f"{company.org_id}#company",
        "role_sk": f"{company.name.casefold()}#{company.id}",
    }


def _lookup(company: Company, domain: str) -> Item:
    return {"pk": f"{company.org_id}#DOMAIN#{domain}", "sk": "LOOKUP", "company_id": company.id}


def _told(cause: Cause, type_: str, before: Company | None, after: Company | None) -> Action:
    known = after or before
    assert known  # noqa: S101 - one of them is given
    version = known.version if after else known.version + 1
    event = event_of(cause, type_, {"kind": "company", "id": known.id}, version, clock.stamp())
    return event_row(replace(event, changes=company_changes(before, after)))
