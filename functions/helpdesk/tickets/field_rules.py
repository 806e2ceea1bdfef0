"""Custom fields of a ticket: what somebody enters is checked, what a form needs is there before the ticket is solved.

Nothing in here stops a mail, an unrelated change, or a customer who closes his ticket (zammad#5386).
"""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import may_see
from helpdesk.core.errors import FieldError, Forbidden, Invalid
from helpdesk.people import store as people_store
from helpdesk.people.company_store import get_company
from helpdesk.settings.defaults import DONE
from helpdesk.settings.fields.entering import entered, missing, pointer_to, with_defaults
from helpdesk.settings.fields.forms import AGENT, PORTAL, form_for
from helpdesk.settings.fields.rules import Rules, evaluate, facts_of
from helpdesk.settings.fields.service import context_of, definitions, viewer_of
from helpdesk.settings.topics import presets
from helpdesk.tickets import edit as verbs
from helpdesk.tickets import store
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Ticket


def rules_for(actor: Actor, ticket: Ticket) -> Rules:
    """What the actor sees, must fill and may only read of a ticket, by the ticket's form."""
    known = definitions(ticket.org_id)
    return evaluate(known, viewer_of(actor), facts_of(ticket), _asked(actor, ticket), context_of(ticket.org_id))


def new_fields(actor: Actor, ticket: Ticket, given: dict[str, Any]) -> tuple[dict[str, Any], list[FieldError]]:
    """`(values as they are kept, faults)` for a ticket about to be opened, required ones that are missing included."""
    known, context = definitions(ticket.org_id), context_of(ticket.org_id)
    values, faults = entered(known, viewer_of(actor), facts_of(ticket), given, context)
    faults += _reference_faults(actor, ticket, values)
    facts = facts_of(ticket)
    facts["fields"] = with_defaults(known, facts | {"fields": values}, context)
    wrong = {fault.pointer for fault in faults}
    lacking = missing(known, viewer_of(actor), facts, _asked(actor, ticket), context)
    return values, faults + [fault for fault in lacking if fault.pointer not in wrong]


def default_fields(ticket: Ticket) -> dict[str, Any]:
    """The fields of a new ticket with the defaults of all that it has and nobody filled."""
    return with_defaults(definitions(ticket.org_id), facts_of(ticket), context_of(ticket.org_id))


def change_fields(actor: Actor, edit: Edit, given: dict[str, Any]) -> None:
    """Set the fields that the actor gives.

    Raises
    ------
    Invalid
        with a fault for each value that is not right, by `/fields/<id>`.
    """
    ticket = edit.after
    known, context = definitions(ticket.org_id), context_of(ticket.org_id)
    values, faults = entered(known, viewer_of(actor), facts_of(ticket), given, context)
    faults += _reference_faults(actor, ticket, values)
    if faults:
        raise Invalid("some fields are not right", *faults)
    verbs.set_fields(edit, values)


def require_open(actor: Actor, edit: Edit) -> None:
    """Let an undo change only fields that the actor himself could have changed.

    Raises
    ------
    Forbidden
        without a word about which they are: he may not even know of them.
    """
    was, now = edit.before.fields if edit.before else {}, edit.after.fields
    changed = [id_ for id_ in {**was, **now} if was.get(id_) != now.get(id_)]
    if changed and definitions(edit.after.org_id).closed_to(viewer_of(actor), changed):
        raise Forbidden("this would change what you may not change", code="field_closed")


def require_complete(actor: Actor, edit: Edit) -> None:
    """Let nobody on the staff solve a ticket whose form still needs something.

    Raises
    ------
    Invalid
        `required`, with a fault for each field that has no value.
    """
    solved = edit.before and edit.before.category not in DONE and edit.after.category in DONE
    if not solved or actor.kind not in ("agent", "key"):
        return
    ticket = edit.after
    facts, context = facts_of(ticket), context_of(ticket.org_id)
    if faults := missing(definitions(ticket.org_id), viewer_of(actor), facts, _asked(actor, ticket), context):
        raise Invalid("before it is solved some fields need a value", *faults, code="required")


def _asked(actor: Actor, ticket: Ticket) -> tuple[str, ...] | None:
    door = PORTAL if actor.kind == "contact" else AGENT
    form = form_for(ticket.org_id, presets(ticket.org_id, ticket.topic_id)["form_id"], door)
    return form.field_ids if form else None


def _reference_faults(actor: Actor, ticket: Ticket, values: dict[str, Any]) -> list[FieldError]:
    """Values that name a person or ticket that is not there, or that the actor may not see."""
    known, faults = definitions(ticket.org_id).by_id, []
    for id_, value in values.items():
        if value is None or value == ticket.fields.get(id_) or id_ not in known:
            continue
        type_, missing_one = known[id_].type, False
        if type_ == "person":
            missing_one = people_store.get_person(ticket.org_id, value) is None
        elif type_ == "company":
            missing_one = get_company(ticket.org_id, value) is None
        elif type_ == "ticket":
            other = store.get_ticket(ticket.org_id, value)
            missing_one = other is None or not may_see(actor, other)
        if missing_one:
            faults.append(FieldError(pointer_to(id_), "unknown", f"there is no such {type_}"))
    return faults
