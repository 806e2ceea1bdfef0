"""Bodies of imports."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from helpdesk.web.fields import Body, Id, Points
from people.bodies import Locale, Name, Role, Skill


class ImportFile(Body):
    """A file: its text, or in base64 its bytes as they are. It may also be the body itself, as `text/csv`."""

    CSV: ClassVar[bool] = True
    csv: Annotated[str, StringConstraints(max_length=900_000)] | None = None
    csv_base64: Annotated[str, StringConstraints(max_length=900_000)] | None = None


class ImportedPerson(Body):
    """What a row says of a colleague."""

    name: Name = ""
    role: Role = "agent"
    team_ids: Annotated[list[Id], Field(max_length=50)] = Field(default=[])
    primary_team_id: Id | None = None
    skills: Annotated[list[Skill], Field(max_length=50)] = Field(default=[])
    languages: Annotated[list[Locale], Field(max_length=20)] = Field(default=[])
    capacity: Points | None = None
