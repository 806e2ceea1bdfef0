"""Answers that are views."""

from __future__ import annotations

from typing import Any, Literal

from helpdesk.web.answers.base import Answered


class View(Answered):
    """A view with its live count and the query that it stands for; a kept view has more."""

    id: str
    label: str
    group: Literal["inbox", "teams", "shared", "personal"]
    hue: int | None = None
    count: int
    query: dict[str, str]
    filter: str | None = None
    filter_json: dict[str, Any] | None = None
    sort: str | None = None
    columns: list[str] | None = None
    shared: Literal["all", "teams", "me"] | None = None
    team_ids: list[str] | None = None
    owner_id: str | None = None
    position: int | None = None
    version: int | None = None
    created_at: str | None = None
    updated_at: str | None = None


class KeptView(Answered):
    """A view that people keep; `filter` in both forms, `query` lists it."""

    id: str
    label: str
    group: Literal["shared", "personal"]
    query: dict[str, str]
    filter: str
    filter_json: dict[str, Any]
    sort: str
    columns: list[str]
    shared: Literal["all", "teams", "me"]
    team_ids: list[str]
    owner_id: str | None
    position: int
    version: int
    created_at: str
    updated_at: str
