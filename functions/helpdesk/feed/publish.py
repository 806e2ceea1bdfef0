"""From the table's stream to the feed and the bus: numbered once, counted once, published at least once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from helpdesk.core.aws import client
from helpdesk.core.config import config
from helpdesk.core.errors import Unavailable
from helpdesk.core.events import Event
from helpdesk.core.items import Item
from helpdesk.core.table import ConditionFailed
from helpdesk.core.tries import tries
from helpdesk.feed import store
from helpdesk.settings.defaults import DONE
from helpdesk.settings.priorities import USUAL

_CARRIED = {"status_id": "status", "priority": "priority", "topic_id": "topic"}
_TRIES = 20
_BUS_BATCH = 10  # entries of one PutEvents (AWS limit)


def publish(org_id: str, rows: Sequence[Item]) -> None:
    """Put event rows of one organisation into the feed, then on the bus; safe to repeat.

    Raises
    ------
    Unavailable
        when the bus does not take all of them; the stream then delivers them again.
    """
    for start in range(0, len(rows), store.MOST_AT_ONCE):
        batch = rows[start : start + store.MOST_AT_ONCE]
        numbers = _number(org_id, batch)
        _to_bus([Event.from_item(row | {"seq": numbers[row["id"]]}) for row in batch if row["id"] in numbers])


def counts_after(rows: Sequence[Item]) -> Counter[str]:
    """How these events move the counts of categories, assignees, teams, tags, statuses, what waits, and the rest."""
    counts: Counter[str] = Counter()
    for row in rows:
        placed = row.get("placed")
        if placed:
            counts.subtract(_counted(placed["from"]))
            counts.update(_counted(placed["to"]))
        if row["subject"]["kind"] == "ticket" and (tags := row["changes"].get("tags")):
            counts.subtract(f"tag:{tag}" for tag in tags["from"] or ())
            counts.update(f"tag:{tag}" for tag in tags["to"])
        if row["subject"]["kind"] == "ticket":
            _count_carried(counts, row)
            waits = row["changes"].get("unmatched", {})
            counts.subtract(_waiting(waits.get("from")))
            counts.update(_waiting(waits.get("to")))
    return counts


def _count_carried(counts: Counter[str], row: Item) -> None:
    """How many tickets carry what an administrator may want to archive."""
    created = row["type"] == "ticket.created"
    for name, counter in _CARRIED.items():
        moved = row["changes"].get(name) or ({"from": None, "to": USUAL} if created and name == "priority" else None)
        if moved and not created:
            counts.subtract([f"{counter}:{moved['from']}"] if moved["from"] else [])
        if moved and moved["to"]:
            counts[f"{counter}:{moved['to']}"] += 1


def _number(org_id: str, rows: Sequence[Item]) -> dict[str, int]:
    """The feed number of each event, by event id; given now, or in an earlier delivery. Purged rows get none."""
    numbers: dict[str, int] = {}
    for _ in tries(_TRIES):
        fresh = [row for row in rows if row["id"] not in numbers]
        if not fresh:
            return numbers
        try:
            return numbers | store.append(org_id, store.get_head(org_id), fresh, counts_after(fresh))
        except ConditionFailed:
            known = store.numbers_of(rows)
            numbers = {id_: seq for id_, seq in known.items() if seq}
            rows = [row for row in rows if row["id"] in known]
    raise Unavailable("the feed is being written by too many at once")


def _to_bus(events: Sequence[Event]) -> None:
    for start in range(0, len(events), _BUS_BATCH):
        entries: Any = [
            {
                "EventBusName": config().bus_name,
                "Source": "lambdesk",
                "DetailType": event.type,
                "Detail": json.dumps(event.public(), ensure_ascii=False),
            }
            for event in events[start : start + _BUS_BATCH]
        ]
        answer = client("events").put_events(Entries=entries)
        if answer.get("FailedEntryCount"):
            raise Unavailable(f"the bus refused {answer['FailedEntryCount']} of {len(entries)} events")


def _waiting(unmatched: dict[str, Any] | None) -> list[str]:
    return [f"unmatched:{unmatched['team_id']}"] if unmatched else []


def _counted(place: dict[str, Any] | None) -> list[str]:
    if not place:
        return []
    if place.get("trashed_at"):
        return ["category:trash"]
    names = [f"category:{place['category']}", *(f"tag:{tag}" for tag in place.get("tags", ()))]
    if place["category"] not in DONE:
        names += [f"assignee:{place['assignee_id'] or '-'}", f"team:{place['team_id'] or '-'}"]
    return names
