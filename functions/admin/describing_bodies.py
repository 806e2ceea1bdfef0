"""Bodies that statuses, priorities, topics, fields, forms and tags take."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from helpdesk.web.fields import Body, Hue, Id, Line, Slug, Tag
from helpdesk.web.policy_body import Condition

Ids = Annotated[list[Id], Field(max_length=200)]
Help = Annotated[str, StringConstraints(max_length=2_000)]
Type = Literal["question", "incident", "problem", "task"]
Category = Literal["new", "open", "waiting", "on_hold", "solved", "closed"]
FieldType = Literal[
    "text", "long_text", "number", "decimal", "date", "datetime", "boolean", "select", "multi_select", "tree",
    "email", "url", "phone", "person", "company", "ticket",
]  # fmt: skip


class _Change(Body):
    """A change in which what is always there cannot become null."""

    @model_validator(mode="after")
    def _not_null(self) -> _Change:
        kept = ("label", "customer_label", "next", "archived", "public", "tags", "help", "options", "visible_to",
                "read_only_to", "validation", "field_ids", "for_", "default_form", "type_", "description")  # fmt: skip
        empty = [name for name in kept if name in self.model_fields_set and getattr(self, name) is None]
        if empty:
            raise ValueError(f"{', '.join(empty)} cannot be null")
        return self


class NewStatus(Body):
    """A status; `next` are those it may move to, `reachable_from` those that may move to it."""

    id: Slug | None = None
    label: Line
    customer_label: Line | None = None
    category: Category
    next: Ids | None = None
    reachable_from: Ids | None = None


class StatusChange(_Change):
    """What can change of a status; its category cannot, because history is counted by it."""

    label: Line | None = None
    customer_label: Line | None = None
    next: Ids | None = None
    archived: Literal[False] | None = None


class NewPriority(Body):
    """A priority, ranked above the others until they are put in another order."""

    id: Slug | None = None
    label: Line
    hue: Hue | None = None


class PriorityChange(_Change):
    """What can change of a priority."""

    label: Line | None = None
    hue: Hue | None = None
    archived: Literal[False] | None = None


class NewTopic(Body):
    """A topic, and what a ticket of it begins with; what it leaves out it has of the topic above it."""

    id: Slug | None = None
    label: Line
    customer_label: Line | None = None
    help: Help = ""
    parent_id: Id | None = None
    public: bool = False
    form_id: Id | None = None
    team_id: Id | None = None
    priority: Id | None = None
    type: Type | None = None
    sla_policy_id: Id | None = None
    tags: Annotated[list[Tag], Field(max_length=20)] | None = None


class TopicChange(_Change):
    """Any of a topic's properties; null takes a preset or the parent away."""

    label: Line | None = None
    customer_label: Line | None = None
    help: Help | None = None
    parent_id: Id | None = None
    public: bool | None = None
    form_id: Id | None = None
    team_id: Id | None = None
    priority: Id | None = None
    type: Type | None = None
    sla_policy_id: Id | None = None
    tags: Annotated[list[Tag], Field(max_length=20)] | None = None
    archived: Literal[False] | None = None


class Option(Body):
    """A value to choose; `parent_id` is the branch of a tree that it hangs on."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$")]
    label: Line
    parent_id: Id | None = None
    archived: bool = False


class Validation(Body):
    """Bounds of numbers and dates, characters of text, and a pattern that text must fit."""

    min: int | float | Annotated[str, StringConstraints(max_length=40)] | None = None
    max: int | float | Annotated[str, StringConstraints(max_length=40)] | None = None
    max_length: Annotated[int, Field(ge=1, le=10_000)] | None = None
    pattern: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None


Options = Annotated[list[Option], Field(max_length=500)]
Audience = Annotated[list[Id], Field(max_length=50)]
Default = Annotated[str, StringConstraints(max_length=10_000)] | int | float | bool | list[str] | None


class NewCustomField(Body):
    """A field; conditions are filters (docs/filters.md), {"all": []} is always."""

    id: Slug
    label: Line
    type: FieldType
    customer_label: Line | None = None
    help: Help = ""
    options: Options | None = None
    default: Default = None
    required_when: Condition | None = None
    visible_when: Condition | None = None
    visible_to: Annotated[Audience, Field(min_length=1)] | None = None
    read_only_to: Audience | None = None
    validation: Validation | None = None


class CustomFieldChange(_Change):
    """What can change of a field; another type is another field."""

    label: Line | None = None
    type: FieldType | None = None
    customer_label: Line | None = None
    help: Help | None = None
    options: Options | None = None
    default: Default = None
    required_when: Condition | None = None
    visible_when: Condition | None = None
    visible_to: Annotated[Audience, Field(min_length=1)] | None = None
    read_only_to: Audience | None = None
    validation: Validation | None = None
    archived: Literal[False] | None = None


class NewForm(Body):
    """A form: its fields in order, the door that it is for, and whether it is used where no topic names another."""

    id: Slug | None = None
    label: Line
    field_ids: Ids
    for_: Annotated[Literal["agent", "portal", "both"], Field(alias="for")] = "both"
    default: bool = False


class FormChange(_Change):
    """What can change of a form."""

    label: Line | None = None
    field_ids: Ids | None = None
    for_: Annotated[Literal["agent", "portal", "both"] | None, Field(alias="for")] = None
    default: bool | None = None


class NewTag(Body):
    """A tag's colour in degrees and what it means."""

    id: Tag
    hue: Hue | None = None
    description: Help = ""


class TagChange(_Change):
    """What can change of a tag in the registry."""

    hue: Hue | None = None
    description: Help | None = None
