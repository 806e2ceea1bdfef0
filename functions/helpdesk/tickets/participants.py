"""Who takes part in a ticket, and as what: requester, cc, follower (staff), agent (who has it or answered)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import Conflict, FieldError, Invalid, NotFound
from helpdesk.core.events import Cause
from helpdesk.core.table import Action, ConditionFailed
from helpdesk.core.tries import tries
from helpdesk.people import store as people_store
from helpdesk.people.model import Person, normal_email
from helpdesk.people.service import contact_for
from helpdesk.tickets import copies, service
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Message, Ticket

ROLES = ("requester", "cc", "follower", "agent")
_TRIES = 3


def list_of(ticket: Ticket) -> list[dict[str, Any]]:
    """`{id, role, person_id, email, name}` of all who take part; one round trip for their names.

    `id` is `<role>:<address or person>`, by which a participant is removed.
    """
    agents = list(dict.fromkeys([*([ticket.assignee_id] if ticket.assignee_id else []), *ticket.answered_by]))
    staff = [*dict.fromkeys([*ticket.followers, *agents])]
    people = people_store.get_people(ticket.org_id, staff, ticket.cc) if staff or ticket.cc else []
    by_id = {person.id: person for person in people}
    by_email = {email: person for person in people for email in person.emails}
    asker = ticket.requester
    rows = [_row("requester", asker["email"], asker["id"], asker["email"], asker["name"])]
    for email in ticket.cc:
        known = by_email.get(email)
        rows.append(_row("cc", email, known.id if known else None, email, known.name if known else None))
    for role, ids in (("follower", ticket.followers), ("agent", agents)):
        for id_ in ids:
            person = by_id.get(id_)
            rows.append(_row(role, id_, id_, person.email if person else None, person.name if person else None))
    return rows


def add(actor: Actor, cause: Cause, ticket_id: str, body: dict[str, Any], version: int | None) -> Ticket:
    """Let somebody take part: `cc` by address or person, `follower` by person (`me` for oneself).

    Raises
    ------
    Invalid
        for a person who is not there, or is no colleague and shall follow.
    """
    if body["role"] == "follower":
        colleague = _colleague(actor, body.get("person_id"))
        return service.change(actor, cause, ticket_id, lambda edit: copies.follow(edit, colleague), version=version)
    email = _address(actor.org_id, body)
    return service.change(actor, cause, ticket_id, lambda edit: copies.add_copy(edit, email), version=version)


def remove(actor: Actor, cause: Cause, ticket_id: str, participant_id: str, version: int | None) -> Ticket:
    """End somebody's part, for good; one who takes none stays so.

    Raises
    ------
    Conflict
        `needed` for the requester, who is only replaced, and for agents, whose part follows from what they do.
    """
    role, _, who = participant_id.partition(":")
    if role not in ROLES or not who:
        raise NotFound("there is no such participant")
    if role in ("requester", "agent"):
        raise Conflict(f"the {role} takes part by what he is; change that instead", code="needed")
    if role == "follower":
        person_id = actor.id if who == "me" else who
        return service.change(actor, cause, ticket_id, lambda edit: copies.unfollow(edit, person_id), version=version)
    email = normal_email(who, "/participant_id")
    return service.change(actor, cause, ticket_id, lambda edit: copies.remove_copy(edit, email), version=version)


def with_requester(
    actor: Actor,
    cause: Cause,
    ticket_id: str,
    requester: dict[str, Any],
    apply: Any,
    *,
    version: int | None,
) -> Ticket:
    """A command that also makes somebody the requester, known or new."""
    email = normal_email(requester["email"], "/requester/email")
    for _ in tries(_TRIES):
        person, people = contact_for(actor.org_id, email, requester.get("name"), cause=cause)
        _customer(person)

        def and_ask(
            edit: Edit, person: Person = person, people: list[Action] = people
        ) -> tuple[Sequence[Message], Sequence[Action]]:
            messages, also = apply(edit) or ((), ())
            copies.ask_for(edit, person, email)
            return messages, [*also, *people]

        try:
            return service.change(actor, cause, ticket_id, and_ask, version=version)
        except ConditionFailed as failure:
            if failure.action not in people:
                raise
    raise Conflict("this person is being made by someone else; try again")


def _customer(person: Person) -> None:
    if person.disabled:
        raise Invalid("this person is disabled", FieldError("/requester/email", "disabled", "he is disabled"))


def _colleague(actor: Actor, person_id: str | None) -> str:
    chosen = actor.id if person_id in (None, "me") else person_id
    person = people_store.get_person(actor.org_id, chosen or "")
    if not person or person.kind != "agent" or person.disabled:
        fault = FieldError("/person_id", "unknown", "there is no such colleague")
        raise Invalid("only colleagues follow", fault)
    return person.id


def _address(org_id: str, body: dict[str, Any]) -> str:
    if body.get("email"):
        return normal_email(body["email"])
    person = people_store.get_person(org_id, body.get("person_id") or "")
    if not person:
        raise Invalid("there is no such person", FieldError("/person_id", "unknown", "there is no such person"))
    return person.email


def _row(role: str, key: str, person_id: str | None, email: str | None, name: str | None) -> dict[str, Any]:
    return {"id": f"{role}:{key}", "role": role, "person_id": person_id, "email": email, "name": name}
