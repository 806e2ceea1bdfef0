"""The seconds in which a reply can be taken back: held, then either cancelled or sent, never both (EI-17).

Both ways lead through one condition on the message's row: it must still be held. The first commit wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from helpdesk.access.actor import Actor, cause_of, system
from helpdesk.core import clock
from helpdesk.core.errors import Conflict, NotFound
from helpdesk.core.events import Cause
from helpdesk.core.table import Action, ConditionFailed
from helpdesk.tickets import attachment_store, bodies, inverse, message_store, service, store
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Message
from helpdesk.tickets.references import check_references
from helpdesk.tickets.speaking import send_held, without_plan

_QUEUED = {"status": "queued"}
_CANCELLED = {"status": "cancelled"}


def cancel(actor: Actor, cause: Cause, ticket_id: str, message_id: str) -> Message:
    """Take a held reply back, with what its command did to the ticket beside it; gives the cancelled message.

    Raises
    ------
    Conflict
        `not_held`: it is on its way, or was never held.
    """
    cancelled: list[Message] = []

    def apply(edit: Edit) -> tuple[Sequence[Message], Sequence[Action]]:
        message = _known(edit, message_id)
        cancelled[:] = [replace(message, delivery=_CANCELLED)]
        events = store.get_events(edit.after.org_id, edit.after.id)
        held = next((event for event in events if _holds(event.type, event.data, message_id)), None)
        if not held:
            raise _on_its_way()
        also = cancelling(edit, message_id)
        inverse.undo(edit, [event for event in events if event.correlation_id == held.correlation_id])
        return [], also

    _settled(actor, cause, ticket_id, apply)
    return bodies.unshelve(cancelled)[0]


def cancelling(edit: Edit, message_id: str) -> list[Action]:
    """Record that a held reply is taken back; the write that makes it so fails if it goes out meanwhile.

    Its files are free for another message, as uploads of who takes it back.
    """
    message, org_id = _held(edit, message_id), edit.after.org_id
    edit.record("message.cancelled", {"message_id": message_id}, planned=without_plan(edit.after, message_id))
    owner = f"{edit.cause.actor['kind']}#{edit.cause.actor['id']}"
    freed = [attachment_store.release(org_id, one["id"], message_id, owner) for one in message.attachments]
    return [message_store.settle_held(org_id, edit.after.id, message_id, _CANCELLED), *freed]


def send_due(org_id: str, ticket_id: str, message_id: str) -> float:
    """Let a held reply go if its time has come; gives the seconds that it still has to wait.

    One that was cancelled, sent before or purged is left as it is.
    """
    actor, waits = system(org_id), [0.0]

    def apply(edit: Edit) -> tuple[Sequence[Message], Sequence[Action]] | None:
        message = _held(edit, message_id)
        waits[0] = (clock.parse(message.delivery["until"]) - clock.now()).total_seconds()
        return None if waits[0] > 0 else _gone(edit, message)

    try:
        service.change(actor, cause_of(actor, "system"), ticket_id, apply, trashed=True)
    except (ConditionFailed, Conflict, NotFound):
        return 0
    return max(0.0, waits[0])


def plan_status(
    actor: Actor, cause: Cause, ticket_id: str, message_id: str, status_id: str | None, version: int | None = None
) -> Message:
    """Choose which status the ticket gets when a reply leaves that was written to leave later; None for none.

    Raises
    ------
    Invalid
        for a status that there is not.
    Conflict
        `not_held`: it is on its way, or does not wait for a time of its own.
    """
    check_references(actor, {"status_id": status_id})

    def apply(edit: Edit) -> tuple[Sequence[Message], Sequence[Action]] | None:
        message = _held(edit, message_id)
        if not message.delivery.get("later"):
            raise _on_its_way()
        if message.delivery.get("status_id") == status_id:
            return None
        edit.record("message.plan_changed", {"message_id": message_id, "status_id": status_id})
        delivery = message.delivery | {"status_id": status_id}
        return [], [message_store.settle_held(edit.after.org_id, edit.after.id, message_id, delivery)]

    _settled(actor, cause, ticket_id, apply, version)
    return service.read_message(service.find_ticket(actor, ticket_id), message_id)


def send_now(actor: Actor, cause: Cause, ticket_id: str, message_id: str) -> Message:
    """Let a held reply go at once, also one that waits because the customer has written first; gives it.

    Raises
    ------
    Conflict
        `not_held`: it is on its way, or was never held.
    """
    _settled(actor, cause, ticket_id, lambda edit: going(edit, message_id))
    return service.read_message(service.find_ticket(actor, ticket_id), message_id)


def going(edit: Edit, message_id: str) -> tuple[Sequence[Message], Sequence[Action]]:
    """Record that a held reply goes out; the write that makes it so fails if it was taken back meanwhile.

    Raises
    ------
    Conflict
        `not_held`.
    """
    return _gone(edit, _held(edit, message_id))


def _gone(edit: Edit, message: Message) -> tuple[Sequence[Message], Sequence[Action]]:
    send_held(edit, replace(message, delivery=message.delivery | _QUEUED))
    return [], [message_store.settle_held(edit.after.org_id, edit.after.id, message.id, _QUEUED)]


def _settled(actor: Actor, cause: Cause, ticket_id: str, apply: Any, version: int | None = None) -> None:
    try:
        service.change(actor, cause, ticket_id, apply, version=version)
    except ConditionFailed as failure:
        raise _on_its_way() from failure


def _known(edit: Edit, message_id: str) -> Message:
    message = message_store.get_message(edit.after.org_id, edit.after.id, message_id)
    if not message:
        raise NotFound("there is no such message")
    return message


def _held(edit: Edit, message_id: str) -> Message:
    message = _known(edit, message_id)
    if message.delivery["status"] != "held":
        raise _on_its_way()
    return message


def _holds(type_: str, data: dict[str, Any], message_id: str) -> bool:
    return type_ == "message.held" and data.get("message_id") == message_id


def _on_its_way() -> Conflict:
    return Conflict("this reply is not held: it has gone out, or was taken back", code="not_held")
