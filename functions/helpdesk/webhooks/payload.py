"""What an endpoint gets of an event: all of it, its ids alone, or what a customer may know (TM-11)."""

from __future__ import annotations

import json
from typing import Any

from helpdesk.core import clock
from helpdesk.core.events import Event
from helpdesk.core.ids import derived_id
from helpdesk.settings.fields.model import EVERY_COLLEAGUE
from helpdesk.settings.fields.reading import event_for
from helpdesk.webhooks.model import Webhook

_THIN = ("id", "seq", "type", "at", "org_id", "subject", "version")

# For the scope `customer`: type -> (fields of changes, fields of data). What is not named here is never sent, so
# that notes, side conversations, teams, tags and whatever comes later stay inside until somebody decides otherwise.
_CREATED = ("number", "subject", "status_id", "category", "requester", "channel", "created_at", "status_changed_at")
CUSTOMER: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "ticket.created": (_CREATED, ()),
    "ticket.status_changed": (("status_id", "category", "status_changed_at", "resolved_at"), ()),
    "ticket.subject_changed": (("subject",), ()),
    "message.received": (("snippet", "last_message", "has_attachments"), ("message_id", "automatic")),
    "message.sent": (
        ("snippet", "last_message", "has_attachments", "first_response_at"),
        ("message_id", "automatic"),
    ),
    "message.delivery_changed": ((), ("message_id", "status")),
}
_DESK = {"kind": "system", "id": "desk", "ip": None}


def delivery_id(webhook_id: str, row: dict[str, Any]) -> str:
    """The id of sending this event to this webhook: the same on every try and every replay."""
    return derived_id(clock.parse(row["at"]), webhook_id, row["id"])


def may_have(webhook: Webhook, row: dict[str, Any]) -> bool:
    """True if the webhook's scope lets it know of such an event."""
    return webhook.scope == "internal" or (row["type"] in CUSTOMER and row["subject"]["kind"] == "ticket")


def body_of(webhook: Webhook, row: dict[str, Any]) -> str:
    """The JSON text that is signed and sent: of custom fields those that every colleague sees, to customers none."""
    event = event_for(EVERY_COLLEAGUE, webhook.org_id, Event.from_item(row))
    if webhook.scope == "customer":
        event = _for_customers(event)
    if webhook.payload == "thin":
        event = {name: event[name] for name in _THIN}
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def _for_customers(event: dict[str, Any]) -> dict[str, Any]:
    changes, data = CUSTOMER.get(event["type"], ((), ()))
    who = event["actor"]
    return event | {
        "actor": {"kind": "contact", "id": who["id"], "ip": None} if who["kind"] == "contact" else _DESK,
        "changes": {name: change for name, change in event["changes"].items() if name in changes},
        "data": {name: value for name, value in event["data"].items() if name in data},
    }
