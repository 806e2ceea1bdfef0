"""Answers of imports."""

from __future__ import annotations

from typing import Literal

from helpdesk.web.answers.base import Answered

Outcome = Literal["created", "changed", "left", "fault", "failed", "not_reached"]


class CellFault(Answered):
    """What is wrong with a cell."""

    column: str
    code: str
    message: str


class ImportedRow(Answered):
    """A row of the file: whom it is about, and what became or would become of it; `reason` says why it failed."""

    row: int
    key: str
    outcome: Outcome
    reason: str | None
    changes: dict[str, dict[Literal["from", "to"], str]]
    faults: list[CellFault]


class ImportReport(Answered):
    """What a file did, or with `dry_run` would do, row by row; `ignored` are its columns that mean nothing."""

    dry_run: bool
    columns: list[str]
    ignored: list[str]
    counts: dict[Outcome, int]
    rows: list[ImportedRow]
