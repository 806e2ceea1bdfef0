"""What all answers share, and the problem document."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, RootModel


class Answered(BaseModel):
    """An answer that has these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class Csv(RootModel[str]):
    """A file, not JSON."""

    MEDIA_TYPE: ClassVar[str] = "text/csv"


class FieldFault(Answered):
    """One field at fault: JSON pointer, code and sentence."""

    pointer: str
    code: str
    message: str


class Problem(BaseModel):
    """RFC 9457; some codes carry more facts."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldFault]
    request_id: str


class Health(Answered):
    """The desk answers."""

    status: Literal["ok"]
