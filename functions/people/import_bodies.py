"""Bodies of imports."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from helpdesk.web.fields import Body, Id, Points
from helpdesk.web.routing_body import Languages, Skills, TeamIds
from people.bodies import Name, Role


class ImportFile(Body):
    """A file: its text, or in base64 its bytes as they are. It may also be the body itself, as `text/csv`."""

    CSV: ClassVar[bool] = True
    csv: Annotated[str, StringConstraints(max_length=900_000)] | None = None
    csv_base64: Annotated[str, StringConstraints(max_length=900_000)] | None = None


class ImportedPerson(Body):
    """What a row says of a colleague."""

    name: Name = ""
    role: Role = "agent"
    team_ids: TeamIds = ()
    primary_team_id: Id | None = None
    skills: Skills = ()
    languages: Languages = ()
    capacity: Points | None = None
