"""Links and side conversations as the API shows them to staff; a customer never sees either."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from helpdesk.relations.side_store import Side
from helpdesk.settings.service import statuses
from helpdesk.tickets.model import Message, Ticket

_MESSAGE = ("id", "author", "body_html", "body_text", "trimmed_html", "to", "cc", "attachments", "automatic")


def link_shape(kind: str, other: Ticket) -> dict[str, Any]:
    """The other ticket is this one's `kind`."""
    status = statuses(other.org_id)[other.status_id]
    shown = {name: getattr(other, name) for name in ("id", "number", "subject", "assignee_id", "merged_into")}
    shown |= {"status": {"id": status.id, "label": status.label, "category": status.category}}
    return {"kind": kind, "ticket": shown}


def side_shape(side: Side, *, opened: bool) -> dict[str, Any]:
    """A side conversation; `ticket_id` is where it began, also after a merge."""
    return asdict(side) | {"state": "open" if opened else "resolved"}


def side_message_shape(message: Message) -> dict[str, Any]:
    """One mail of a side conversation, `sent` by staff or `received` from a third party."""
    shown = {name: getattr(message, name) for name in (*_MESSAGE, "mail_id", "recipients", "created_at")}
    delivery = {name: value for name, value in message.delivery.items() if name in ("status", "detail")}
    return shown | {"kind": message.kind.removeprefix("side_"), "delivery": delivery}
