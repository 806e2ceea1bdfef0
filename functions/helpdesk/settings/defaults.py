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


@dataclass(frozen=True)
class Priority:
    """How urgent; the higher the rank, the sooner."""

    id: str
    label: str
    rank: int


ACTIVE = ("new", "open", "waiting", "on_hold")
DONE = ("solved", "closed")
CATEGORIES = ACTIVE + DONE

STATUSES = (
    Status("new", "New", "Received", "new", ("open", "waiting", "on_hold", "solved", "closed")),
    Status("open", "Open", "Being worked on", "open", ("waiting", "on_hold", "solved", "closed")),
    Status("waiting", "Waiting", "Waiting for you", "waiting", ("open", "on_hold", "solved", "closed")),
    Status("on_hold", "On hold", "On hold", "on_hold", ("open", "waiting", "solved", "closed")),
    Status("solved", "Solved", "Solved", "solved", ("open", "closed")),
    Status("closed", "Closed", "Closed", "closed", ("open",)),
)

PRIORITIES = (
    Priority("low", "Low", 1),
    Priority("normal", "Normal", 2),
    Priority("high", "High", 3),
    Priority("urgent", "Urgent", 4),
)
