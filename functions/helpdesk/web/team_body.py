"""Bodies that teams take, by hand and in a file."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from helpdesk.web.fields import Body, Id, Line
from helpdesk.web.routing_body import Routing


class NewTeam(Body):
    """A team: its name, what it is for, the team above it, how its tickets are given out."""

    name: Line
    focus: Annotated[str, StringConstraints(max_length=500)] = ""
    parent_id: Id | None = None
    routing: Routing | None = None


class TeamChange(Body):
    """What can change of a team."""

    name: Line = ""
    focus: Annotated[str, StringConstraints(max_length=500)] = ""
    parent_id: Id | None = None
    archived: bool = False
    routing: Routing = Field(default=Routing())
