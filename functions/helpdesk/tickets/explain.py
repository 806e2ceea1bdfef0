"""Why may this person or key see that ticket? The answer of the very predicate that decides it."""

from __future__ import annotations

from typing import Any

from helpdesk.access import store as access_store
from helpdesk.access.actor import Actor
from helpdesk.access.keys import actor_from
from helpdesk.access.people import person_actor, sharing_of
from helpdesk.access.policy import may_see, reasons
from helpdesk.core.errors import FieldError, Invalid, NotFound
from helpdesk.tickets.service import find_ticket

_WORDS = {
    "own_organisation": "the ticket belongs to another organisation",
    "requester": "he is the ticket's requester",
    "participant": "he gets copies of the ticket",
    "company": "the ticket is of his company, whose people read each other's tickets",
    "tickets:read": "the permission tickets:read is needed to see any ticket",
    "tickets:delete": "the ticket is in the trash, which is seen with the permission tickets:delete only",
    "all": "his role sees every ticket",
    "teams": "the ticket is with one of his teams",
    "assigned": "the ticket is assigned to him",
    "unassigned": "the ticket is assigned to nobody",
}


def explain(asker: Actor, actor_id: str, ticket_id: str) -> dict[str, Any]:
    """`{actor, ticket_id, may_see, reasons: [{reason, holds, because}], permissions}` for a person's or key's id.

    Raises
    ------
    Invalid
        without both ids.
    NotFound
        for a ticket that the asker may not see himself, and for an actor that does not exist.
    """
    missing = [name for name, value in (("actor", actor_id), ("ticket", ticket_id)) if not value]
    if missing:
        faults = [FieldError(f"/{name}", "required", "an id") for name in missing]
        raise Invalid("actor and ticket are needed", *faults, malformed=True)
    ticket = find_ticket(asker, ticket_id)
    actor = _actor(asker.org_id, actor_id)
    return {
        "actor": {"kind": actor.kind, "id": actor.id, "name": actor.name, "role": actor.role},
        "ticket_id": ticket.id,
        "may_see": may_see(actor, ticket),
        "reasons": [
            {"reason": name, "holds": holds, "because": _WORDS[name]} for name, holds in reasons(actor, ticket)
        ],
        "permissions": sorted(actor.permissions),
    }


def _actor(org_id: str, id_: str) -> Actor:
    person = access_store.get_person(org_id, id_)
    if person:
        return person_actor(person, company_ids=sharing_of(person))
    key = access_store.get_key(org_id, id_)
    creator = access_store.get_person(org_id, key["created_by"]) if key else None
    if key and creator:
        return actor_from(key, person_actor(creator))
    raise NotFound("there is no such person or key")
