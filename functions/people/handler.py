"""Routes of people: customers and colleagues."""

from __future__ import annotations

import json

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.people import service, store
from helpdesk.web import cursors
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed, versioned

api = Api()
handler = api.handler


@api.route("GET", "/v1/people", needs="people:read", gives="list:Person")
def list_people(call: Call) -> Answer:
    """List colleagues (kind=staff) or customers (kind=contact) by address, or find one by email."""
    if email := call.query.get("email"):
        found = service.find_person(call.actor.org_id, email)
        return listed([found.public()] if found else [])
    kind = call.query.get("kind", "contact")
    if kind not in ("staff", "contact"):
        fault = FieldError("/kind", "unknown", "staff or contact")
        raise Invalid("there is no such kind of person", fault, malformed=True)
    position = cursors.position_of(call)
    after = json.loads(position) if position else None
    page = store.list_people(call.actor.org_id, kind, limit=call.limit(), after=after)
    cursor = cursors.seal(call, json.dumps(page.next_key) if page.next_key else None)
    return listed([store.person_of(row).public() for row in page.items], cursor)


@api.route("POST", "/v1/people", needs="people:write", takes="people.bodies:NewPerson", gives="Person", status=201)
def create_person(call: Call) -> Answer:
    """Add a customer, or invite a colleague."""
    person = service.create_person(call.actor, call.body)
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
    """Change a person's name, language, role or teams."""
    changes = dict(call.body)
    person = service.update_person(call.actor, call.path["person_id"], changes, call.version)
    return versioned(person.public())
