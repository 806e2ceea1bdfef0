"""The commands that people give through the API and the portal, from checked bodies to commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core import clock
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.ids import new_id
from helpdesk.core.table import Action
from helpdesk.people.model import normal_email
from helpdesk.settings.topics import presets
from helpdesk.tickets import edit as verbs
from helpdesk.tickets import service
from helpdesk.tickets.attachments import bind_all
from helpdesk.tickets.copies import name_copies
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.field_rules import change_fields, require_complete
from helpdesk.tickets.mentions import checked_mentions
from helpdesk.tickets.model import Message, Ticket
from helpdesk.tickets.opening import opening_of
from helpdesk.tickets.participants import with_requester
from helpdesk.tickets.placeholders import refuse_placeholders
from helpdesk.tickets.references import check_references
from helpdesk.tickets.speaking import add_message
from helpdesk.tickets.words import both_forms

_AUTHOR_KIND = {"agent": "agent", "contact": "contact"}
_EVENTS = {
    "assignee_id": "ticket.assigned",
    "team_id": "ticket.team_changed",
    "priority": "ticket.priority_changed",
    "subject": "ticket.subject_changed",
    "type": "ticket.type_changed",
    "topic_id": "ticket.topic_changed",
}


def create(actor: Actor, cause: Cause, body: dict[str, Any], channel: str) -> Ticket:
    """A ticket whose first message is the requester's words."""
    opening = opening_of(actor, body, channel)
    text, html = both_forms(body.get("body_text"), body.get("body_html"))

    def write_first(ticket: Ticket) -> tuple[Message, Sequence[Action]]:
        person = ticket.requester
        author = {"kind": "contact", "id": person["id"], "name": person["name"]}
        return message_of(actor, cause, ticket, "customer", author, (text, html), body.get("attachments") or [])

    return service.open_ticket(cause, opening, write_first)


def post_message(
    actor: Actor, cause: Cause, ticket_id: str, body: dict[str, Any], *, version: int | None = None
) -> tuple[Ticket, Message]:
    """Put a reply or note (from staff) or the customer's words (from a contact) on the ticket.

    A reply's `cc` says exactly who gets a copy, now and of later replies; without it all do who did so far.
    With `undo_seconds` it is held so long, with `send_at` until then, and can be taken back until it goes out
    (`sending`); what goes out later gives the ticket its `status_id` then.
    """
    check_references(actor, {"status_id": body.get("status_id")})
    if actor.kind != "contact":
        refuse_placeholders(body)
    words = both_forms(body.get("body_text"), body.get("body_html"))
    kind = "customer" if actor.kind == "contact" else body["kind"]
    copies = [normal_email(one, f"/cc/{index}") for index, one in enumerate(body.get("cc") or ())]
    author = author_of(actor)
    mentions = checked_mentions(actor.org_id, body)
    made: list[Message] = []

    def apply(edit: Edit) -> tuple[Sequence[Message], Sequence[Action]]:
        if kind == "reply" and body.get("cc") is not None:
            name_copies(edit, copies)
        message, also = message_of(actor, cause, edit.after, kind, author, words, body.get("attachments") or [])
        if kind == "reply" and (held := _held(body)):
            message = replace(message, delivery=held)
        message = replace(message, quotes=body.get("quote", True), mentions=mentions)
        made[:] = [message]
        add_message(edit, message)
        if body.get("status_id") and not message.delivery.get("later"):
            verbs.move_to(edit, body["status_id"])
            require_complete(actor, edit)
        return [message], also

    ticket = service.change(actor, cause, ticket_id, apply, version=version)
    return ticket, service.read_message(ticket, made[0].id) if cause.command_id else made[0]


def _held(body: dict[str, Any]) -> dict[str, Any] | None:
    """How a reply is held back that does not leave at once."""
    if body.get("send_at"):
        until, status_id = _later(body["send_at"]), body.get("status_id")
        return {"status": "held", "until": until, "later": True, "waits": None, "status_id": status_id}
    if body.get("undo_seconds"):
        return {"status": "held", "until": clock.iso(clock.now() + timedelta(seconds=body["undo_seconds"]))}
    return None


def _later(text: str) -> str:
    """The moment at which a reply is to leave, within a year."""
    try:
        at = clock.parse(text)
    except (ValueError, OverflowError):
        raise Invalid("when is it to leave?", FieldError("/send_at", "not_a_time", "RFC 3339 with its zone")) from None
    if not timedelta(0) < at - clock.now() <= timedelta(days=366):
        raise Invalid("this is no time to leave", FieldError("/send_at", "out_of_range", "within a year from now"))
    return clock.iso(at)


def patch(actor: Actor, cause: Cause, ticket_id: str, body: dict[str, Any], version: int | None) -> Ticket:
    """Change properties; every field given is one typed event, all in one commit."""
    check_references(actor, body)

    def apply(edit: Edit) -> None:
        apply_changes(actor, edit, body)
        require_complete(actor, edit)

    if body.get("requester"):
        return with_requester(actor, cause, ticket_id, body["requester"], apply, version=version)
    return service.change(actor, cause, ticket_id, apply, version=version)


def apply_changes(actor: Actor, edit: Edit, body: dict[str, Any]) -> None:
    """Record what a checked body changes: `status_id, priority, ..., tags: {add, remove}, fields, apply_topic`.

    A topic routes the ticket only when `apply_topic` asks for it. Fields are judged by the ticket as it then is.
    """
    preset = presets(edit.after.org_id, body.get("topic_id")) if body.get("apply_topic") else {}
    tags = body.get("tags") or {}
    add = [*(tags.get("add") or ()), *preset.pop("tags", ())]
    if add or tags.get("remove"):
        verbs.tag(edit, add, tags.get("remove") or [])
    body = {name: value for name, value in preset.items() if value is not None} | body
    for name, type_ in _EVENTS.items():
        if name in body:
            edit.record(type_, **{name: body[name]})
    if body.get("status_id"):
        verbs.move_to(edit, body["status_id"])
    if body.get("fields"):
        change_fields(actor, edit, body["fields"])


def resolve(actor: Actor, cause: Cause, ticket_id: str, version: int | None = None) -> Ticket:
    """Solve; a ticket that is done already is answered as it is."""

    def apply(edit: Edit) -> None:
        verbs.solve(edit)
        require_complete(actor, edit)

    return service.change(actor, cause, ticket_id, apply, version=version)


def reopen(actor: Actor, cause: Cause, ticket_id: str, version: int | None = None) -> Ticket:
    """Undo `resolve`: back to open."""
    return service.change(actor, cause, ticket_id, verbs.reopen, version=version)


def author_of(actor: Actor) -> dict[str, Any]:
    """How a message names its author."""
    return {"kind": _AUTHOR_KIND.get(actor.kind, "system"), "id": actor.id, "name": actor.name}


def message_of(
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
