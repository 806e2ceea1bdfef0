"""Bodies that /v1/people takes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from helpdesk.web.fields import Body, Email, Id

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)]
Role = Id  # of /v1/roles


class NewPerson(Body):
    """A customer; with a role a colleague, who is invited by mail."""

    email: Email
    name: Name | None = None
    role: Role | None = None
    team_ids: Annotated[list[Id], Field(max_length=50)] | None = None
    locale: Locale | None = None


class PersonChange(Body):
    """What can change of a person; the address cannot."""

    name: Name = ""
    locale: Locale | None = None
    role: Role = "agent"
    team_ids: Annotated[tuple[Id, ...], Field(max_length=50, strict=False)] = ()
    disabled: bool = False
