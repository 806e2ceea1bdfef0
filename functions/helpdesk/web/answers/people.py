"""Answers of people, sessions and oneself."""

from __future__ import annotations

from typing import Literal

from helpdesk.web.answers.base import Answered


class Skill(Answered):
    """What a colleague can do, and how well: 1 is a beginning, 5 is mastery."""

    skill: str
    level: int


class Availability(Answered):
    """Whether a colleague takes tickets now, since when, and whether he said so himself."""

    state: Literal["available", "away", "offline"]
    since: str
    by: Literal["self", "clock"]
    reassign: bool


class Person(Answered):
    """A customer (contact) or a colleague (agent)."""

    id: str
    org_id: str
    kind: Literal["agent", "contact"]
    name: str
    email: str
    role: str | None = None
    team_ids: list[str] | None = None
    locale: str | None
    version: int
    created_at: str
    updated_at: str
    disabled: bool
    emails: list[str]
    phones: list[str]
    handles: list[str]
    company_id: str | None
    company_ids: list[str]
    signature_html: str | None = None
    primary_team_id: str | None = None
    skills: list[Skill] | None = None
    languages: list[str] | None = None
    capacity: int | None = None
    availability: Availability | None = None


class Company(Answered):
    """A company; with `shares_tickets` its people read each other's tickets in the portal."""

    id: str
    org_id: str
    name: str
    domains: list[str]
    shares_tickets: bool
    note: str
    version: int
    created_at: str
    updated_at: str


class Organisation(Answered):
    """The tenant; `mailboxes` are the addresses by the ids that tickets name, none for customers."""

    id: str
    name: str
    support_address: str
    locale: str
    mailboxes: dict[str, str]


class Me(Answered):
    """The caller and what he may do."""

    kind: Literal["agent", "contact", "key"]
    id: str
    name: str
    email: str
    role: str | None
    permissions: list[str]
    team_ids: list[str]
    org: Organisation


class Session(Answered):
    """One of the caller's sessions."""

    id: str
    created_at: str
    user_agent: str
    ip: str
    current: bool
