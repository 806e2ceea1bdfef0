"""What a rule consists of, for the functions that take one; the API's description has it as JSON Schema."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from helpdesk.web.action_bodies import ChangeTags, Say, SetField, SetProperty
from helpdesk.web.fields import Body, Id, Line

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
Zone = Annotated[str, StringConstraints(min_length=1, max_length=60)]


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


RuleAction = Annotated[
    SetProperty | SetField | ChangeTags | Say | RunMacro | TellWebhook | Notify, Field(discriminator="type")
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
