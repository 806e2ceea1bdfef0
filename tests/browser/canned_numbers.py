"""The wall and the numbers of the canned desk."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from helpdesk.numbers.model import lasting
from helpdesk.numbers.service import figures

Row = dict[str, Any]
TODAY = date(2026, 11, 20)


def _day(number: int) -> dict[str, float]:
    """What was done so many days ago, by a formula; nothing at weekends."""
    if (TODAY - timedelta(days=number)).weekday() > 4:
        return {}
    answers = 6 + number * 7 % 5
    spent = dict(lasting("first_response", 1800 + number * 97 % 3000, 1500 + number * 61 % 2400))
    counts = {"created": 9 + number * 5 % 7, "resolved": 7 + number * 3 % 6, "replied": answers, "involved": answers}
    return counts | spent | {"promises_kept": 20 - number % 3, "promises_broken": number * 7 % 4}


def _days(count: int) -> list[Row]:
    found = [((TODAY - timedelta(days=number)).isoformat(), _day(number)) for number in range(count)]
    return [{"day": day} | figures([row]) for day, row in reversed(found) if row]


def wall(people: bool = True) -> Row:
    """A wall with two who are late."""
    done = figures([_day(0)])
    names = [("A1", "Sam Agent", True, "2026-11-20T16:00:00.000Z", False), ("A2", "Mara Lindqvist", False, None, True)]
    return {
        "at": "2026-11-20T08:41:08.000Z",
        "team_id": None,
        "active": 46,
        "unassigned": 3,
        "falls_due": [2, 5, 4, 7, 6, 9, 5, 3, 4],
        "ages": [{"with_us": us, "waiting": on} for us, on in ((9, 2), (14, 3), (11, 5), (6, 9), (4, 11), (2, 8))],
        "oldest": {"id": "K0", "number": 1000, "subject": "Garage chargers", "created_at": "2026-11-11T08:00:00.000Z"},
        "people": [
            {"person_id": id_, "name": name, "on": on, "until": until, "away": away, "active": 11, "late": int(on)}
            | {"today": done if people else None}
            for id_, name, on, until, away in names
        ],
        "today": done,
        "usual": figures(_day(number) for number in range(1, 31)),
        "days": _days(31),
    }


def mine() -> Row:
    """One's own last thirty days."""
    total = figures(_day(number) for number in range(30))
    row = {"id": "A1", "name": "", "total": total, "days": _days(30)}
    return {"from": "2026-10-22", "until": "2026-11-20", "of": "me", "rows": [row]}
