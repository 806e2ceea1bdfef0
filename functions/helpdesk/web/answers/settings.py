"""Answers of settings and keys."""

from __future__ import annotations

from typing import Literal

from helpdesk.web.answers.base import Answered


class OrganisationSettings(Answered):
    """The organisation: the language of what it writes where nothing else says, the days its trash is kept,
    the load that a colleague takes unless he has a capacity of his own, and what a ticket of a channel weighs.
    """

    id: str
    name: str
    locale: str
    support_address: str
    purge_days: int
    default_capacity: int
    channel_weights: dict[str, int]
    version: int


class RequiredSkill(Answered):
    """A skill that who takes the team's tickets needs, at this level at least."""

    skill: str
    level: int


class TeamRouting(Answered):
    """How a team's tickets are given out; null minutes relax nothing."""

    mode: Literal["manual", "automatic"]
    requires: list[RequiredSkill]
    language: Literal["ignore", "prefer", "require"]
    sticky: bool
    relax_minutes: int | None
    only_on_shift: bool
    hand_over: bool


class Team(Answered):
    """A team; `hue` is its colour in degrees, `focus` what it is for, `parent_id` the team above it."""

    id: str
    name: str
    hue: int
    focus: str
    parent_id: str | None
    archived: bool
    routing: TeamRouting
    position: int
    version: int
    created_at: str
    updated_at: str


class ApiKey(Answered):
    """An API key without its secret; what is null does not limit it."""

    id: str
    name: str
    scopes: list[str]
    team_ids: list[str] | None
    networks: list[str] | None
    per_minute: int | None
    created_by: str
    created_at: str
    expires_at: str | None
    last_used_at: str | None
    version: int


class NewApiKey(ApiKey):
    """An API key with its secret, which is shown this once."""

    key: str
