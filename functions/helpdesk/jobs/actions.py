"""What a job can do to a ticket: one line here makes an action.

Each works by the ordinary commands, so that rights, rules and events are those of a single change. A command is
given a cause whose effect carries the item's result; whatever commits by `tickets.service.change` writes both at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause, Event
from helpdesk.core.ids import derived_id, time_of
from helpdesk.macros import applying as macros
from helpdesk.relations.incidents import solve_with_reply
from helpdesk.tickets import commands, history, service, trash
from helpdesk.tickets.replacing import replace_archived, retag

Do = Callable[[Actor, Cause, str, dict[str, Any]], object]


@dataclass(frozen=True)
class Kind:
    """One kind of action: the permission it needs, what does it to one ticket, and the members that it takes.

    `models` names the pydantic models of members that are bodies of the API; all other members are texts.
    """

    needs: str
    do: Do
    members: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    models: tuple[tuple[str, str], ...] = ()


def kind_of(action: dict[str, Any]) -> Kind:
    """The kind that an action names, with all that it takes.

    Raises
    ------
    Invalid
        for an unknown kind, and for members that it lacks or does not know.
    """
    kind = ACTIONS.get(str(action.get("kind")))
    if not kind:
        fault = FieldError("/action/kind", "unknown", f"one of {', '.join(ACTIONS)}")
        raise Invalid("there is no such action", fault)
    bodies = {name for name, _ in kind.models}
    faults = [
        FieldError(f"/action/{name}", "missing", "this action needs it")
        for name in kind.members
        if not action.get(name)
    ]
    for name, value in action.items():
        if name not in {"kind", *kind.members, *kind.optional}:
            faults.append(FieldError(f"/action/{name}", "unknown", "this action does not take it"))
        elif name not in bodies and not isinstance(value, str):
            faults.append(FieldError(f"/action/{name}", "string_type", "a text"))
    if faults:
        raise Invalid("this action is not complete", *faults)
    return kind


def command_id(job_id: str, ticket_id: str) -> str:
    """The correlation id of what a job does to a ticket: known before and after, so that it can be undone."""
    return derived_id(time_of(job_id), job_id, ticket_id)


def _change(actor: Actor, cause: Cause, ticket_id: str, action: dict[str, Any]) -> None:
    commands.patch(actor, cause, ticket_id, action["change"], None)


def _message(actor: Actor, cause: Cause, ticket_id: str, action: dict[str, Any]) -> None:
    if action["message"].get("attachments"):
        fault = FieldError("/action/message/attachments", "not_here", "a file belongs to one message")
        raise Invalid("a job cannot attach files", fault)
    commands.post_message(actor, cause, ticket_id, action["message"])


def _undo(actor: Actor, cause: Cause, ticket_id: str, action: dict[str, Any]) -> None:
    """All commands of somebody in a window, or what another job did; a ticket's beginning stays."""

    def chosen(events: Sequence[Event]) -> list[list[Event]]:
        if "job_id" in action:
            wanted = command_id(action["job_id"], ticket_id)
            return [[event for event in events if event.correlation_id == wanted]]
        since, until = action["from"], action["to"]
        own = [event for event in events if event.actor["id"] == action["actor_id"] and since <= event.at <= until]
        found = [list(group) for _, group in groupby(own, key=lambda event: event.correlation_id)]
        return [group for group in found if all(event.type != "ticket.created" for event in group)]

    history.undo_chosen(actor, cause, ticket_id, chosen)


def _rename_tag(actor: Actor, cause: Cause, ticket_id: str, action: dict[str, Any]) -> None:
    service.change(actor, cause, ticket_id, lambda edit: retag(edit, action["from"], action["to"]))


ACTIONS: dict[str, Kind] = {
    "change": Kind("tickets:write", _change, ("change",), (), (("change", "tickets.bodies:TicketChange"),)),
    "message": Kind("tickets:write", _message, ("message",), (), (("message", "tickets.bodies:NewMessage"),)),
    "solve": Kind("tickets:write", lambda actor, cause, id_, _: commands.resolve(actor, cause, id_)),
    "reopen": Kind("tickets:write", lambda actor, cause, id_, _: commands.reopen(actor, cause, id_)),
    "solve_incidents": Kind(
        "tickets:write",
        lambda actor, cause, id_, action: solve_with_reply(actor, cause, id_, action.get("message")),
        ("problem_id",),
        ("message",),
        (("message", "tickets.bodies:NewMessage"),),
    ),
    "trash": Kind("tickets:delete", lambda actor, cause, id_, _: trash.trash(actor, cause, id_)),
    "restore": Kind("tickets:delete", lambda actor, cause, id_, _: trash.restore(actor, cause, id_)),
    "undo": Kind("tickets:write", _undo, (), ("job_id", "actor_id", "from", "to")),
    "rename_tag": Kind("settings:write", _rename_tag, ("from", "to")),
    "replace_archived": Kind(
        "settings:write",
        lambda actor, cause, id_, _: service.change(actor, cause, id_, replace_archived),
        ("field", "value"),
    ),
    "macro": Kind(
        "tickets:write",
        lambda actor, cause, id_, action: macros.apply(actor, cause, id_, action["macro_id"]),
        ("macro_id",),
    ),
}
