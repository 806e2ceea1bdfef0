"""Bodies that settings take."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from helpdesk.core import clock
from helpdesk.web.fields import Body, Line


def _future(text: str) -> str:
    at = clock.parse(text)
    if at <= clock.now():
        raise ValueError("this time has passed")
    return clock.iso(at)


class NewKey(Body):
    """An API key: what it may do, until when (RFC 3339), and its requests a minute."""

    name: Line
    scopes: Annotated[list[Annotated[str, StringConstraints(max_length=50)]], Field(min_length=1, max_length=50)]
    expires_at: Annotated[str, AfterValidator(_future)] | None = None
    per_minute: Annotated[int, Field(ge=1, le=60_000)] | None = None


class TeamBody(Body):
    """A team's name."""

    name: Line
