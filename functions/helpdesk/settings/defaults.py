"""What a new desk starts with: statuses in categories with their graph, and priorities."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Status:
    """A state of a ticket: our label, the customer's label, the category that rules key off, legal moves."""

    id: str
    label: str
    customer_label: str
    category: str
    next: tuple[str, ...]
    position: int = 0
    archived: bool = False  # nothing enters it any more
    replaced_by: str | None = None
    version: int = 0  # 0 is a record that the desk comes with and that nobody has changed
    created_at: str | None = None
    updated_at: str | None = None


@dataclass(frozen=True)
class Priority:
    """How urgent; the higher the rank, the sooner. `hue` is a colour in degrees."""

    id: str
    label: str
    rank: int
    hue: int | None = None
    archived: bool = False
    replaced_by: str | None = None
    version: int = 0
    created_at: str | None = None
    updated_at: str | None = None


ACTIVE = ("new", "open", "waiting", "on_hold")
DONE = ("solved", "closed")
CATEGORIES = ACTIVE + DONE
TYPES = ("question", "incident", "problem", "task")

STATUSES = (
    Status("new", "New", "Received", "new", ("open", "waiting", "on_hold", "solved", "closed"), 1),
    Status("open", "Open", "Being worked on", "open", ("waiting", "on_hold", "solved", "closed"), 2),
    Status("waiting", "Waiting", "Waiting for you", "waiting", ("open", "on_hold", "solved", "closed"), 3),
    Status("on_hold", "On hold", "On hold", "on_hold", ("open", "waiting", "solved", "closed"), 4),
    Status("solved", "Solved", "Solved", "solved", ("open", "closed"), 5),
    Status("closed", "Closed", "Closed", "closed", ("open",), 6),
)

PRIORITIES = (
    Priority("low", "Low", 1),
    Priority("normal", "Normal", 2),
    Priority("high", "High", 3),
    Priority("urgent", "Urgent", 4),
)
