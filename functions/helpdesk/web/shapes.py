"""Tickets and messages as the API shows them to staff, and as the portal shows them to customers."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.settings.fields.reading import shown
from helpdesk.settings.service import organisation
from helpdesk.settings.statuses import status_of
from helpdesk.sla.model import due_at
from helpdesk.sla.model import shown as promised
from helpdesk.tickets.field_rules import rules_for
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
    "topic_id",
    "type",
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
    "snooze",
    "language",
    "unmatched",
    "trashed_at",
    "company_id",
    "followers",
    "parent_id",
    "problem_id",
    "duplicate_of",
    "merged_into",
    "merged_from",
    "mailbox_id",
    "version",
    "created_at",
    "updated_at",
)
TICKET_FIELDS = (*_TICKET, "status")
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
    "invites",
    "signed",
    "report",
    "defects",
    "third_party",
    "mentions",
    "recipients",
    "threading",
    "trust",
    "created_at",
)


_DELIVERY = ("status", "detail", "until", "later", "waits", "status_id")


def ticket_shape(ticket: Ticket, reader: Actor) -> dict[str, Any]:
    """A ticket for staff and integrators, with the custom fields that the reader may see."""
    status = status_of(ticket.org_id, ticket.status_id, ticket.category)
    seen = {name: getattr(ticket, name) for name in _TICKET}
    return seen | {
        "status": {"id": status.id, "label": status.label, "category": ticket.category},
        "fields": shown(reader, ticket),
        "open_side_conversations": len(ticket.open_sides),
        "due_at": due_at(ticket.sla),
        "sla": promised(ticket.sla),
    }


def ticket_detail(ticket: Ticket, reader: Actor) -> dict[str, Any]:
    """A ticket with the statuses that it may move to, and what the reader may and must do with its fields."""
    status = status_of(ticket.org_id, ticket.status_id, ticket.category)
    return ticket_shape(ticket, reader) | {
        "legal_statuses": list(status.next),
        "field_rules": field_rules(ticket, reader),
    }


def field_rules(ticket: Ticket, reader: Actor) -> dict[str, list[str]]:
    """Which fields the ticket's form asks of the reader, in order, and which of them he must fill or only reads."""
    rules = rules_for(reader, ticket)
    asked = list(rules.asked)
    return {
        "asked": asked,
        "required": [id_ for id_ in asked if id_ in rules.required],
        "read_only": [id_ for id_ in asked if id_ in rules.read_only],
    }


def message_shape(message: Message) -> dict[str, Any]:
    """A message for staff and integrators."""
    seen = {name: getattr(message, name) for name in _MESSAGE}
    delivery = {name: value for name, value in message.delivery.items() if name in _DELIVERY}
    return seen | {"delivery": delivery}


def portal_ticket(ticket: Ticket, reader: Actor) -> dict[str, Any]:
    """A ticket for its customer: our label, tags, team, notes and fields that are not his stay inside."""
    status = status_of(ticket.org_id, ticket.status_id, ticket.category)
    names = ("id", "number", "subject", "channel", "snippet", "first_response_at", "version")
    seen = {name: getattr(ticket, name) for name in (*names, "topic_id", "created_at", "updated_at")}
    label = {"id": status.id, "label": status.customer_label, "category": ticket.category}
    return seen | {"status": label, "fields": shown(reader, ticket)}


def portal_message(message: Message, reader: Actor) -> dict[str, Any]:
    """A public message for a customer; file links lead through the portal's own check.

    What an API key wrote comes from the desk itself: the key's name is nobody's business.
    """
    seen = {name: getattr(message, name) for name in ("id", "kind", "body_text", "attachments", "created_at")}
    machine = message.author["kind"] == "system"
    name = organisation(reader.org_id)["name"] if machine else message.author["name"]
    author = {"kind": message.author["kind"], "name": name}
    for form in ("body_html", "trimmed_html"):
        html = getattr(message, form)
        seen[form] = html and html.replace('"/v1/attachments/', '"/v1/portal/attachments/')
    return seen | {"author": author | {"you": message.author.get("id") == reader.id}}
