"""A ticket as filters see it: its values by the names of `helpdesk.filters.fields`."""

from __future__ import annotations

from typing import Any

from helpdesk.filters.folding import tag_form
from helpdesk.sla.model import due_at
from helpdesk.tickets.model import Ticket

_AS_THEY_ARE = (
    "status_id",
    "category",
    "priority",
    "assignee_id",
    "team_id",
    "company_id",
    "channel",
    "topic_id",
    "type",
    "language",
    "number",
    "subject",
    "created_at",
    "updated_at",
    "resolved_at",
    "status_changed_at",
    "first_response_at",
    "has_attachments",
    "message_count",
)


def facts_of(ticket: Ticket) -> dict[str, Any]:
    """The facts of a ticket for `matches`; `text` has the subject and people, not the messages."""
    facts = {name: getattr(ticket, name, None) for name in _AS_THEY_ARE}
    requester = ticket.requester
    words = (ticket.subject, str(ticket.number), *ticket.tags, requester.get("name"), requester.get("email"))
    return facts | {
        "due_at": due_at(ticket.sla),
        **{f"{name}_due_at": due_at(ticket.sla, name) for name in ("first_response", "next_response", "resolution")},
        "requester_id": requester.get("id"),
        "tag": sorted({tag_form(tag) for tag in ticket.tags}),
        "cc": list(ticket.cc),
        "follower": list(ticket.followers),
        "linked": linked_to(ticket),
        "snoozed": bool(ticket.snooze),
        "unmatched": bool(ticket.unmatched),
        "trashed": bool(ticket.trashed_at),
        "fields": dict(ticket.fields),
        "text": "\n".join(filter(None, words)),
    }


def linked_to(ticket: Ticket) -> list[str]:
    """The tickets that this one names: linked, parent, problem, duplicate, related, merged."""
    one = (ticket.linked_to, ticket.parent_id, ticket.problem_id, ticket.duplicate_of, ticket.merged_into)
    return sorted({id_ for id_ in (*one, *ticket.related, *ticket.merged_from) if id_})
