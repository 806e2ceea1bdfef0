"""Bodies that /v1/tickets takes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from helpdesk.web.fields import Body, Email, Fields, Id, Line, Tag, Words, one_line

Type = Literal["question", "incident", "problem", "task"]


class Requester(Body):
    """The customer, known by his address."""

    email: Email
    name: Annotated[str, StringConstraints(max_length=200), AfterValidator(one_line)] | None = None


class Worded(Body):
    """Words in one of two forms."""

    body_text: Words | None = None
    body_html: Words | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Worded:
        if (self.body_text is None) == (self.body_html is None):
            raise ValueError("give either body_text or body_html")
        return self


class NewTicket(Worded):
    """A ticket and its first message, in the requester's words."""

    subject: Line
    requester: Requester
    priority: Id | None = None
    tags: Annotated[list[Tag], Field(max_length=50)] | None = None
    team_id: Id | None = None
    assignee_id: Id | None = None
    topic_id: Id | None = None
    type: Type | None = None
    fields: Fields | None = None
    attachments: Annotated[list[Id], Field(max_length=20)] | None = None
    channel: Literal["api", "agent"] | None = None


class TagChange(Body):
    """Tags to add and to remove, as sets."""

    add: Annotated[list[Tag], Field(max_length=50)] | None = None
    remove: Annotated[list[Tag], Field(max_length=50)] | None = None


class TicketChange(Body):
    """Any of a ticket's properties; null takes an assignee, team, topic, type or field away.

    `apply_topic` with a `topic_id` also sets what the topic presets, but for what the change itself says.
    """

    status_id: Id | None = None
    priority: Id | None = None
    assignee_id: Id | None = None
    team_id: Id | None = None
    tags: TagChange | None = None
    topic_id: Id | None = None
    type: Type | None = None
    apply_topic: bool = False
    fields: Fields | None = None
    subject: Line | None = None
    requester: Requester | None = None

    @model_validator(mode="after")
    def _not_null(self) -> TicketChange:
        empty = [
            name
            for name in ("status_id", "priority", "subject", "requester")
            if name in self.model_fields_set and getattr(self, name) is None
        ]
        if empty:
            raise ValueError(f"{', '.join(empty)} cannot be null")
        return self


class NewMessage(Worded):
    """A reply to the customer, or a note that only staff see.

    `quote` false mails it without the customer's message; `mentions` are colleagues whom a note names.
    """

    kind: Literal["reply", "note"]
    attachments: Annotated[list[Id], Field(max_length=20)] | None = None
    cc: Annotated[list[Email], Field(max_length=50)] | None = None
    status_id: Id | None = None
    undo_seconds: Annotated[int, Field(ge=0, le=60)] | None = None
    mentions: Annotated[list[Id], Field(max_length=20)] | None = None
    send_at: Annotated[str, StringConstraints(max_length=40)] | None = None
    quote: bool = True


class UndoWish(Body):
    """The command to take back, by its correlation id, one event of it or the version that it made.

    `force` names fields changed since, which go back all the same.
    """

    correlation_id: Id | None = None
    event_id: Id | None = None
    version: Annotated[int, Field(ge=1)] | None = None
    force: Annotated[list[Annotated[str, StringConstraints(max_length=100)]], Field(max_length=100)] | None = None

    @model_validator(mode="after")
    def _one_name(self) -> UndoWish:
        if [self.correlation_id, self.event_id, self.version].count(None) != 2:
            raise ValueError("give one of correlation_id, event_id and version")
        return self


class Restoration(Body):
    """The time whose state the ticket gets again."""

    as_of: Annotated[str, StringConstraints(max_length=40)]


class Plan(Body):
    """Which status the ticket gets when a planned reply leaves; null leaves the status as it is."""

    status_id: Id | None


class SnoozeWish(Body):
    """Until when the ticket sleeps: a time, or `on_reply` for the customer's next words."""

    until: Annotated[str, StringConstraints(max_length=40)] | None = None
    on_reply: bool | None = None
