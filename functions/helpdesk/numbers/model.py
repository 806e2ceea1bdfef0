"""What is counted, and of whom."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

COUNTS = (
    *("created", "received", "assigned", "replied", "resolved", "reopened", "involved"),
    *("promises_kept", "promises_broken"),
)
"""Plain counts of a day."""

DURATIONS = ("first_response", "next_response", "resolution")
"""Times between two moments of a ticket, kept as a count, two sums (seconds by the clock, seconds of business time)
and how many took at most each of `STEPS`."""

STEPS = tuple(60 * minutes for minutes in (5, 15, 30, 60, 120, 240, 480, 1440, 2880, 5760, 10080))
"""Seconds; the last step is open above."""

AGENT, TEAM, POLICY, DESK = "agent", "team", "policy", "desk"


@dataclass(frozen=True)
class Subject:
    """Whose number it is: a colleague, a team, an SLA policy, or the whole desk, whose id is `desk`."""

    kind: str
    id: str


WHOLE = Subject(DESK, DESK)


@dataclass(frozen=True)
class Measure:
    """What one event of a ticket adds to the numbers of some subjects on a day (`YYYY-MM-DD`, UTC)."""

    version: int
    day: str
    subjects: tuple[Subject, ...]
    adds: tuple[tuple[str, float], ...]


def lasting(name: str, seconds: float, business: float) -> tuple[tuple[str, float], ...]:
    """What a duration adds: `<name>_count`, `_seconds`, `_business`, and one to its step."""
    step = bisect_left(STEPS, business)
    return (
        (f"{name}_count", 1),
        (f"{name}_seconds", round(seconds, 3)),
        (f"{name}_business", round(business, 3)),
        (f"{name}_step_{step}", 1),
    )
