"""Answers that are events."""

from __future__ import annotations

from typing import Any

from helpdesk.web.answers.base import Answered
from helpdesk.web.answers.past import EventActor


class Subject(Answered):
    """What it was done to."""

    kind: str  # "ticket", "person", "company", or a kind of setting
    id: str


class Event(Answered):
    """One committed change: the same in feed, bus and webhooks; `seq` is its place in the feed."""

    id: str
    seq: int | None
    type: str
    at: str
    org_id: str
    subject: Subject
    version: int
    actor: EventActor
    via: str
    causation_id: str | None
    correlation_id: str
    changes: dict[str, Any]
    data: dict[str, Any]
