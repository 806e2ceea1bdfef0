"""The field types that bodies are made of; pydantic is imported with the first body that is checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from helpdesk.settings.tags import normal_tag

MOST_BODY = 500_000  # characters


class Body(BaseModel):
    """A body that names no unknown field."""

    model_config = ConfigDict(extra="forbid", strict=True)


def one_line(text: str) -> str:
    """The text, if it has no line break or other control character."""
    if any(ord(char) < 32 for char in text):
        raise ValueError("control characters and line breaks are not allowed")
    return text


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=250), AfterValidator(one_line)]
Email = Annotated[str, StringConstraints(min_length=3, max_length=254)]
Tag = Annotated[str, StringConstraints(max_length=200), AfterValidator(normal_tag)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
Hue = Annotated[int, Field(ge=0, le=359)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=60)]
SkillName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), AfterValidator(one_line)
]
Zone = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Level = Annotated[int, Field(ge=1, le=5)]
Points = Annotated[int, Field(ge=0, le=1000)]
Words = Annotated[str, StringConstraints(max_length=MOST_BODY)]
FieldValue = Annotated[str, StringConstraints(max_length=10_000)] | int | float | bool | list[str] | None

Fields = Annotated[dict[Id, FieldValue], Field(max_length=200)]


class Order(Body):
    """The ids of all records in use, in their new order."""

    ids: Annotated[list[Id], Field(max_length=500)]


class NewAttachment(Body):
    """A file that is about to be uploaded; `size` in bytes."""

    filename: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    content_type: Annotated[
        str, StringConstraints(pattern=r"^[\w.+-]{1,60}/[\w.+-]{1,80}$", max_length=120, to_lower=True)
    ] = "application/octet-stream"
    size: Annotated[int, Field(ge=1, le=25 * 1024 * 1024)]
