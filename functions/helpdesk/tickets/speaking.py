"""Messages on a ticket: what is said, and how the ticket moves by it; verbs as those of `edit`."""

from __future__ import annotations

from typing import Any

from helpdesk.settings.defaults import DONE
from helpdesk.tickets.edit import Edit, move_into, wake
from helpdesk.tickets.model import Message, Ticket, snippet_of

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
        edit.record("message.held", {"message_id": message.id, "until": message.delivery["until"]}, **kept)
        return
    _speak(edit, message, counts=counts or not edit.after.message_count, at=message.created_at, **kept)
    if message.kind == "customer" and counts:
        wake(edit, "reply")
    if message.kind == "customer" and counts and edit.after.category in ("waiting", *DONE):
        move_into(edit, "open")


def send_held(edit: Edit, message: Message) -> None:
    """A reply that was held goes out now."""
    _speak(edit, message, counts=True, at=edit.at)


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
    if message.kind == "reply" and edit.after.category == "new":
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
