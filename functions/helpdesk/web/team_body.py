"""Bodies that teams take, by hand and in a file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from helpdesk.web.fields import Body, Id, Level, Line, SkillName

Minutes = Annotated[int, Field(ge=1, le=10_080)]


class Required(Body):
    """A skill that who takes the team's tickets needs, at this level at least."""

    skill: SkillName
    level: Level = 1


class Routing(Body):
    """How the team's tickets are given out; what is not named stays."""

    mode: Literal["manual", "automatic"] = "manual"
    requires: Annotated[list[Required], Field(max_length=20)] = Field(default=[])
    language: Literal["ignore", "prefer", "require"] = "ignore"
    sticky: bool = True
    relax_minutes: Minutes | None = None
    only_on_shift: bool = True
    hand_over: bool = False


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
