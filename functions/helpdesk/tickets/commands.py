"""The commands that people give through the API and the portal, from checked bodies to commits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core import clock
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.ids import new_id
from helpdesk.core.table import Action
from helpdesk.people import store as people_store
from helpdesk.people.model import normal_email
from helpdesk.settings.service import check_team, priorities, statuses
from helpdesk.tickets import edit as verbs
from helpdesk.tickets import service
from helpdesk.tickets.attachments import bind_all
from helpdesk.tickets.copies import name_copies
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Message, Ticket
from helpdesk.tickets.participants import with_requester
from helpdesk.tickets.words import both_forms

_AUTHOR_KIND = {"agent": "agent", "contact": "contact"}
_EVENTS = {
    "assignee_id": "ticket.assigned",
    "team_id": "ticket.team_changed",
    "priority": "ticket.priority_changed",
    "subject": "ticket.subject_changed",
}


def create(actor: Actor, cause: Cause, body: dict[str, Any], channel: str) -> Ticket:
    """A ticket whose first message is the requester's words."""
    _check(actor.org_id, body)
    text, html = both_forms(body.get("body_text"), body.get("body_html"))
    requester = body["requester"]
    opening = service.Opening(
        subject=body["subject"],
        email=normal_email(requester["email"], "/requester/email"),
        name=requester.get("name"),
        channel=channel,
        priority=body.get("priority") or "normal",
        tags=tuple(body.get("tags") or ()),
        team_id=body.get("team_id"),
        assignee_id=body.get("assignee_id"),
        fields=verbs.bounded_fields(body.get("fields") or {}),
        acknowledge=channel == "portal",
    )

    def write_first(ticket: Ticket) -> tuple[Message, Sequence[Action]]:
        person = ticket.requester
        author = {"kind": "contact", "id": person["id"], "name": person["name"]}
        return _message(actor, cause, ticket, "customer", author, (text, html), body.get("attachments") or [])

    return service.open_ticket(cause, opening, write_first)


def post_message(
    actor: Actor, cause: Cause, ticket_id: str, body: dict[str, Any], *, version: int | None = None
) -> tuple[Ticket, Message]:
    """Put a reply or note (from staff) or the customer's words (from a contact) on the ticket.

    A reply's `cc` says exactly who gets a copy, now and of later replies; without it all do who did so far.
    """
    words = both_forms(body.get("body_text"), body.get("body_html"))
    kind = "customer" if actor.kind == "contact" else body["kind"]
    copies = [normal_email(one, f"/cc/{index}") for index, one in enumerate(body.get("cc") or ())]
    author = {"kind": _AUTHOR_KIND.get(actor.kind, "system"), "id": actor.id, "name": actor.name}
    made: list[Message] = []

    def apply(edit: Edit) -> tuple[Sequence[Message], Sequence[Action]]:
        if kind == "reply" and body.get("cc") is not None:
            name_copies(edit, copies)
        message, also = _message(actor, cause, edit.after, kind, author, words, body.get("attachments") or [])
        made[:] = [message]
        verbs.add_message(edit, message)
        if body.get("status_id"):
            _known_status(edit.after.org_id, body["status_id"])
            verbs.move_to(edit, body["status_id"])
        return [message], also

    ticket = service.change(actor, cause, ticket_id, apply, version=version)
    return ticket, service.read_message(ticket, made[0].id) if cause.command_id else made[0]


def patch(actor: Actor, cause: Cause, ticket_id: str, body: dict[str, Any], version: int | None) -> Ticket:
    """Change properties; every field given is one typed event, all in one commit."""
    _check(actor.org_id, body)

    def apply(edit: Edit) -> None:
        if tags := body.get("tags"):
            verbs.tag(edit, tags.get("add") or [], tags.get("remove") or [])
        if "fields" in body:
            verbs.set_fields(edit, body["fields"] or {})
        for name, type_ in _EVENTS.items():
            if name in body:
                edit.record(type_, **{name: body[name]})
        if body.get("status_id"):
            verbs.move_to(edit, body["status_id"])

    if body.get("requester"):
        return with_requester(actor, cause, ticket_id, body["requester"], apply, version=version)
    return service.change(actor, cause, ticket_id, apply, version=version)


def resolve(actor: Actor, cause: Cause, ticket_id: str, version: int | None = None) -> Ticket:
    """Solve; a ticket that is done already is answered as it is."""
    return service.change(actor, cause, ticket_id, verbs.solve, version=version)


def reopen(actor: Actor, cause: Cause, ticket_id: str, version: int | None = None) -> Ticket:
    """Undo `resolve`: back to open."""
    return service.change(actor, cause, ticket_id, verbs.reopen, version=version)


def _message(
    actor: Actor,
    cause: Cause,
    ticket: Ticket,
    kind: str,
    author: dict[str, Any],
    words: tuple[str, str],
    files: list[str],
) -> tuple[Message, Sequence[Action]]:
    """A message and the writes that bind its files; a command that is tried again makes the same one."""
    id_ = cause.command_id or new_id()
    kept, bindings = bind_all(actor, files, ticket_id=ticket.id, message_id=id_, public=kind != "note")
    outgoing = kind == "reply"
    message = Message(
        id=id_,
        kind=kind,
        author=author,
        body_text=words[0],
        body_html=words[1],
        created_at=clock.stamp(),
        to=(ticket.requester["email"],) if outgoing else (),
        cc=ticket.cc if outgoing else (),
        attachments=kept,
        delivery={"status": "queued" if outgoing else "none"},
    )
    return message, bindings


def _check(org_id: str, body: dict[str, Any]) -> None:
    """Every reference in the body, all faults at once."""
    faults = []
    if body.get("status_id") and body["status_id"] not in statuses(org_id):
        faults.append(FieldError("/status_id", "unknown", f"one of {', '.join(statuses(org_id))}"))
    if body.get("priority") and body["priority"] not in priorities(org_id):
        faults.append(FieldError("/priority", "unknown", f"one of {', '.join(priorities(org_id))}"))
    if body.get("team_id"):
        try:
            check_team(org_id, body["team_id"])
        except Invalid as fault:
            faults += fault.errors
    if body.get("assignee_id"):
        person = people_store.get_person(org_id, body["assignee_id"])
        if not person or person.kind != "agent" or person.disabled:
            faults.append(FieldError("/assignee_id", "unknown", "there is no such colleague"))
    if faults:
        raise Invalid("some values are not known here", *faults)


def _known_status(org_id: str, status_id: str) -> None:
    if status_id not in statuses(org_id):
        fault = FieldError("/status_id", "unknown", f"one of {', '.join(statuses(org_id))}")
        raise Invalid("there is no such status", fault)
