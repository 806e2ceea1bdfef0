"""A job and the result of each of its items, as plain frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

MOST_IDS = 50_000
CHUNK = 100  # items of one message of the queue
LEASE = 10  # items between two looks at the rate, at the job and at its owner's rights
OUTCOMES = ("done", "unchanged", "failed")
_HIDDEN = ("org_id", "granted", "chunks", "chunks_done", "frozen", "version", "done", "unchanged", "failed", "via")


@dataclass(frozen=True)
class Job:
    """One action on many tickets; the ids are frozen when it starts to run.

    `state` is preparing (the filter is being walked), running, finished, cancelled or failed (nothing was run).
    """

    id: str
    org_id: str
    state: str
    action: dict[str, Any]
    actor: dict[str, Any]
    granted: tuple[str, ...]
    via: str
    created_at: str
    filter: dict[str, str] | None = None
    total: int | None = None
    chunks: int = 0
    chunks_done: int = 0
    done: int = 0
    unchanged: int = 0
    failed: int = 0
    frozen: str = ""
    ended_at: str | None = None
    undoes: str | None = None
    undone_by: str | None = None
    error: dict[str, Any] | None = field(default=None)
    version: int = 1

    @property
    def live(self) -> bool:
        """True until it has ended."""
        return self.state in ("preparing", "running")

    @property
    def counts(self) -> dict[str, int]:
        """How many items ended how, as far as whole chunks are through."""
        return {name: getattr(self, name) for name in OUTCOMES}

    def public(self) -> dict[str, Any]:
        """The job as the API shows it."""
        shown = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in _HIDDEN}
        finished = sum(self.counts.values())
        progress = 1.0 if self.state == "finished" else round(finished / self.total, 4) if self.total else 0.0
        return shown | {"counts": self.counts, "progress": progress}


def job_from(row: Mapping[str, Any]) -> Job:
    """The job in a table row."""
    values = {one.name: row[one.name] for one in fields(Job) if one.name in row}
    return Job(**values | {"granted": tuple(row["granted"])})
