"""What routing consists of, for the functions that take it: a team's part, a colleague's, and the organisation's."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from helpdesk.web.fields import Body, Id, Level, SkillName

Minutes = Annotated[int, Field(ge=1, le=10_080)]
Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)]
TeamIds = Annotated[tuple[Id, ...], Field(max_length=50, strict=False)]
Channel = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,29}$")]
ChannelWeights = Annotated[dict[Channel, Annotated[int, Field(ge=0, le=100)]], Field(max_length=20)]


class Skill(Body):
    """What somebody can do, and how well: 1 is a beginning, 5 is mastery."""

    skill: SkillName
    level: Level = 1


Skills = Annotated[tuple[Skill, ...], Field(max_length=50, strict=False)]
Languages = Annotated[tuple[Locale, ...], Field(max_length=20, strict=False)]


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
