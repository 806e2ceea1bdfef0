"""Answers of search."""

from __future__ import annotations

from typing import Literal

from helpdesk.web.answers.base import Answered
from helpdesk.web.answers.tickets import Ticket


class FoundPerson(Answered):
    """A person as search shows him."""

    id: str
    kind: Literal["agent", "contact"]
    name: str
    email: str


class FoundCompany(Answered):
    """A company as search shows it."""

    id: str
    name: str


class FoundMessage(Answered):
    """A message in which the words stand."""

    id: str
    ticket_id: str
    ticket_number: int
    ticket_subject: str
    kind: Literal["reply", "note", "customer"]
    author: str
    created_at: str


class Highlights(Answered):
    """Where the words stand: HTML-escaped text with <mark> around them, `exact` for a number, id, address or phone."""

    exact: bool
    subject: str | None = None
    name: str | None = None
    excerpt: str | None = None
    message_id: str | None = None


class SearchHit(Answered):
    """One hit, best first; the thing itself stands under its type."""

    type: Literal["tickets", "people", "companies", "messages"]
    highlights: Highlights
    ticket: Ticket | None = None
    person: FoundPerson | None = None
    company: FoundCompany | None = None
    message: FoundMessage | None = None


class FacetValue(Answered):
    """A value and how many of the hits have it; an empty value is none."""

    value: str
    count: int


class SearchPage(Answered):
    """A page of hits; facets and `total` if they were asked for."""

    data: list[SearchHit]
    facets: dict[str, list[FacetValue]] | None = None
    total: int | None = None
    next_cursor: str | None


class SuggestedTicket(Answered):
    """A ticket to jump to."""

    id: str
    number: int
    subject: str


class SuggestedTag(Answered):
    """A tag and how many tickets that the caller may see carry it."""

    id: str
    count: int


class Suggestions(Answered):
    """What begins with what somebody types."""

    people: list[FoundPerson]
    tags: list[SuggestedTag]
    tickets: list[SuggestedTicket]
