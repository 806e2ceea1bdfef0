"""What the canned desk says of a policy that is tried on the tickets of the last days."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
NONE = {"met": 0, "late": 0, "open": 0}


def count(met: int, late: int, still_open: int = 0) -> Row:
    return {"met": met, "late": late, "open": still_open}


def _late(at: int) -> Row:
    """One of them, half an hour after the other; every third was never met."""
    due = f"2026-11-{20 - at // 4:02}T{9 - at % 4:02}:30:00Z"
    met = None if at % 3 == 2 else due.replace(":30:", ":55:")
    return {
        "ticket_id": f"K{at + 1}",
        "number": 1001 + at,
        "target": "resolution" if at % 4 == 3 else "first_response",
        "due_at": due,
        "met_at": met,
    }


def simulated(**differing: Any) -> Row:
    """The answer to `POST /simulations`: 19 newly late, 16 late anyway."""
    by_target = [
        {"target": "first_response", "before": count(198, 2, 1), "after": count(184, 16, 1)},
        {"target": "next_response", "before": count(120, 8, 2), "after": count(118, 10, 2)},
        {"target": "update", "before": NONE, "after": count(10, 0)},
        {"target": "resolution", "before": count(77, 6, 1), "after": count(64, 9, 1)},
    ]
    usual = {"days": 30, "since": "2026-10-21T09:00:00Z", "tickets": 412, "all": True, "late_anyway": 16}
    usual |= {"before": count(395, 16, 4), "after": count(376, 35, 4), "no_longer_late": 0}
    return usual | {"by_target": by_target, "newly_late": [_late(at) for at in range(19)]} | differing


def unmoved(**differing: Any) -> Row:
    """The answer when all stays as it was."""
    same = count(395, 16, 4)
    by_target = [{"target": "first_response", "before": same, "after": same}]
    return simulated(before=same, after=same, by_target=by_target, newly_late=[], **differing)
