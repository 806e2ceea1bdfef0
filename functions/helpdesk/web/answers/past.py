"""Answers of a ticket's past and of states that end by themselves."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from helpdesk.web.answers.base import Answered


class EventActor(Answered):
    """Who did it."""

    kind: Literal["agent", "contact", "key", "system"]
    id: str
    ip: str | None = None


class Snooze(Answered):
    """Until when a ticket sleeps: a time, or the customer's next words, which wake it in any case."""

    until: str | None
    on_reply: bool
    at: str
    by: str


class FieldChange(Answered):
    """One field, as it is and as it would be."""

    from_: Any = Field(alias="from")
    to: Any


class StatusMove(Answered):
    """A step along the status graph: when, and by whom."""

    from_: str | None = Field(alias="from")
    to: str
    at: str
    by: EventActor
    event_id: str


class Times(Answered):
    """Seconds in each status; they add up to the age."""

    age: float
    by_status: dict[str, float]
    by_category: dict[str, float]
    moves: list[StatusMove]


class Timer(Answered):
    """Something that a ticket does by itself, when, and why: `remind`, `close`, `wake`, or `breach:resolution`."""

    id: Annotated[str, Field(pattern=r"^(remind|close|wake|(warn|breach):[a-z_]+|send:[0-9A-Z]{26})$")]
    at: str
    because: str
    rule_id: str | None
    rule: str | None
