"""What a simulation says of colleagues: how many tickets each got, and how high his load came, before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from helpdesk.simulation.ledger import Ledger
from helpdesk.simulation.owners import Replay

_SIDES = ("before", "after")


def load_of(played: Replay, before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, Any]:
    """`{load: [{person_id, capacity, before, after}], fairness: {before, after}}` of the members of what was played.

    Both maps are capacities by person; sides are `{assigned, highest, share}`. Fairness is the most less the least
    that members got; who takes nothing at all does not count.
    """
    members = {one.id for people in played.terms.members.values() for one in people}
    told = members | played.was.receivers | played.desk.ledger.receivers
    rows = [_row(played, id_, before.get(id_), after.get(id_)) for id_ in told]
    counted = [row for row in rows if row["person_id"] in members and row["capacity"]]
    fairness = {side: _spread(row[side]["assigned"] for row in counted) for side in _SIDES}
    return {"load": sorted(rows, key=_most), "fairness": fairness}


def _row(played: Replay, person_id: str, before: int | None, after: int | None) -> dict[str, Any]:
    sides = {"before": _side(played.was, person_id, before), "after": _side(played.desk.ledger, person_id, after)}
    return {"person_id": person_id, "capacity": after} | sides


def _most(row: dict[str, Any]) -> tuple[int, str]:
    return -row["after"]["assigned"], row["person_id"]


def _side(ledger: Ledger, person_id: str, capacity: int | None) -> dict[str, Any]:
    hand = ledger.hand(person_id)
    share = round(hand.highest / capacity, 3) if capacity else None
    return {"assigned": len(hand.got), "highest": hand.highest, "share": share}


def _spread(numbers: Iterable[int]) -> int:
    known = list(numbers)
    return max(known) - min(known) if known else 0
