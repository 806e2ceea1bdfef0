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


def load(person_id: str, before: tuple[int, int], after: tuple[int, int], capacity: int = 20) -> Row:
    """A colleague: `(tickets, highest load)` of each side."""
    sides = {
        name: {"assigned": assigned, "highest": highest, "share": round(highest / capacity, 3)}
        for name, (assigned, highest) in (("before", before), ("after", after))
    }
    return {"person_id": person_id, "capacity": capacity} | sides


LOADS: Row = {
    "load": [load("A2", (9, 4), (33, 17)), load("A1", (58, 23), (32, 16))],
    "fairness": {"before": 49, "after": 1},
}


def routed(**differing: Any) -> Row:
    """The answer to `POST /simulations/routing`: 24 of 67 tickets would have another owner, three had to wait."""
    span = {"days": 30, "since": "2026-10-21T09:00:00Z", "until": "2026-11-20T09:00:00Z", "tickets_seen": 412}
    numbers = {"all": True, "tickets": 67, "moved": 24, "same": 43, "without_owner": 1, "waited": 3}
    assumptions = [
        {"code": "as_now", "text": "Teams are those of now.", "count": None},
        {"code": "by_hand", "text": "By hand.", "count": 5},
    ]
    found = {"found": [_moved(at) for at in range(24)], "unmatched": [_waited(at) for at in range(3)]}
    return span | numbers | found | LOADS | {"assumptions": assumptions} | differing


def _moved(at: int) -> Row:
    about = {"ticket_id": f"K{at}", "number": 1001 + at, "team_id": "T1"}
    about |= {"subject": f"The charger stops after {at + 2} minutes, and then the lamp blinks twice"}
    why = {"why": "least_loaded" if at % 2 else "last_owner", "relaxed": "none", "load": at, "capacity": 20}
    return about | {"before": "A1" if at else None, "after": "A2", "at": f"2026-11-{20 - at // 4:02}T08:30:00Z"} | why


def _waited(at: int) -> Row:
    about = {"ticket_id": f"K{at}", "number": 1001 + at, "subject": "The charger stops", "team_id": "T1"}
    until = None if at == 2 else "2026-11-12T09:10:00Z"
    return about | {"since": "2026-11-12T08:30:00Z", "until": until, "reason": "full" if at else "off_shift"}
