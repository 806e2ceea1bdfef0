"""Routes of people (customers and colleagues) and of companies."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.people import companies, company_store, identities, service, store
from helpdesk.people.company_model import company_of
from helpdesk.people.model import person_of
from helpdesk.views import lists
from helpdesk.views.asking import asked_of
from helpdesk.web import cursors
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed, versioned
from helpdesk.web.shapes import ticket_shape
from people.imports import add_import_routes

api = Api()
handler = api.handler
add_import_routes(api)


@api.route("GET", "/v1/people", needs="people:read", gives="list:Person")
def list_people(call: Call) -> Answer:
    """List colleagues (kind=staff) or customers (kind=contact) by address, or find one by email, phone or handle."""
    named = [name for name in ("email", "phone", "handle") if call.query.get(name)]
    if named:
        found = identities.find_by(call.actor.org_id, named[0], call.query[named[0]])
        return listed([found.public()] if found else [])
    kind = call.query.get("kind", "contact")
    if kind not in ("staff", "contact"):
        fault = FieldError("/kind", "unknown", "staff or contact")
        raise Invalid("there is no such kind of person", fault, malformed=True)
    page = store.list_people(call.actor.org_id, kind, limit=call.limit(), after=_after(call))
    return _page(call, page.next_key, [person_of(row).public() for row in page.items])


@api.route("POST", "/v1/people", needs="people:write", takes="people.bodies:NewPerson", gives="Person", status=201)
def create_person(call: Call) -> Answer:
    """Add a customer, or invite a colleague."""
    person = service.create_person(call.actor, call.cause, call.body)
    return versioned(person.public(), 201, Location=f"/v1/people/{person.id}")


@api.route("GET", "/v1/people/{person_id}", needs="people:read", gives="Person")
def read_person(call: Call) -> Answer:
    """Read one person."""
    return versioned(service.get_person(call.actor.org_id, call.path["person_id"]).public())


@api.route(
    "PATCH",
    "/v1/people/{person_id}",
    needs="people:write",
    takes="people.bodies:PersonChange",
    gives="Person",
)
def change_person(call: Call) -> Answer:
    """Change a person's name, language, role, teams, skills, companies, telephones or handles."""
    changes = identities.checked(dict(call.body))
    person = service.update_person(call.actor, call.cause, call.path["person_id"], changes, call.version)
    return versioned(person.public())


@api.route(
    "PUT",
    "/v1/people/{person_id}/availability",
    needs="people:read",
    takes="people.bodies:Availability",
    gives="Person",
)
def set_availability(call: Call) -> Answer:
    """Say whether oneself, or as an administrator a colleague, takes tickets now."""
    from helpdesk.people import availability

    wish, id_ = call.body, call.path["person_id"]
    by, reassign = wish.get("by", "self"), wish.get("reassign", False)
    person = availability.set_availability(call.actor, call.cause, id_, wish["state"], by=by, reassign=reassign)
    return versioned(person.public())


@api.route(
    "POST",
    "/v1/people/{person_id}/emails",
    needs="people:write",
    takes="people.bodies:NewEmail",
    gives="Person",
    status=201,
)
def add_email(call: Call) -> Answer:
    """Give a customer one more address."""
    primary = call.body.get("primary", False)
    person = identities.add_email(call.cause, call.path["person_id"], call.body["email"], primary=primary)
    return versioned(person.public(), 201)


@api.route("DELETE", "/v1/people/{person_id}/emails/{email}", needs="people:write", gives="Person")
def remove_email(call: Call) -> Answer:
    """Take one of his addresses from a customer; the last one stays."""
    person = identities.remove_email(call.cause, call.path["person_id"], unquote(call.path["email"]))
    return versioned(person.public())


@api.route("GET", "/v1/companies", needs="people:read", gives="list:Company")
def list_companies(call: Call) -> Answer:
    """List companies by name, or find the one that has a domain."""
    org_id = call.actor.org_id
    if domain := call.query.get("domain"):
        found = company_store.find_by_domain(org_id, domain.strip().lower())
        return listed([found.public()] if found else [])
    page = company_store.list_companies(org_id, limit=call.limit(), after=_after(call))
    return _page(call, page.next_key, [company_of(row).public() for row in page.items])


@api.route("POST", "/v1/companies", needs="people:write", takes="people.bodies:NewCompany", gives="Company", status=201)
def create_company(call: Call) -> Answer:
    """Add a company."""
    company = companies.create_company(call.cause, call.body)
    return versioned(company.public(), 201, Location=f"/v1/companies/{company.id}")


@api.route("GET", "/v1/companies/{company_id}", needs="people:read", gives="Company")
def read_company(call: Call) -> Answer:
    """Read one company."""
    return versioned(companies.get_company(call.actor.org_id, call.path["company_id"]).public())


@api.route(
    "PATCH",
    "/v1/companies/{company_id}",
    needs="people:write",
    takes="people.bodies:CompanyChange",
    gives="Company",
)
def change_company(call: Call) -> Answer:
    """Change a company's name, domains, note or whether its people share their tickets."""
    company = companies.change_company(call.cause, call.path["company_id"], call.body, call.version)
    return versioned(company.public())


@api.route("DELETE", "/v1/companies/{company_id}", needs="people:write", status=204)
def delete_company(call: Call) -> Answer:
    """Remove a company that nobody belongs to."""
    companies.delete_company(call.cause, call.path["company_id"], call.version)
    return Answer(204)


@api.route("GET", "/v1/companies/{company_id}/people", needs="people:read", gives="list:Person")
def list_members(call: Call) -> Answer:
    """List the people of a company by address."""
    company = companies.get_company(call.actor.org_id, call.path["company_id"])
    page = company_store.list_members(company.org_id, company.id, limit=call.limit(), after=_after(call))
    return _page(call, page.next_key, [person_of(row).public() for row in page.items])


@api.route("GET", "/v1/companies/{company_id}/tickets", needs="tickets:read", gives="list:Ticket")
def list_company_tickets(call: Call) -> Answer:
    """List the tickets of a company, last changed first: category=active or done, or both."""
    company = companies.get_company(call.actor.org_id, call.path["company_id"])
    asked = asked_of(call.actor, call.query | {"company_id": company.id})
    page, last = lists.page(call.actor, asked, after=cursors.position_of(call), limit=call.limit())
    return listed([ticket_shape(ticket, call.actor) for ticket in page], cursors.seal(call, last))


def _after(call: Call) -> dict[str, Any] | None:
    position = cursors.position_of(call)
    return json.loads(position) if position else None


def _page(call: Call, next_key: dict[str, Any] | None, rows: list[dict[str, Any]]) -> Answer:
    return listed(rows, cursors.seal(call, json.dumps(next_key) if next_key else None))
