"""Each minute what is due: what was held goes out, what was left lying is posted, broken promises go up a level."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from helpdesk.core import clock
from helpdesk.core.items import Item
from helpdesk.notifications import parcels, service, store

_AT_ONCE = 500  # rows read of one turn
_OF_PARCEL = 40  # notices; beside each stand two writes of one transaction, which has a hundred


def run(org_id: str, more: Callable[[], bool]) -> int:
    """Do what is due while there is time; says how much was done. What is left is due in the next minute, too."""
    due = store.get_due(org_id, clock.stamp(), _AT_ONCE)
    done = 0
    for row in due:
        if row["what"] != "held" and more():
            _do(org_id, row)
            done += 1
    held = sorted((row for row in due if row["what"] == "held"), key=_whose)
    for _, rows in groupby(held, _whose):
        waiting = sorted(rows, key=lambda row: row["notice_id"])
        for start in range(0, len(waiting), _OF_PARCEL):
            if more():
                done += _release(org_id, waiting[start : start + _OF_PARCEL])
    return done


def _do(org_id: str, row: Item) -> None:
    if row["what"] == "escalation":
        service.escalate(org_id, row)
    else:
        parcels.post(org_id, row)


def _release(org_id: str, waiting: list[Item]) -> int:
    parcel = store.bundle(org_id, waiting)
    if not parcel:
        return 0  # another worker was quicker with some of it; the rest is due again
    parcels.post(org_id, parcel)
    return len(waiting)


def _whose(row: Item) -> tuple[str, str]:
    return row["person_id"], row["channel"]
