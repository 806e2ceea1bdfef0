"""Answers of jobs."""

from __future__ import annotations

from typing import Any, Literal

from helpdesk.web.answers.base import Answered


class JobOwner(Answered):
    """Who started it."""

    kind: Literal["agent", "key", "system"]
    id: str


class JobCounts(Answered):
    """How many items ended how, as far as whole chunks of a hundred are through."""

    done: int
    unchanged: int
    failed: int


class JobError(Answered):
    """Why nothing was run."""

    code: str
    detail: str


class Job(Answered):
    """One action on many tickets; `total` is null while the filter is being walked. `progress` goes from 0 to 1."""

    id: str
    state: Literal["preparing", "running", "finished", "cancelled", "failed"]
    action: dict[str, Any]
    actor: JobOwner
    filter: dict[str, str] | None
    total: int | None
    counts: JobCounts
    progress: float
    created_at: str
    ended_at: str | None
    undoes: str | None
    undone_by: str | None
    error: JobError | None


class JobItem(Answered):
    """What became of one ticket; a failed one says why."""

    ticket_id: str
    outcome: Literal["done", "unchanged", "failed"]
    code: str | None
    detail: str | None
    at: str


class JobPreviewItem(Answered):
    """What would become of one ticket: changes, or the code of why it would fail."""

    ticket_id: str
    number: int | None
    subject: str | None
    changes: dict[str, Any]
    code: str | None = None
    detail: str | None = None
    conflicts: dict[str, Any] | None = None


class JobPreview(Answered):
    """What `preview: true` answers with 200; with `more` there are others than those counted."""

    count: int
    more: bool
    sample: list[JobPreviewItem]
