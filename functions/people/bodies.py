"""Bodies that /v1/people takes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from helpdesk.web.fields import Body, Email, Id, Line, Points
from helpdesk.web.routing_body import Languages, Locale, Skills, TeamIds

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Identity = Annotated[str, StringConstraints(min_length=3, max_length=140)]
Domains = Annotated[list[Annotated[str, StringConstraints(min_length=1, max_length=253)]], Field(max_length=50)]
Role = Id  # of /v1/roles


class NewPerson(Body):
    """A customer; with a role a colleague, who is invited by mail."""

    email: Email
    name: Name | None = None
    role: Role | None = None
    team_ids: Annotated[list[Id], Field(max_length=50)] | None = None
    locale: Locale | None = None
    company_id: Id | None = None


class PersonChange(Body):
    """What can change of a person; addresses have a path of their own."""

    name: Name = ""
    locale: Locale | None = None
    role: Role = "agent"
    team_ids: TeamIds = ()
    disabled: bool = False
    company_id: Id | None = None
    company_ids: Annotated[tuple[Id, ...], Field(max_length=20, strict=False)] = ()
    phones: Annotated[tuple[Identity, ...], Field(max_length=20, strict=False)] = ()
    handles: Annotated[tuple[Identity, ...], Field(max_length=20, strict=False)] = ()
    signature_html: Annotated[str, StringConstraints(max_length=20_000)] = ""
    primary_team_id: Id | None = None
    skills: Skills = ()
    languages: Languages = ()
    capacity: Points | None = None


class Availability(Body):
    """Whether a colleague takes tickets now; what the `clock` says does not go over what he said himself.

    `reassign` gives the tickets that he has to others, where their team is routed automatically.
    """

    state: Literal["available", "away", "offline"]
    by: Literal["self", "clock"] = "self"
    reassign: bool = False


class NewEmail(Body):
    """One more address of a customer; `primary` makes it the first."""

    email: Email
    primary: bool = False


class NewCompany(Body):
    """A company; its domains say which new customers belong to it."""

    name: Line
    domains: Domains = Field(default_factory=list)
    allow_public_domains: bool = False
    shares_tickets: bool = False
    note: Annotated[str, StringConstraints(max_length=5_000)] = ""


class CompanyChange(Body):
    """What can change of a company; `domains` are all that it shall have."""

    name: Line = ""
    domains: Domains = Field(default_factory=list)
    allow_public_domains: bool = False
    shares_tickets: bool = False
    note: Annotated[str, StringConstraints(max_length=5_000)] = ""
