"""Rows of notices in the Deliveries table.

`<org>#NOTICES#<person>`: `NOTE#<id>` a notice with the state of each channel; `HELD#<channel>#<id>` while a channel
waits for its time; `PARCEL#<id>` what is on its way by a channel; `READ` when all was read. What waits is in the index
`by_status` under `<org>#NOTICES_DUE`, in the order in which it is due.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.ids import new_id
from helpdesk.core.items import Item
from helpdesk.core.table import (
    NEW,
    Action,
    ConditionFailed,
    Delete,
    Page,
    Put,
    Update,
    get,
    get_many,
    query,
    transact,
    write,
)
from helpdesk.notifications.model import State

KEPT = timedelta(days=90)
LEASE = timedelta(minutes=1)  # in which whoever made a parcel posts it himself
_THERE = "attribute_exists(pk)"


def add(org_id: str, person_id: str, notice: Item, states: Mapping[str, State]) -> list[Item] | None:
    """Keep a notice with all that is to be done of it, and give the parcels to post now; None if it was there."""
    expires = clock.epoch(clock.now() + KEPT)
    channels = {name: state.plain() for name, state in states.items()}
    row = notice | {"channels": channels, "person_id": person_id, "expires_at": expires}
    actions: list[Action] = [_put(org_id, person_id, f"NOTE#{notice['id']}", row)]
    parcels = []
    for channel, state in states.items():
        if state.state == "held":
            waits = {"what": "held", "person_id": person_id, "channel": channel, "notice_id": notice["id"]}
            actions.append(_put(org_id, person_id, f"HELD#{channel}#{notice['id']}", waits, due=state.until))
        elif state.state == "sending":
            parcels.append(_parcel(person_id, channel, [notice["id"]]))
    actions += [_put_parcel(org_id, one) for one in parcels]
    try:
        transact(actions)
    except ConditionFailed:
        return None
    return parcels


def bundle(org_id: str, held: Sequence[Item]) -> Item | None:
    """Make one parcel of what one person's channel has held; None if another worker was quicker with any of it."""
    person_id, channel = held[0]["person_id"], held[0]["channel"]
    parcel = _parcel(person_id, channel, [one["notice_id"] for one in held])
    table = config().deliveries_table
    try:
        transact([_put_parcel(org_id, parcel), *(Delete(table, one["pk"], one["sk"], _THERE) for one in held)])
    except ConditionFailed:
        return None
    return parcel


def settle(org_id: str, parcel: Item, states: Mapping[str, State]) -> None:
    """Note what became of each notice of a parcel, which is done with thereby; harmless if it was."""
    table, pk = config().deliveries_table, _pk(org_id, parcel["person_id"])
    actions: list[Action] = [Delete(table, pk, f"PARCEL#{parcel['id']}", _THERE)]
    names = {"#channel": parcel["channel"]}
    for id_, state in states.items():
        values = {":state": state.plain()}
        actions.append(Update(table, pk, f"NOTE#{id_}", "SET channels.#channel = :state", _THERE, names, values))
    try:
        transact(actions)
    except ConditionFailed:
        return


def postpone(org_id: str, parcel: Item, until: datetime) -> None:
    """Let a parcel be tried again."""
    table, pk = config().deliveries_table, _pk(org_id, parcel["person_id"])
    key = f"PARCEL#{parcel['id']}"
    values = {":due": f"{clock.iso(until)}#{pk}#{key}", ":n": parcel["tries"] + 1}
    try:
        write(Update(table, pk, key, "SET s_sk = :due, tries = :n", _THERE, values=values))
    except ConditionFailed:
        return


def add_escalation(org_id: str, event_id: str, level: int, due: str, facts: Item) -> None:
    """Look at a broken promise again at `due`; harmless if that is planned."""
    row = facts | {"what": "escalation", "event_id": event_id, "level": level, "due_at": due}
    item = row | {"pk": f"{org_id}#ESCALATIONS", "sk": f"{event_id}#{level}"}
    item |= _due(org_id, due, item) | {"expires_at": clock.epoch(clock.now() + KEPT)}
    try:
        write(Put(config().deliveries_table, item, NEW))
    except ConditionFailed:
        return


def end_escalation(row: Item) -> None:
    """It has been looked at."""
    write(Delete(config().deliveries_table, row["pk"], row["sk"]))


def get_due(org_id: str, now: str, most: int) -> list[Item]:
    """What is due, the longest due first; one round trip."""
    between = ("0", f"{now}~")
    keys = ("s_pk", "s_sk")
    page = query(
        config().deliveries_table,
        f"{org_id}#NOTICES_DUE",
        index="by_status",
        key_names=keys,
        between=between,
        limit=most,
    )
    return page.items


def get_notices(org_id: str, person_id: str, ids: Sequence[str]) -> list[Item]:
    """The notices that there are of these ids, oldest first."""
    keys = [(config().deliveries_table, _pk(org_id, person_id), f"NOTE#{id_}") for id_ in ids]
    return sorted(get_many(keys), key=lambda row: row["id"])


def newest(org_id: str, person_id: str, limit: int, before: str | None = None) -> Page:
    """A page of somebody's notices, newest first; `before` is the id of the last one read."""
    pk = _pk(org_id, person_id)
    start = {"pk": pk, "sk": f"NOTE#{before}"} if before else None
    return query(
        config().deliveries_table, pk, between=("NOTE#", "NOTE#~"), limit=limit, newest_first=True, start_key=start
    )


def all_read_at(org_id: str, person_id: str) -> str:
    """When somebody last said that he has read everything; empty if never."""
    row = get(config().deliveries_table, _pk(org_id, person_id), "READ")
    return row["at"] if row else ""


def set_all_read(org_id: str, person_id: str, at: str) -> None:
    """Everything until now is read."""
    write(Put(config().deliveries_table, {"pk": _pk(org_id, person_id), "sk": "READ", "at": at}))


def mark(org_id: str, person_id: str, notice_id: str, read: bool, at: str) -> Item | None:
    """Say of one notice that it is read, or unread again; gives it, None if there is none."""
    values = {":mark": {"read": read, "at": at}}
    change = Update(
        config().deliveries_table,
        _pk(org_id, person_id),
        f"NOTE#{notice_id}",
        "SET mark = :mark",
        _THERE,
        values=values,
    )
    try:
        return write(change)
    except ConditionFailed:
        return None


def _parcel(person_id: str, channel: str, ids: list[str]) -> Item:
    return {"id": new_id(), "what": "parcel", "person_id": person_id, "channel": channel, "ids": ids, "tries": 0}


def _put_parcel(org_id: str, parcel: Item) -> Put:
    due = clock.iso(clock.now() + LEASE)
    return _put(org_id, parcel["person_id"], f"PARCEL#{parcel['id']}", parcel, due=due)


def _put(org_id: str, person_id: str, sk: str, row: Item, due: str | None = None) -> Put:
    item: dict[str, Any] = row | {"pk": _pk(org_id, person_id), "sk": sk}
    return Put(config().deliveries_table, item | (_due(org_id, due, item) if due else {}), NEW)


def _due(org_id: str, at: str, item: Item) -> Item:
    return {"s_pk": f"{org_id}#NOTICES_DUE", "s_sk": f"{at}#{item['pk']}#{item['sk']}"}


def _pk(org_id: str, person_id: str) -> str:
    return f"{org_id}#NOTICES#{person_id}"
