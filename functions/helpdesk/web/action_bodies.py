"""What macros and rules can do to a ticket, for the functions that take it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from helpdesk.web.fields import Body, FieldValue, Id, Tag

Html = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]


class SetProperty(Body):
    """Give the ticket another status, priority, assignee (`me` runs it), team, topic or type; null takes away."""

    type: Literal["set_status", "set_priority", "set_assignee", "set_team", "set_topic", "set_type"]
    value: Id | None

    @model_validator(mode="after")
    def _never_without(self) -> SetProperty:
        if self.value is None and self.type in ("set_status", "set_priority"):
            raise ValueError("a ticket always has a status and a priority")
        return self


class SetField(Body):
    """Give a custom field a value; null takes it away."""

    type: Literal["set_field"]
    field_id: Id
    value: FieldValue


class ChangeTags(Body):
    """Add or remove tags."""

    type: Literal["add_tags", "remove_tags"]
    tags: Annotated[list[Tag], Field(min_length=1, max_length=50)]


class Said(Body):
    """Words given here, or a template's."""

    body_html: Html | None = None
    template_id: Id | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Said:
        if (self.body_html is None) == (self.template_id is None):
            raise ValueError("give either body_html or template_id")
        return self


class Say(Said):
    """Reply to the customer or leave a note, in words given here or in a template's."""

    type: Literal["reply", "note"]


Action = Annotated[SetProperty | SetField | ChangeTags | Say, Field(discriminator="type")]
