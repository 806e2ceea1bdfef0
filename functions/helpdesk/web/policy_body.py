"""What an SLA policy consists of, for the functions that take one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from helpdesk.web.fields import Body, Id, Line

Condition = Annotated[str, StringConstraints(max_length=4_000)] | dict[str, Any]
Minutes = Annotated[int, Field(ge=1, le=525_600)]
Target = Literal["first_response", "next_response", "update", "resolution"]
Targets = dict[Target, Annotated[dict[Id, Minutes], Field(max_length=50)]]
Pauses = Annotated[list[Literal["waiting", "on_hold"]], Field(max_length=2)]
Percent = Annotated[int, Field(ge=50, le=95)]


class SlaPolicyBody(Body):
    """A policy: which tickets, whose time counts, and minutes by target and priority."""

    name: Line
    filter: Condition = ""
    calendar_id: Id | None = None
    targets: Targets
    pause_in: Pauses | None = None
    warn_at_percent: Percent = 75
