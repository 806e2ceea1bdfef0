"""Answers of settings and keys."""

from __future__ import annotations

from helpdesk.web.answers.base import Answered


class OrganisationSettings(Answered):
    """The organisation: the language of what it writes where nothing else says, and the days its trash is kept."""

    id: str
    name: str
    locale: str
    support_address: str
    purge_days: int
    version: int


class Team(Answered):
    """A team; `hue` is its colour in degrees."""

    id: str
    name: str
    hue: int
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
