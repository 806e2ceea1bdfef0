"""Answers of webhooks, their ledger, and the types of events."""

from __future__ import annotations

from typing import Any, Literal

from helpdesk.web.answers.base import Answered
from helpdesk.web.answers.events import Subject


class Paused(Answered):
    """Since when nothing is sent to an endpoint that is dead, and why."""

    at: str
    reason: str


class Webhook(Answered):
    """A webhook; `behind` counts the events of the feed that it has not come to."""

    id: str
    url: str
    events: list[str]
    description: str
    payload: Literal["full", "thin"]
    filter: Any
    scope: Literal["internal", "customer"]
    enabled: bool
    paused: Paused | None
    position: int
    old_secret_until: str | None
    behind: int
    last_success_at: str | None
    next_try_at: str | None
    version: int
    created_at: str
    updated_at: str


class NewWebhook(Webhook):
    """A webhook with its secret, which is shown this once."""

    secret: str


class WebhookDelivery(Answered):
    """What became of one event for one webhook; `id` is the `webhook-id` of every try."""

    id: str
    event_id: str
    seq: int
    type: str
    subject: Subject
    status: Literal["delivered", "pending", "failed"]
    tries: int
    http_status: int | None
    milliseconds: int
    error: str | None
    next_at: str | None
    created_at: str
    updated_at: str


class Attempt(Answered):
    """One try: what the endpoint said (its first kB), or why there was no answer."""

    at: str
    http_status: int | None
    milliseconds: int
    response: str
    error: str | None


class WebhookDeliveryDetail(WebhookDelivery):
    """A delivery with its last twenty tries, oldest first."""

    attempts: list[Attempt]


class WebhookTest(Answered):
    """What an endpoint said to a `webhook.test` event."""

    id: str
    delivered: bool
    http_status: int | None
    milliseconds: int
    response: str
    error: str | None


class WebhookReplay(Answered):
    """A replay that has begun, and the stretch of the feed in which its events stand."""

    id: str
    first_seq: int
    last_seq: int


class EventType(Answered):
    """A type of event: JSON Schema, an example, and the scopes of webhooks that may get it."""

    type: str
    description: str
    event_schema: dict[str, Any]
    example: dict[str, Any]
    scopes: list[str]
