"""Messages on a ticket: what is said, and how the ticket moves by it; verbs as those of `edit`."""

from __future__ import annotations

from typing import Any

from helpdesk.core.errors import Conflict
from helpdesk.settings.defaults import DONE
from helpdesk.settings.statuses import status_of
from helpdesk.tickets.edit import Edit, move_into, move_to, wake
from helpdesk.tickets.model import Message, Ticket, snippet_of

MOST_PLANNED = 20  # each stands on the ticket until it leaves
_EVENT_OF_KIND = {"reply": "message.sent", "note": "note.added", "customer": "message.received"}


def add_message(edit: Edit, message: Message, *, counts: bool = True) -> None:
    """Put a message on the ticket and move the status as people expect.

    A customer's words reopen what is waiting, solved or closed; an answer takes a new ticket to open.
    Where the graph has no way to open the status stays: no message is refused for it.
    `counts=False` is automatic mail: kept and shown, but it moves nothing (EM-13 of the research). A reply that is
    held counts only; what an answer moves, it moves when it goes out.
    """
    kept = {
        "message_count": edit.after.message_count + 1,
        "has_attachments": edit.after.has_attachments or any(not one["inline"] for one in message.attachments),
    }
    if message.delivery["status"] == "held":
        _hold(edit, message, **kept)
        return
    _speak(edit, message, counts=counts or not edit.after.message_count, at=message.created_at, **kept)
    if message.kind == "customer" and counts:
        wake(edit, "reply")
        postpone(edit, "customer")
    if message.kind == "customer" and counts and edit.after.category in ("waiting", *DONE):
        move_into(edit, "open")


def send_held(edit: Edit, message: Message) -> None:
    """A reply that was held goes out now; one that was planned gives the ticket its status then, if it still may."""
    _speak(edit, message, counts=True, at=edit.at, planned=without_plan(edit.after, message.id))
    status_id = message.delivery.get("status_id")
    if status_id and status_id in status_of(edit.after.org_id, edit.after.status_id, edit.after.category).next:
        move_to(edit, status_id)


def postpone(edit: Edit, because: str) -> None:
    """Replies that were to leave later wait for a decision: what was to be said may be wrong by now (EI-16)."""
    planned = {id_: plan | {"waits": plan["waits"] or because} for id_, plan in edit.after.planned.items()}
    if planned != edit.after.planned:
        edit.record("message.postponed", {"because": because}, planned=planned)


def without_plan(ticket: Ticket, message_id: str) -> dict[str, Any]:
    """The ticket's plans without that of a reply."""
    return {id_: plan for id_, plan in ticket.planned.items() if id_ != message_id}


def _hold(edit: Edit, message: Message, **kept: Any) -> None:
    until, later = message.delivery["until"], bool(message.delivery.get("later"))
    if later:
        if len(edit.after.planned) >= MOST_PLANNED:
            raise Conflict(f"at most {MOST_PLANNED} replies of a ticket wait to leave", code="too_many")
        kept["planned"] = edit.after.planned | {message.id: {"at": until, "waits": None}}
    edit.record("message.held", {"message_id": message.id, "until": until, "later": later}, **kept)


def _speak(edit: Edit, message: Message, *, counts: bool, at: str, **kept: Any) -> None:
    if message.kind == "reply" and not message.automatic and not edit.after.first_response_at:
        kept["first_response_at"] = at
    if message.public and counts:
        kept["snippet"] = snippet_of(message.body_text)
        kept["last_message"] = {"kind": message.kind, "at": at}
        kept["idle"] = edit.after.idle and {"since": at}
    data: dict[str, Any] = {"message_id": message.id, "automatic": message.automatic}
    data |= {"mentions": list(message.mentions)} if message.mentions else {}
    edit.record(_EVENT_OF_KIND[message.kind], data, answered_by=_answering(edit.after, message), **kept)
    if message.kind == "reply" and not message.automatic and edit.after.category == "new":
        move_into(edit, "open")


def reread_message(edit: Edit, before: Message, after: Message, differs: list[str]) -> None:
    """A newer parser has read a customer's mail otherwise; what lists show of it follows."""
    snippet = edit.after.snippet
    files = any(not one["inline"] for one in after.attachments)
    edit.record(
        "message.reparsed",
        {"message_id": after.id, "fields": differs},
        snippet=snippet_of(after.body_text) if snippet == snippet_of(before.body_text) else snippet,
        has_attachments=edit.after.has_attachments or files,
    )


def _answering(ticket: Ticket, message: Message) -> tuple[str, ...]:
    """Who of the staff has answered by now; an answer makes its author take part (TM-15)."""
    author = message.author
    if message.kind != "reply" or author["kind"] != "agent":
        return ticket.answered_by
    return tuple(dict.fromkeys([*ticket.answered_by, author["id"]]))
