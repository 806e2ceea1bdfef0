"""A ticket's past: undo of a command, its state at a time, and its return to one (part 2, items 2 and 4)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import require
from helpdesk.core import clock
from helpdesk.core.effects import Effect
from helpdesk.core.errors import Conflict, FieldError, Invalid, NotFound
from helpdesk.core.events import Cause, Event
from helpdesk.core.table import Action, ConditionFailed
from helpdesk.settings.fields.reading import shown_conflicts
from helpdesk.tickets import bodies, inverse, message_store, sending, service, store
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.field_rules import require_open
from helpdesk.tickets.model import Message, Ticket, differences, fold

_NOT_ALONE = {
    *("ticket.merged", "ticket.absorbed", "ticket.unmerged", "ticket.released", "ticket.split"),
    *("ticket.linked", "ticket.unlinked", "message.copied", "message.cancelled"),
    "message.plan_changed",
}
"""What touches two tickets (`relations.undoing` knows the way back), and what stays as it is."""
Chosen = Callable[[Sequence[Event]], list[list[Event]]]
"""Of a ticket's events, those of the commands to undo, one list each, in the order of their doing."""


def undo(actor: Actor, cause: Cause, ticket_id: str, wish: dict[str, Any], version: int | None = None) -> Ticket:
    """Take back all that a command did to this ticket.

    The command is named by its correlation id, one event of it, or the version of the ticket that it made.

    Raises
    ------
    NotFound
        when the ticket has no such command.
    Conflict
        `changed_since` with `fields: {name: {was, left, now}}`; those named in `force` go back all the same.
    """

    def chosen(events: Sequence[Event]) -> list[list[Event]]:
        return [command_of(events, wish)]

    return undo_chosen(actor, cause, ticket_id, chosen, force=wish.get("force") or (), version=version)


def command_of(events: Sequence[Event], wish: dict[str, Any]) -> list[Event]:
    """Of a ticket's events those of the command that is named; NotFound without any."""
    named = next((one for one in events if one.id == wish.get("event_id") or one.version == wish.get("version")), None)
    command = named.correlation_id if named else wish.get("correlation_id")
    found = [event for event in events if event.correlation_id == command]
    if not found:
        raise NotFound("this ticket has no such command")
    return found


def undo_chosen(
    actor: Actor,
    cause: Cause,
    ticket_id: str,
    chosen: Chosen,
    *,
    force: Collection[str] = (),
    version: int | None = None,
) -> Ticket:
    """Take back several commands of one ticket, the newest first, as one command: all of them or none."""

    def apply(edit: Edit) -> tuple[Sequence[Message], Sequence[Action]]:
        actions: list[Action] = []
        conflicts: dict[str, Any] = {}
        for events in reversed(chosen(store.get_events(edit.after.org_id, edit.after.id))):
            for event in events:
                if event.type in _NOT_ALONE:
                    raise Conflict(f"{event.type} is not taken back in this way", code="not_undoable")
                if event.type == "message.held":
                    actions += sending.cancelling(edit, event.data["message_id"])
            conflicts |= inverse.undo(edit, events, force)
        _check(actor, edit, conflicts)
        return [], actions

    try:
        return service.change(actor, cause, ticket_id, apply, version=version, trashed=True)
    except ConditionFailed as failure:
        raise Conflict("a reply of this command has gone out meanwhile", code="not_held") from failure


def bring_back(actor: Actor, cause: Cause, ticket_id: str, at: str, version: int | None = None) -> Ticket:
    """Give the ticket the state that it had at a time, by the inverse of all events since; messages stay."""

    def apply(edit: Edit) -> None:
        events = store.get_events(edit.after.org_id, edit.after.id)
        then = _state(edit.after, events, at)
        later = [event for event in events if event.version > then.version]
        if then.trashed_at:
            later = [_without_trash(event) for event in later]
        inverse.undo(edit, later, inverse.EVERYTHING)
        _check(actor, edit, {})

    return service.change(actor, cause, ticket_id, apply, version=version, trashed=True)


def preview(cause: Cause, command: Callable[[Cause], object]) -> dict[str, dict[str, Any]]:
    """`{field: {from, to}}` of what a command would change; nothing is committed."""
    effect = Effect(rehearsal=True)
    command(replace(cause, effect=effect))
    edits: list[Edit] = effect.edits
    return differences(edits[0].before or Ticket("", ""), edits[0].after) if edits else {}


def state_at(ticket: Ticket, at: str) -> tuple[Ticket, list[Event]]:
    """The ticket as it was at a time, and its events up to then.

    Raises
    ------
    NotFound
        when it had not begun.
    """
    events = store.get_events(ticket.org_id, ticket.id)
    then = _state(ticket, events, at)
    return then, [event for event in events if event.version <= then.version]


def messages_at(then: Ticket, events: Sequence[Event], at: str, limit: int) -> list[Message]:
    """The newest messages that the ticket showed after these events, with the state of their delivery then."""
    told = [*events, *(one for id_ in then.merged_from for one in store.get_events(then.org_id, id_) if one.at <= at)]
    delivery: dict[str, dict[str, Any]] = {}
    for event in told:
        message_id = event.data.get("message_id")
        if message_id and event.type != "message.plan_changed" and not event.type.startswith("side_"):
            delivery[message_id] = _delivery_after(event)
    known = message_store.find_messages(then.org_id, (then.id, *then.merged_from), sorted(delivery)[-limit:])
    return bodies.unshelve([replace(one, delivery=delivery[one.id]) for one in known])


def moment(text: str, pointer: str = "/as_of") -> str:
    """A time of a query or body as events have it.

    Raises
    ------
    Invalid
        when it is none.
    """
    try:
        return clock.iso(clock.parse(text.replace(" ", "+")))  # a plus that was not escaped in a query
    except (ValueError, OverflowError):
        fault = FieldError(pointer, "not_a_time", "RFC 3339 with a zone, e.g. 2030-01-31T09:00:00Z")
        raise Invalid("this is not a time", fault, malformed=True) from None


def _state(ticket: Ticket, events: Sequence[Event], at: str) -> Ticket:
    until = [event for event in events if event.at <= at]
    if not until:
        raise NotFound("this ticket had not begun then")
    return fold(ticket.org_id, ticket.id, until)


def _check(actor: Actor, edit: Edit, conflicts: dict[str, Any]) -> None:
    if conflicts:
        raise Conflict("this has been changed since", code="changed_since", fields=shown_conflicts(actor, conflicts))
    require_open(actor, edit)
    before = edit.before.trashed_at if edit.before else None
    if bool(before) != bool(edit.after.trashed_at):
        require(actor, "tickets:delete")
    elif before and edit.events:
        raise Conflict("this ticket is in the trash; restore it first", code="trashed")


def _without_trash(event: Event) -> Event:
    return replace(event, changes={name: one for name, one in event.changes.items() if name != "trashed_at"})


def _delivery_after(event: Event) -> dict[str, Any]:
    match event.type:
        case "message.sent":
            return {"status": "queued"}
        case "message.held":
            return {"status": "held", "until": event.data["until"]}
        case "message.cancelled":
            return {"status": "cancelled"}
        case "message.delivery_changed":
            return {"status": event.data["status"], "detail": event.data.get("detail")}
    return {"status": "none"}
