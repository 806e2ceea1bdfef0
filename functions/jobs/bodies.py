"""Bodies that /v1/jobs takes."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from helpdesk.web.fields import Body, Id


class JobAction(Body):
    """What is done to each ticket: its kind, and what that kind takes (`docs/history.md`)."""

    model_config = ConfigDict(extra="allow", strict=True)

    kind: Id


class NewJob(Body):
    """One action on many tickets: those of `ids`, or all that a list's `filter` shows when the job starts."""

    action: JobAction
    ids: Annotated[list[Id], Field(min_length=1, max_length=30_000)] | None = None
    filter: Annotated[dict[Id, Annotated[str, StringConstraints(max_length=200)]], Field(max_length=20)] | None = None
    preview: bool | None = None
