"""A command that is tried again is done once: a marker in the same transaction as its effect (invariant 6)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.events import Cause
from helpdesk.core.table import NEW, Action, ConditionFailed, Put
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Message

KEPT = timedelta(days=2)


def mark(edit: Edit, message: Message | None) -> list[Action]:
    """The marker of the edit's command, if the command can be tried again and has an effect; a job's comes with it."""
    effect = edit.cause.effect
    rows: list[Action] = []
    if effect:
        effect.edits[:] = [edit] if edit.events else []
    if effect and effect.row and edit.events:
        rows.append(effect.row)
    if not edit.cause.command_id or not edit.events:
        return rows
    row = {
        "pk": _pk(edit.cause),
        "sk": "COMMAND",
        "ticket_id": edit.after.id,
        "message_id": message.id if message else None,
        "answer_key": edit.cause.answer_key,
        "expires_at": clock.epoch(clock.now() + KEPT),
    }
    return [*rows, Put(config().idempotency_table, row, NEW)]


def is_rehearsal(cause: Cause) -> bool:
    """True if the command is only to be looked at."""
    return cause.effect is not None and cause.effect.rehearsal


def done_by(cause: Cause, failure: ConditionFailed) -> dict[str, Any] | None:
    """`{ticket_id, message_id}` if the write failed because this very command was done before."""
    action = failure.action
    if cause.effect and action is cause.effect.row:
        return failure.item
    if isinstance(action, Put) and action.item["sk"] == "COMMAND" and action.item["pk"] == _pk(cause):
        return failure.item
    return None


def _pk(cause: Cause) -> str:
    return f"{cause.org_id}#COMMAND#{cause.command_id}"
