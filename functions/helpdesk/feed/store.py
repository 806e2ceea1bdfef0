"""Rows of the feed: numbered entries in buckets of 1,000, and one head with the last number and the counts.

Buckets are by number, not by hour: a reader who knows the number he has read knows where the next one is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from helpdesk.core.actions import adding
from helpdesk.core.batches import delete_many
from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import NEW, Put, Update, get, get_many, query, query_all, transact
from helpdesk.feed.chain import seal

BUCKET = 1000
MOST_AT_ONCE = 49  # two writes an event and the head, of 100 in a transaction


def get_head(org_id: str) -> Item:
    """`{last, counts...}`: the number of the newest entry, and how many tickets stand where."""
    return get(config().tickets_table, f"{org_id}#FEED", "HEAD") or {"last": 0}


def append(org_id: str, head: Item, rows: Sequence[Item], counts: Counter[str]) -> dict[str, int]:
    """Give the events their numbers after the head's and write them, the head and the counts as one.

    Gives the numbers by event id.

    Raises
    ------
    ConditionFailed
        on the head, when another writer was quicker; on an event that has its number already.
    """
    table, hash_ = config().tickets_table, head.get("hash", "")
    entries, marks, numbers = [], [], {}
    for seq, row in enumerate(rows, head["last"] + 1):
        entry = _entry(org_id, seq, row)
        hash_ = seal(hash_, entry)
        numbers[row["id"]] = seq
        entries.append(Put(table, entry | {"hash": hash_}, NEW))
        marks.append(
            Update(
                table,
                row["pk"],
                row["sk"],
                "SET seq = :seq",
                "attribute_exists(pk) AND attribute_not_exists(seq)",
                values={":seq": seq},
            )
        )
    transact([_new_head(org_id, head["last"], len(rows), hash_, counts), *marks, *entries])
    return numbers


def numbers_of(rows: Sequence[Item]) -> dict[str, int | None]:
    """The numbers that these event rows have by now, by event id; a row that was purged is not in it."""
    found = get_many([(config().tickets_table, row["pk"], row["sk"]) for row in rows])
    return {row["id"]: row.get("seq") for row in found}


def redact(org_id: str, events: Sequence[Item]) -> None:
    """Take the content out of these events' entries; number, time and subject stay, so that the feed has no gap."""
    table = config().tickets_table
    keys = [(table, f"{org_id}#FEED#{event['seq'] // BUCKET}", f"{event['seq']:012}") for event in events]
    entries = [row for row in get_many(keys) if not row.get("purged")]
    puts = [Put(table, blank(entry)) for entry in entries]
    for start in range(0, len(puts), MOST_AT_ONCE):
        transact(puts[start : start + MOST_AT_ONCE])


def read(org_id: str, after: int, limit: int) -> list[Item]:
    """Up to `limit` entries after number `after` of those in the table, in order; one round trip a bucket."""
    found: list[Item] = []
    while len(found) < limit:
        start = (found[-1]["seq"] if found else after) + 1
        bucket = start // BUCKET
        page = query(
            config().tickets_table,
            _bucket(org_id, bucket),
            between=(f"{start:012}", f"{(bucket + 1) * BUCKET:012}"),
            limit=limit - len(found),
            consistent=True,
        )
        found += page.items
        if not page.items or (found[-1]["seq"] % BUCKET != BUCKET - 1 and not page.next_key):
            return found
    return found


def read_some(org_id: str, numbers: Sequence[int]) -> dict[int, Item]:
    """The entries with these numbers that are in the table, by number."""
    keys = [(config().tickets_table, _bucket(org_id, seq // BUCKET), f"{seq:012}") for seq in numbers]
    return {row["seq"]: _plain(row) for row in get_many(keys)}


def bucket_rows(org_id: str, bucket: int) -> list[Item]:
    """All entries of a bucket in the table, in order, without their keys."""
    rows = query_all(config().tickets_table, _bucket(org_id, bucket), consistent=True)
    return [_plain(row) for row in rows]


def remove_bucket(org_id: str, bucket: int) -> None:
    """Remove a bucket's entries from the table."""
    pk = _bucket(org_id, bucket)
    delete_many(config().tickets_table, [(pk, row["sk"]) for row in query_all(config().tickets_table, pk)])


def read_back(org_id: str, below: int, limit: int) -> list[Item]:
    """Up to `limit` entries before number `below`, newest first, all of one bucket; one round trip."""
    bucket = (below - 1) // BUCKET
    page = query(
        config().tickets_table,
        _bucket(org_id, bucket),
        between=(f"{bucket * BUCKET:012}", f"{below - 1:012}"),
        limit=limit,
        newest_first=True,
        consistent=True,
    )
    return page.items


def _bucket(org_id: str, bucket: int) -> str:
    return f"{org_id}#FEED#{bucket}"


def _plain(row: Item) -> Item:
    return {name: value for name, value in row.items() if name not in ("pk", "sk")}


def _new_head(org_id: str, last: int, added: int, hash_: str, counts: Counter[str]) -> Update:
    moved = {name: step for name, step in counts.items() if step}
    add, counters, steps = adding(moved)
    names = {"#last": "last", "#hash": "hash"} | counters
    values: dict[str, Any] = {":new": last + added, ":last": last, ":hash": hash_} | steps
    expression = "SET #last = :new, #hash = :hash" + (f" {add}" if moved else "")
    condition = "#last = :last" if last else "attribute_not_exists(#last) OR #last = :last"
    return Update(config().tickets_table, f"{org_id}#FEED", "HEAD", expression, condition, names, values)


def _entry(org_id: str, seq: int, row: Item) -> Item:
    event = {name: value for name, value in row.items() if name not in ("pk", "sk", "placed")}
    return event | {"pk": _bucket(org_id, seq // BUCKET), "sk": f"{seq:012}", "seq": seq}


def blank(entry: Item) -> Item:
    """An entry without its content; its number, time, subject and hash stay."""
    actor = {"kind": entry["actor"]["kind"], "id": entry["actor"]["id"], "ip": None}
    return entry | {
        "type": "ticket.purged",
        "actor": actor,
        "changes": {},
        "data": {"was": entry["type"]},
        "purged": True,
    }
