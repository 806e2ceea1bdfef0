"""Answers of what tickets are described with: statuses, priorities, topics, fields, forms and tags."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict

from helpdesk.web.answers.base import Answered


class _Kept(Answered):
    """What the records have in common; version 0 is one that the desk comes with, changed by nobody."""

    id: str
    version: int
    created_at: str | None
    updated_at: str | None


class Status(_Kept):
    """A status of the desk with its legal moves."""

    label: str
    customer_label: str
    category: Literal["new", "open", "waiting", "on_hold", "solved", "closed"]
    next: list[str]
    position: int
    archived: bool
    replaced_by: str | None


class Priority(_Kept):
    """A priority; the higher its rank, the sooner."""

    label: str
    rank: int
    hue: int | None
    archived: bool
    replaced_by: str | None


class Topic(_Kept):
    """A topic and what a ticket of it begins with."""

    label: str
    customer_label: str
    help: str
    parent_id: str | None
    public: bool
    form_id: str | None
    team_id: str | None
    priority: str | None
    type: str | None
    sla_policy_id: str | None
    tags: list[str]
    position: int
    archived: bool
    replaced_by: str | None


class FieldOption(Answered):
    """A value to choose."""

    id: str
    label: str
    parent_id: str | None = None
    archived: bool = False


class FieldValidation(Answered):
    """Bounds of a field's values."""

    min: int | float | str | None = None
    max: int | float | str | None = None
    max_length: int | None = None
    pattern: str | None = None


class CustomField(_Kept):
    """A field's definition; conditions are filters in their JSON form."""

    label: str
    customer_label: str
    type: str
    help: str
    options: list[FieldOption]
    default: Any
    required_when: dict[str, Any] | None
    visible_when: dict[str, Any] | None
    visible_to: list[str]
    read_only_to: list[str]
    validation: FieldValidation
    position: int
    archived: bool


class Form(_Kept):
    """A form: fields in the order in which it asks."""

    label: str
    field_ids: list[str]
    default: bool
    position: int
    model_config = ConfigDict(extra="allow")  # `for`, which is no name in Python


class Tag(Answered):
    """A tag, how many tickets carry it, its colour in degrees and its meaning."""

    id: str
    count: int
    hue: int | None
    description: str
    version: int


class PortalTopic(Answered):
    """A topic that a customer may choose."""

    id: str
    label: str
    help: str
    parent_id: str | None


class PortalField(Answered):
    """A field that the portal asks for; a condition is only given where the customer's own answers decide it."""

    id: str
    label: str
    type: str
    help: str
    options: list[FieldOption]
    default: Any
    required: bool
    read_only: bool
    required_when: dict[str, Any] | None
    visible_when: dict[str, Any] | None
    validation: FieldValidation


class ClosingRule(Answered):
    """When a ticket that waits or is solved ends by itself; `filter` in both forms."""

    id: str
    name: str
    category: Literal["waiting", "solved"]
    filter: str
    filter_json: dict[str, Any]
    remind_after_hours: int | None
    template_id: str | None
    close_after_hours: int
    to: Literal["solved", "closed"]
    position: int
    archived: bool
    version: int
    created_at: str | None
    updated_at: str | None
