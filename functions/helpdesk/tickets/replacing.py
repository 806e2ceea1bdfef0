"""What a job rewrites on tickets: the place of archived statuses, priorities and topics, and of renamed tags."""

from __future__ import annotations

from typing import Any

from helpdesk.settings import kept
from helpdesk.settings.priorities import PRIORITY
from helpdesk.settings.statuses import STATUS, statuses
from helpdesk.settings.topics import TOPIC
from helpdesk.tickets import edit as verbs
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Ticket

_KINDS = {"status_id": STATUS, "priority": PRIORITY, "topic_id": TOPIC}
_EVENTS = {"priority": "ticket.priority_changed", "topic_id": "ticket.topic_changed"}


def replacements(ticket: Ticket) -> dict[str, Any]:
    """`{status_id?, priority?, topic_id?}` that the ticket should have in place of archived ones; {} if none."""
    found = {}
    for name, kind in _KINDS.items():
        value = getattr(ticket, name)
        other = kept.replacement(kept.all_of(ticket.org_id, kind), value) if value else value
        if other != value:
            found[name] = other
    return found


def replace_archived(edit: Edit) -> None:
    """Put what replaces archived statuses, priorities and topics on the ticket; the graph is not asked."""
    found = replacements(edit.after)
    if status_id := found.pop("status_id", None):
        verbs.enter(edit, statuses(edit.after.org_id)[status_id])
    for name, value in found.items():
        edit.record(_EVENTS[name], **{name: value})


def retag(edit: Edit, from_: str, to: str | None) -> None:
    """Write one tag in place of another, or take it away; a ticket that has both keeps one."""
    if from_ in edit.after.tags:
        verbs.tag(edit, [to] if to else [], [from_] if from_ != to else [])
