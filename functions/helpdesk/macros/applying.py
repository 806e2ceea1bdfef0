"""Running a macro on a ticket: one command of whoever runs it, or a look at what it would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import require
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.core.table import Action
from helpdesk.macros import sharing
from helpdesk.macros.actions import MACRO, NEEDS, PROPERTIES, change_of_all
from helpdesk.macros.templates import TEMPLATE, Rendering, render, requester_of
from helpdesk.settings.fields.reading import shown
from helpdesk.tickets import commands, service
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.field_rules import require_complete
from helpdesk.tickets.model import Message, Ticket, differences
from helpdesk.tickets.references import reference_faults
from helpdesk.tickets.speaking import add_message

_SHOWN = ("status_id", "category", "priority", "assignee_id", "team_id", "topic_id", "type", "tags")
_LAST = ("status_id", "fields")  # a reply moves a new ticket to open; what the macro says counts after that
_WORDS = ("reply", "note")


@dataclass(frozen=True)
class Said:
    """The words of one action as they would be sent."""

    index: int
    kind: str
    rendering: Rendering


def apply(actor: Actor, cause: Cause, ticket_id: str, macro_id: str, version: int | None = None) -> Ticket:
    """Run a macro with the permissions and the sight of whoever runs it; all of it happens, or nothing.

    Raises
    ------
    NotFound
        when the actor may not see the ticket or the macro.
    Conflict
        `illegal_transition`, with the legal moves.
    Invalid
        with a pointer to each action that cannot be done, `undefined_variable` for words that have open places.
    """
    macro = _usable(actor, macro_id)

    def work(edit: Edit) -> tuple[Sequence[Message], Sequence[Action]]:
        _, messages, also = _run(actor, cause, edit, macro, strict=True)
        return messages, also

    ticket = service.change(actor, cause, ticket_id, work, version=version)
    sharing.note_use(actor.org_id, MACRO, macro_id)
    return ticket


def preview(actor: Actor, cause: Cause, ticket_id: str, macro_id: str) -> dict[str, Any]:
    """What the macro would do now: `{changes: {field: {from, to}}, messages, undefined}`; writes nothing.

    Raises as `apply`, but for open places, which it names.
    """
    macro = _usable(actor, macro_id)
    before = service.find_ticket(actor, ticket_id)
    edit = Edit(before, cause)
    said, _, _ = _run(actor, cause, edit, macro, strict=False)
    moved = differences(before, edit.after)
    changes = {name: moved[name] for name in _SHOWN if name in moved}
    if "fields" in moved:
        changes["fields"] = {"from": shown(actor, before), "to": shown(actor, edit.after)}
    messages = [
        {
            "kind": one.kind,
            "locale": one.rendering.locale,
            "body_html": one.rendering.body_html,
            "body_text": one.rendering.body_text,
            "undefined": list(one.rendering.undefined),
        }
        for one in said
    ]
    undefined = dict.fromkeys(name for one in said for name in one.rendering.undefined)
    return {"macro_id": macro_id, "changes": changes, "messages": messages, "undefined": list(undefined)}


def _usable(actor: Actor, macro_id: str) -> Item:
    macro = sharing.found(actor, MACRO, macro_id)
    for action in macro["actions"]:
        require(actor, NEEDS[action["type"]])
    return macro


def _run(
    actor: Actor, cause: Cause, edit: Edit, macro: Item, *, strict: bool
) -> tuple[list[Said], list[Message], list[Action]]:
    edit.record("ticket.macro_applied", {"macro_id": macro["id"]})
    return perform(actor, cause, edit, macro["actions"], strict=strict)


def perform(
    actor: Actor, cause: Cause, edit: Edit, actions: list[Item], *, strict: bool = True, automatic: bool = False
) -> tuple[list[Said], list[Message], list[Action]]:
    """Do actions, of which a rule's are `automatic`; raises as `apply`, for open places if `strict`."""
    body = change_of_all(actor, actions)
    if faults := reference_faults(actor, body):
        raise Invalid("some actions cannot be done any more", *(_at_action(actions, fault) for fault in faults))
    commands.apply_changes(actor, edit, {name: value for name, value in body.items() if name not in _LAST})
    said = _said(actor, edit.after, actions)
    if strict:
        _refuse_open_places(said)
    messages, also = _compose(actor, cause, edit, said, automatic)
    commands.apply_changes(actor, edit, {name: value for name, value in body.items() if name in _LAST})
    require_complete(actor, edit)
    return said, messages, also


def _said(actor: Actor, ticket: Ticket, actions: list[Item]) -> list[Said]:
    words = [(index, action) for index, action in enumerate(actions) if action["type"] in _WORDS]
    requester = requester_of(ticket) if words else None
    said = []
    for index, action in words:
        if action.get("template_id"):
            variants = sharing.found(actor, TEMPLATE, action["template_id"])["variants"]
        else:
            variants = {"en": {"body_html": action["body_html"]}}
        said.append(Said(index, action["type"], render(variants, actor, ticket, requester)))
    return said


def _refuse_open_places(said: list[Said]) -> None:
    faults = [
        FieldError(f"/actions/{one.index}", "undefined_variable", f"{name} has no value for this ticket")
        for one in said
        for name in one.rendering.undefined
    ]
    if faults:
        raise Invalid("the macro's words have places that nobody filled", *faults, code="undefined_variable")


def _compose(
    actor: Actor, cause: Cause, edit: Edit, said: list[Said], automatic: bool
) -> tuple[list[Message], list[Action]]:
    messages: list[Message] = []
    also: list[Action] = []
    for one in said:
        own = replace(cause, command_id=None) if messages else cause  # each message its own id
        words = (one.rendering.body_text, one.rendering.body_html)
        author = commands.author_of(actor)
        message, writes = commands.message_of(actor, own, edit.after, one.kind, author, words, [])
        message = replace(message, automatic=automatic, quotes=not automatic)
        add_message(edit, message, counts=not automatic)
        messages.append(message)
        also += writes
    return messages, also


def _at_action(actions: list[Item], fault: FieldError) -> FieldError:
    """The fault of a property at the action that sets it."""
    name = fault.pointer.strip("/")
    places = [index for index, one in enumerate(actions) if PROPERTIES.get(one["type"]) == name]
    return replace(fault, pointer=f"/actions/{places[-1]}/value" if places else "/actions")
