"""Tickets and messages as the API shows them to staff, and as the portal shows them to customers."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.settings.service import organisation, statuses
from helpdesk.tickets.model import Message, Ticket

_TICKET = (
    "id",
    "number",
    "subject",
    "priority",
    "requester",
    "assignee_id",
    "team_id",
    "tags",
    "fields",
    "cc",
    "channel",
    "snippet",
    "message_count",
    "has_attachments",
    "last_message",
    "first_response_at",
    "resolved_at",
    "status_changed_at",
    "linked_to",
    "company_id",
    "followers",
    "parent_id",
    "problem_id",
    "duplicate_of",
    "merged_into",
    "merged_from",
    "version",
    "created_at",
    "updated_at",
)
_MESSAGE = (
    "id",
    "kind",
    "author",
    "body_html",
    "body_text",
    "trimmed_html",
    "to",
    "cc",
    "attachments",
    "automatic",
    "mail_id",
    "third_party",
    "created_at",
)


def ticket_shape(ticket: Ticket) -> dict[str, Any]:
    """A ticket for staff and integrators."""
    status = statuses(ticket.org_id)[ticket.status_id]
    shown = {name: getattr(ticket, name) for name in _TICKET}
    shown["open_side_conversations"] = len(ticket.open_sides)
    return shown | {"status": {"id": status.id, "label": status.label, "category": status.category}}


def ticket_detail(ticket: Ticket) -> dict[str, Any]:
    """A ticket with the statuses that it may move to."""
    return ticket_shape(ticket) | {"legal_statuses": list(statuses(ticket.org_id)[ticket.status_id].next)}


def message_shape(message: Message) -> dict[str, Any]:
    """A message for staff and integrators."""
    shown = {name: getattr(message, name) for name in _MESSAGE}
    delivery = {name: value for name, value in message.delivery.items() if name in ("status", "detail")}
    return shown | {"delivery": delivery}


def portal_ticket(ticket: Ticket) -> dict[str, Any]:
    """A ticket for its customer: our label, tags, team and notes stay inside."""
    status = statuses(ticket.org_id)[ticket.status_id]
    names = ("id", "number", "subject", "channel", "snippet", "first_response_at", "version")
    shown = {name: getattr(ticket, name) for name in (*names, "created_at", "updated_at")}
    label = {"id": status.id, "label": status.customer_label, "category": status.category}
    return shown | {"status": label}


def portal_message(message: Message, reader: Actor) -> dict[str, Any]:
    """A public message for a customer; file links lead through the portal's own check.

    What an API key wrote comes from the desk itself: the key's name is nobody's business.
    """
    shown = {name: getattr(message, name) for name in ("id", "kind", "body_text", "attachments", "created_at")}
    machine = message.author["kind"] == "system"
    name = organisation(reader.org_id)["name"] if machine else message.author["name"]
    author = {"kind": message.author["kind"], "name": name}
    for form in ("body_html", "trimmed_html"):
        html = getattr(message, form)
        shown[form] = html and html.replace('"/v1/attachments/', '"/v1/portal/attachments/')
    return shown | {"author": author | {"you": message.author.get("id") == reader.id}}
