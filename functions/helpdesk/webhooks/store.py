"""Rows of an endpoint in the Deliveries table: what waits, what is to be replayed, and the ledger of what was sent.

`<org>#WEBHOOK#<id>`: `STATE` (see turn_store), `WAIT#<seq>` for each event that has to come before others of its
ticket, `REPLAY#<id>`. `<org>#WEBHOOK#<id>#D`: one row a delivery, by its id, kept for `KEPT` once it is settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from helpdesk.core import clock
from helpdesk.core.batches import delete_many
from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import (
    NEW,
    Action,
    ConditionFailed,
    Delete,
    Put,
    get,
    get_many,
    query,
    query_all,
    transact,
    write,
)

KEPT = timedelta(days=30)
_STATUS_KEYS = ("s_pk", "s_sk")
_KEYS = {"pk", "sk", *_STATUS_KEYS, "expires_at"}


def get_work(org_id: str, webhook_id: str) -> tuple[list[Item], list[Item]]:
    """All events that wait, in the feed's order, and the replays that are not over, oldest first."""
    rows = list(query_all(config().deliveries_table, _pk(org_id, webhook_id), consistent=True))
    waiting, replays = ([_plain(row) for row in rows if row["sk"].startswith(kind)] for kind in ("WAIT#", "REPLAY#"))
    return waiting, replays


def put_waiting(org_id: str, webhook_id: str, rows: Sequence[Item]) -> None:
    """Let events wait behind others of their tickets."""
    for start in range(0, len(rows), 100):
        transact([_waiting(org_id, webhook_id, row) for row in rows[start : start + 100]])


def settle(org_id: str, webhook_id: str, delivery: Item, waiting: Item | None, *, was_waiting: bool) -> None:
    """Write what a try came to: the ledger's row, and `waiting` or that nothing waits any longer, as one."""
    row = Put(config().deliveries_table, _ledger_row(org_id, webhook_id, delivery))
    if waiting:
        transact([row, _waiting(org_id, webhook_id, waiting)])
    elif was_waiting:
        transact([row, Delete(config().deliveries_table, _pk(org_id, webhook_id), f"WAIT#{delivery['seq']:012}")])
    else:
        write(row)


def drop_waiting(org_id: str, webhook_id: str, seq: int) -> None:
    """Let an event wait no longer, without a word in the ledger: it has been erased."""
    write(Delete(config().deliveries_table, _pk(org_id, webhook_id), f"WAIT#{seq:012}"))


def get_delivery(org_id: str, webhook_id: str, delivery_id: str) -> Item | None:
    """One row of the ledger."""
    row = get(config().deliveries_table, f"{_pk(org_id, webhook_id)}#D", delivery_id)
    return _plain(row) if row else None


def get_deliveries(org_id: str, webhook_id: str, ids: Iterable[str]) -> dict[str, Item]:
    """Rows of the ledger by id."""
    rows = get_many([(config().deliveries_table, f"{_pk(org_id, webhook_id)}#D", id_) for id_ in ids])
    return {row["id"]: _plain(row) for row in rows}


def list_deliveries(
    org_id: str, webhook_id: str, *, status: str | None, before: str | None, limit: int
) -> tuple[list[Item], str | None]:
    """The ledger, newest first, and the id to go on before; None at the end."""
    pk = f"{_pk(org_id, webhook_id)}#D"
    index: dict[str, Any] = {}
    if status:
        pk, index = f"{pk}#{status}", {"index": "by_status", "key_names": _STATUS_KEYS}
    page = query(
        config().deliveries_table, pk, between=("0", before or "~"), limit=limit + 2, newest_first=True, **index
    )
    rows = [_plain(row) for row in page.items if row["id"] != before]
    return rows[:limit], rows[limit - 1]["id"] if len(rows) > limit else None


def put_replay(org_id: str, webhook_id: str, replay: Item) -> bool:
    """Begin a replay; False if it is there already."""
    keys = {"pk": _pk(org_id, webhook_id), "sk": f"REPLAY#{replay['id']}"}
    try:
        write(Put(config().deliveries_table, replay | keys, NEW))
    except ConditionFailed:
        return False
    return True


def move_replay(org_id: str, webhook_id: str, replay: Item, cursor: int | None) -> None:
    """Note how far a replay has got; None when it is over."""
    keys = {"pk": _pk(org_id, webhook_id), "sk": f"REPLAY#{replay['id']}"}
    if cursor is None:
        write(Delete(config().deliveries_table, keys["pk"], keys["sk"]))
    else:
        write(Put(config().deliveries_table, replay | keys | {"cursor": cursor}, "attribute_exists(pk)"))


def forget_endpoint(org_id: str, webhook_id: str) -> None:
    """Remove what a deleted webhook would still have done; its ledger stays until its time."""
    pk = _pk(org_id, webhook_id)
    rows = query_all(config().deliveries_table, pk, consistent=True)
    delete_many(config().deliveries_table, [(pk, row["sk"]) for row in rows])


def forget_events(org_id: str, webhook_id: str, delivery_ids: Sequence[str], numbers: Sequence[int]) -> None:
    """Remove deliveries from the ledger, and that their events wait."""
    pk = _pk(org_id, webhook_id)
    keys = [(f"{pk}#D", id_) for id_ in delivery_ids] + [(pk, f"WAIT#{seq:012}") for seq in numbers]
    delete_many(config().deliveries_table, keys)


def note_deleted(org_id: str, webhook_id: str) -> None:
    """Remember a deleted webhook for as long as its ledger is kept."""
    keys = {"pk": f"{org_id}#WEBHOOKS", "sk": webhook_id}
    write(Put(config().deliveries_table, keys | {"expires_at": clock.epoch(clock.now() + 2 * KEPT)}))


def deleted(org_id: str) -> list[str]:
    """The ids of deleted webhooks whose ledger may still be there."""
    return [row["sk"] for row in query_all(config().deliveries_table, f"{org_id}#WEBHOOKS", consistent=True)]


def _waiting(org_id: str, webhook_id: str, row: Item) -> Action:
    keys = {"pk": _pk(org_id, webhook_id), "sk": f"WAIT#{row['seq']:012}"}
    return Put(config().deliveries_table, row | keys)


def _ledger_row(org_id: str, webhook_id: str, delivery: Item) -> Item:
    pk = f"{_pk(org_id, webhook_id)}#D"
    keys = {"pk": pk, "sk": delivery["id"], "s_pk": f"{pk}#{delivery['status']}", "s_sk": delivery["id"]}
    over = {} if delivery["status"] == "pending" else {"expires_at": clock.epoch(clock.now() + KEPT)}
    return delivery | keys | over


def _pk(org_id: str, webhook_id: str) -> str:
    return f"{org_id}#WEBHOOK#{webhook_id}"


def _plain(row: Item) -> Item:
    return {name: value for name, value in row.items() if name not in _KEYS}
