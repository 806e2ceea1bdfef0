"""How a ticket begins, at whatever door."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from helpdesk.settings.priorities import current_priority
from helpdesk.settings.statuses import status_in
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.field_rules import default_fields
from helpdesk.tickets.model import Ticket

_TAKEN = ("subject", "channel", "team_id", "assignee_id", "fields", "cc", "linked_to", "topic_id", "type", "related",
          "mailbox_id")  # fmt: skip
_DERIVED = ("number", "status_id", "category", "priority", "requester", "company_id", "tags")
_TOLD = (*_TAKEN, *_DERIVED, "status_changed_at", "created_at")


@dataclass(frozen=True)
class Opening:
    """What a new ticket starts with; the requester is found or made by address."""

    subject: str
    email: str
    name: str | None = None
    channel: str = "api"
    priority: str = "normal"
    tags: tuple[str, ...] = ()
    team_id: str | None = None
    assignee_id: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    cc: tuple[str, ...] = ()
    linked_to: str | None = None
    acknowledge: bool = False
    topic_id: str | None = None
    type: str | None = None
    related: tuple[str, ...] = ()
    mailbox_id: str | None = None
    told: dict[str, Any] = field(default_factory=dict)  # what else the event says


def begin(
    edit: Edit, opening: Opening, number: int, requester: dict[str, Any], *, company_id: str | None = None
) -> None:
    """Record `ticket.created`, with the defaults of custom fields; imports and seeds begin their tickets by it, too."""
    org_id = edit.cause.org_id
    status = status_in(org_id, "new")
    planned = Ticket(
        org_id,
        edit.after.id,
        number=number,
        status_id=status.id,
        category=status.category,
        priority=current_priority(org_id, opening.priority),
        requester=requester,
        company_id=company_id,
        tags=tuple(sorted(set(opening.tags))),
        status_changed_at=edit.at,
        created_at=edit.at,
        **{name: getattr(opening, name) for name in _TAKEN},
    )
    planned = replace(planned, fields=default_fields(planned))
    edit.record(
        "ticket.created",
        {"acknowledge": opening.acknowledge} | opening.told,
        **{name: getattr(planned, name) for name in _TOLD},
    )
