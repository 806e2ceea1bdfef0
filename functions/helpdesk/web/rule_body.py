"""What a rule consists of, for the functions that take one; the API's description has it as JSON Schema."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from helpdesk.web.action_bodies import ChangeTags, Said, Say, SetField, SetProperty
from helpdesk.web.fields import Body, Email, Id, Line, Tag, Zone

Event = Literal[
    "time",
    "ticket.created",
    "ticket.status_changed",
    "ticket.priority_changed",
    "ticket.assigned",
    "ticket.team_changed",
    "ticket.tags_changed",
    "ticket.fields_changed",
    "ticket.topic_changed",
    "ticket.type_changed",
    "ticket.subject_changed",
    "ticket.requester_changed",
    "ticket.cc_changed",
    "ticket.followers_changed",
    "ticket.linked",
    "ticket.unlinked",
    "ticket.absorbed",
    "ticket.snoozed",
    "ticket.woken",
    "ticket.restored",
    "ticket.macro_applied",
    "ticket.sla_warned",
    "ticket.sla_breached",
    "ticket.timer_fired",
    "message.received",
    "message.sent",
    "note.added",
    "message.delivery_changed",
    "side_conversation.message_received",
]
Events = Annotated[list[Event], Field(min_length=1, max_length=30)]
Condition = Annotated[str, StringConstraints(max_length=4_000)] | dict[str, Any]


class RunMacro(Body):
    """Do what a shared macro does."""

    type: Literal["macro"]
    macro_id: Id


class TellWebhook(Body):
    """Tell a webhook, whatever it asks for, by a `ticket.rule_applied`."""

    type: Literal["webhook"]
    webhook_id: Id


class Notify(Body):
    """Tell the assignee, the team or a colleague by a notice: `assignee`, `team` or an id."""

    type: Literal["notify"]
    to: Id


class FindTicket(Body):
    """The open ticket that changed last of those that have the `same` as this one, and the tag and the type."""

    same: Annotated[list[Literal["requester", "company", "topic"]], Field(max_length=3, default_factory=list)]
    tag: Tag | None = None
    type: Literal["question", "incident", "problem", "task"] | None = None

    @model_validator(mode="after")
    def _by_something(self) -> FindTicket:
        if not self.same and self.tag is None:
            raise ValueError("say what it has the same, or which tag it has")
        return self


class LinkTicket(Body):
    """Make another ticket this one's `kind`: one named by number or id, or one that is found."""

    type: Literal["link"]
    kind: Literal["parent", "child", "problem", "incident", "duplicate_of", "duplicate", "related"]
    ticket: Id | None = None
    find: FindTicket | None = None

    @model_validator(mode="after")
    def _one_way(self) -> LinkTicket:
        if (self.ticket is None) == (self.find is None):
            raise ValueError("give either ticket or find")
        if self.find and self.kind in ("child", "incident", "duplicate"):
            raise ValueError(f"a {self.kind} is named by number: what is found comes above this ticket, or beside it")
        return self


class BeginSide(Said):
    """Begin a side conversation with third parties; subject and words may have a reply's variables."""

    type: Literal["side_conversation"]
    to: Annotated[list[Email], Field(min_length=1, max_length=10)]
    subject: Line


RuleAction = Annotated[
    SetProperty | SetField | ChangeTags | Say | RunMacro | TellWebhook | Notify | LinkTicket | BeginSide,
    Field(discriminator="type"),
]
RuleActions = Annotated[list[RuleAction], Field(min_length=1, max_length=30)]


class RuleBody(Body):
    """On one of these events, or as time passes, when the condition holds, then these actions.

    `when` is a condition in text or JSON (docs/filters.md, docs/rules.md), `zone` the clock of `hour` and `weekday`.
    A rule that stops keeps those after it from the same event.
    """

    name: Line
    on: Events
    when: Condition = ""
    then: RuleActions
    stop: bool = False
    enabled: bool = True
    zone: Zone = "UTC"
