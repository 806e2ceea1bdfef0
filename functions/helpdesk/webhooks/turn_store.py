"""Whose turn it is to deliver to an endpoint, and how far it has got: one row an endpoint, held by one worker.

A worker that finds the row held counts itself in `wakes` and goes; the holder cannot give the row back before it
has looked again. A holder that was killed is followed by its own message, which SQS gives out again after the
lease (the queue's visibility time-out is longer): nothing that woke anybody is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Any

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.errors import Unavailable
from helpdesk.core.ids import new_id
from helpdesk.core.items import Item
from helpdesk.core.table import ConditionFailed, Update, get_many, write

LEASE_SECONDS = 40
_SPARE = 8  # seconds before the lease's end in which nothing is begun: one try takes five
_TRIES = 10


class Lost(Exception):
    """The lease ran out and another worker has the turn."""


@dataclass
class Turn:
    """The row while we hold it; `keep` and `give_back` write what was changed of it."""

    org_id: str
    webhook_id: str
    lease: str
    cursor: int
    wakes: int
    unclean: bool  # the last holder was killed
    last_success: str = ""
    up_since: str = ""
    probe_at: str = ""
    probes: int = 0
    armed: str = ""
    fence: float = field(default_factory=lambda: monotonic() + LEASE_SECONDS - _SPARE)

    @property
    def safe(self) -> bool:
        """True while there is time to begin another try."""
        return monotonic() < self.fence


_KEPT = ("cursor", "last_success", "up_since", "probe_at", "probes", "armed")
_NAMES = {f"#{name}": name for name in _KEPT}
_SETS = ", ".join(f"#{name} = :{name}" for name in _KEPT)


_TAKE = (
    "SET lease = :lease, held_until = :until, #cursor = if_not_exists(#cursor, :from), "
    "wakes = if_not_exists(wakes, :zero), "
    "taken = if_not_exists(taken, :zero) + :one, given = if_not_exists(given, :zero)"
)
_CURSOR = {"#cursor": "cursor"}


def take(org_id: str, webhook_id: str, from_seq: int) -> Turn | None:
    """The turn, or None when another worker has it and will look again; `from_seq` is where a new endpoint begins."""
    for _ in range(_TRIES):
        lease, now = new_id(), clock.now()
        values = {
            ":lease": lease,
            ":until": clock.iso(now + timedelta(seconds=LEASE_SECONDS)),
            ":now": clock.iso(now),
            ":from": from_seq,
            ":zero": 0,
            ":one": 1,
        }
        free = "attribute_not_exists(held_until) OR held_until < :now"
        try:
            return _turn(org_id, webhook_id, write(_update(org_id, webhook_id, _TAKE, free, values, _CURSOR)))
        except ConditionFailed:
            if _counted(org_id, webhook_id):
                return None
    raise Unavailable("this endpoint's turn changes hands too fast")


def keep(turn: Turn) -> None:
    """Write how far the turn has got, and hold it for another while.

    Raises
    ------
    Lost
        when it is no longer ours.
    """
    values = _values(turn) | {":until": clock.iso(clock.now() + timedelta(seconds=LEASE_SECONDS))}
    fence = monotonic() + LEASE_SECONDS - _SPARE
    expression = f"SET held_until = :until, {_SETS}"
    try:
        row = write(_update(turn.org_id, turn.webhook_id, expression, "lease = :lease", values, _NAMES))
    except ConditionFailed as failure:
        raise Lost from failure
    turn.fence, turn.wakes = fence, row["wakes"]


def give_back(turn: Turn, *, whatever: bool = False) -> bool:
    """Write how far the turn has got and end it; False when somebody has woken us meanwhile, unless `whatever`.

    Who ends it whatever has happened sees to it that somebody comes later.
    """
    values = _values(turn) | {":none": ""} | ({} if whatever else {":wakes": turn.wakes})
    condition = "lease = :lease" if whatever else "lease = :lease AND wakes = :wakes"
    expression = f"SET held_until = :none, lease = :none, given = taken, {_SETS}"
    try:
        write(_update(turn.org_id, turn.webhook_id, expression, condition, values, _NAMES))
    except ConditionFailed as failure:
        if failure.item and failure.item.get("lease") == turn.lease:
            turn.wakes = failure.item["wakes"]
            return False
    return True


def states(org_id: str, webhook_ids: list[str]) -> dict[str, Item]:
    """The rows of these endpoints by id, for people to look at."""
    rows = get_many([(config().deliveries_table, *_key(org_id, id_)) for id_ in webhook_ids])
    return {row["pk"].rpartition("#")[2]: row for row in rows}


def _counted(org_id: str, webhook_id: str) -> bool:
    """Count us among those that woke the holder; False when nobody holds the turn by now."""
    values = {":one": 1, ":now": clock.stamp()}
    try:
        write(_update(org_id, webhook_id, "ADD wakes :one", "held_until >= :now", values))
    except ConditionFailed:
        return False
    return True


def _turn(org_id: str, webhook_id: str, row: Item) -> Turn:
    kept = {name: row[name] for name in _KEPT if name in row}
    return Turn(org_id, webhook_id, row["lease"], wakes=row["wakes"], unclean=row["taken"] - row["given"] > 1, **kept)


def _values(turn: Turn) -> dict[str, Any]:
    return {f":{name}": getattr(turn, name) for name in _KEPT} | {":lease": turn.lease}


def _key(org_id: str, webhook_id: str) -> tuple[str, str]:
    return f"{org_id}#WEBHOOK#{webhook_id}", "STATE"


def _update(
    org_id: str,
    webhook_id: str,
    expression: str,
    condition: str,
    values: dict[str, Any],
    names: Mapping[str, str] | None = None,
) -> Update:
    return Update(config().deliveries_table, *_key(org_id, webhook_id), expression, condition, names or {}, values)
