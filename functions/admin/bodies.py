"""Bodies that settings take."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from helpdesk.core import clock
from helpdesk.web.fields import Body, Id, Line, Points
from helpdesk.web.routing_body import ChannelWeights


def _future(text: str) -> str:
    at = clock.parse(text)
    if at <= clock.now():
        raise ValueError("this time has passed")
    return clock.iso(at)


Names = Annotated[list[Annotated[str, StringConstraints(max_length=50)]], Field(min_length=1, max_length=50)]


class _KeyLimits(Body):
    expires_at: Annotated[str, AfterValidator(_future)] | None = None
    per_minute: Annotated[int, Field(ge=1, le=60_000)] | None = None
    team_ids: Annotated[list[Id], Field(max_length=50)] | None = None
    networks: Annotated[list[Annotated[str, StringConstraints(max_length=50)]], Field(max_length=50)] | None = None


class NewKey(_KeyLimits):
    """An API key: its scopes; until when, for which teams, from which networks, and its requests a minute."""

    name: Line
    scopes: Names


class KeyChange(_KeyLimits):
    """What can change of an API key; null takes a limit away."""

    name: Line = ""
    scopes: Names = Field(default=[])


RedirectUris = Annotated[list[Annotated[str, StringConstraints(max_length=500)]], Field(min_length=1, max_length=20)]


class NewApp(Body):
    """An app that may ask colleagues for access; one with a server of its own is confidential and gets a secret."""

    name: Line
    redirect_uris: RedirectUris
    scopes: Names
    confidential: bool = False


class AppChange(Body):
    """What can change of an app."""

    name: Line = ""
    redirect_uris: RedirectUris = Field(default=[])
    scopes: Names = Field(default=[])


class OrganisationChange(Body):
    """What can change of the organisation: name, language (BCP 47), days its trash is kept, and how load is counted.

    `default_capacity` is for colleagues without a capacity of their own; a channel without a weight weighs 1.
    """

    name: Line = ""
    locale: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$")] = ""
    purge_days: Annotated[int, Field(ge=1, le=3650)] = 30
    default_capacity: Points = 20
    channel_weights: ChannelWeights = Field(default={})


class NewRole(Body):
    """A role: its name, what it may do, which tickets it sees."""

    label: Line
    permissions: Names
    sees: Names


class RoleChange(Body):
    """What can change of a role."""

    label: Line = ""
    permissions: Names = Field(default=[])
    sees: Names = Field(default=[])
