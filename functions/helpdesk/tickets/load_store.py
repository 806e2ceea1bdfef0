"""How many active tickets each colleague has, by channel: counted in the transaction that changes it, so it is exact.

Counts and not points are kept, so that another weight of a channel is another reading of the same numbers. `moves`
grows with each change: who chose by a load says which one he saw, and is told when it has moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpdesk.core import clock
from helpdesk.core.actions import adding
from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import Action, ConditionFailed, Put, Update, get, get_many, write
from helpdesk.tickets.model import Ticket, is_active

if TYPE_CHECKING:
    from helpdesk.tickets.store import Change

_COUNTED = "COUNTED"
_COUNT = "n_"  # and the channel: an attribute each, for ADD cannot make a map


@dataclass(frozen=True)
class Load:
    """What a colleague has: active tickets by channel, and when he got one last."""

    channels: Mapping[str, int] = field(default_factory=dict)
    moves: int = 0
    assigned_at: str = ""
    moved_at: str = ""

    def points(self, weights: Mapping[str, int]) -> int:
        """The load: each ticket by the weight of its channel, 1 where it has none."""
        return sum(count * weights.get(channel, 1) for channel, count in self.channels.items())


def owner_of(ticket: Ticket | None) -> str | None:
    """On whose load a ticket stands: nobody's while it is done, in the trash, or part of another."""
    return ticket.assignee_id if ticket and is_active(ticket) else None


def load_moves(changes: Iterable[Change], seen: Mapping[str, int] | None = None) -> list[Action]:
    """The writes that follow from changes of tickets; none where no active ticket changes hands.

    `seen` are the `moves` of those whose load must not have changed since they were read.
    """
    moved: dict[str, Counter[str]] = {}
    for change in changes:
        before, after = owner_of(change.before), owner_of(change.after)
        if before == after:
            continue
        for person_id, step in ((before, -1), (after, 1)):
            if person_id:
                moved.setdefault(person_id, Counter())[change.after.channel] += step
    return [_move(changes, person_id, steps, seen or {}) for person_id, steps in sorted(moved.items())]


def get_loads(org_id: str, person_ids: Iterable[str]) -> dict[str, Load]:
    """The loads of these people, strongly consistent; one round trip for each 100."""
    rows = get_many([(config().tickets_table, _pk(org_id, id_), "LOAD") for id_ in person_ids])
    return {row["person_id"]: _load(row) for row in rows}


def set_load(org_id: str, person_id: str, seen: Load, channels: Mapping[str, int]) -> bool:
    """Put a count right, unless it has moved since it was read; says whether it did."""
    row = {
        "pk": _pk(org_id, person_id),
        "sk": "LOAD",
        "person_id": person_id,
        "moves": seen.moves + 1,
        "assigned_at": seen.assigned_at,
        "moved_at": clock.stamp(),
    }
    counts = {f"{_COUNT}{channel}": count for channel, count in channels.items()}
    condition = "moves = :m" if seen.moves else "attribute_not_exists(pk)"
    values: Item = {":m": seen.moves} if seen.moves else {}
    try:
        write(Put(config().tickets_table, row | counts, condition, values=values))
    except ConditionFailed:
        return False
    return True


def were_counted(org_id: str) -> bool:
    """Whether the loads of a desk have been counted from its tickets at least once; one round trip."""
    return get(config().tickets_table, _pk(org_id, ""), _COUNTED) is not None


def note_counted(org_id: str) -> None:
    """They have."""
    write(Put(config().tickets_table, {"pk": _pk(org_id, ""), "sk": _COUNTED, "at": clock.stamp()}))


def _move(changes: Iterable[Change], person_id: str, steps: Counter[str], seen: Mapping[str, int]) -> Action:
    org_id = next(iter(changes)).after.org_id
    counted = {f"{_COUNT}{channel}": step for channel, step in sorted(steps.items())}
    add, names, added = adding({"moves": 1} | counted)
    sets = "SET person_id = :person, moved_at = :at"
    if steps.total() > 0:
        sets += ", assigned_at = :at"
    values: Item = added | {":person": person_id, ":at": clock.stamp()}
    condition = None
    if person_id in seen:
        condition = "moves = :seen" if seen[person_id] else "attribute_not_exists(pk)"
        values |= {":seen": seen[person_id]} if seen[person_id] else {}
    pk = _pk(org_id, person_id)
    return Update(config().tickets_table, pk, "LOAD", f"{sets} {add}", condition, names=names, values=values)


def _load(row: Item) -> Load:
    counts = {name.removeprefix(_COUNT): int(row[name]) for name in row if name.startswith(_COUNT)}
    return Load(counts, int(row["moves"]), row.get("assigned_at", ""), row.get("moved_at", ""))


def _pk(org_id: str, person_id: str) -> str:
    return f"{org_id}#LOAD#{person_id}"
