"""MiniStack's DynamoDB with its rows in SQLite instead of Python dicts.

Measured with MiniStack 1.5.33 at 10,000 tickets: 3.8 GB of memory, 340 ms for the first page of an index
(every query sorts the whole partition), minutes to save at a stop. Rows in SQLite take disk instead, an index
read costs its page as on AWS, and nothing is left to save. MiniStack still parses, checks and answers; only
where a row lies and how a plain Query finds rows is ours.
"""

from __future__ import annotations

import atexit
import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]
IndexKeys = list[tuple[str, str, str]]  # index, partition, sort value

_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS item (
    t TEXT, pk TEXT, sk TEXT, body TEXT, ttl INTEGER, PRIMARY KEY (t, pk, sk)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS place (
    t TEXT, name TEXT, part TEXT, sort TEXT, pk TEXT, sk TEXT, PRIMARY KEY (t, name, part, sort, pk, sk)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS expiring ON item (t, ttl) WHERE ttl IS NOT NULL;
"""
COMMIT_SECONDS = 0.5


class Rows:
    """All rows of all tables in one file; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._base = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._base.executescript(_SCHEMA)
        self._base.execute("BEGIN")
        threading.Thread(target=self._commit_now_and_then, daemon=True).start()
        atexit.register(self.commit)

    def all(self, sql: str, *values: object) -> list[Any]:
        """The rows of a SELECT."""
        with self._lock:
            return self._base.execute(sql, values).fetchall()

    def put(self, table: str, pk: str, sk: str, row: Row, places: IndexKeys, ttl: int | None) -> None:
        """Write a row and its places in the indexes; the old places have been removed before."""
        body = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        with self._lock:
            self._base.execute("INSERT OR REPLACE INTO item VALUES (?,?,?,?,?)", (table, pk, sk, body, ttl))
            rows = [(table, *place, pk, sk) for place in places]
            self._base.executemany("INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,?)", rows)

    def remove(self, table: str, pk: str, sk: str) -> None:
        """Delete a row."""
        with self._lock:
            self._base.execute("DELETE FROM item WHERE t=? AND pk=? AND sk=?", (table, pk, sk))

    def leave(self, table: str, pk: str, sk: str, places: IndexKeys) -> None:
        """Take a row out of index partitions."""
        sql = "DELETE FROM place WHERE t=? AND name=? AND part=? AND sort=? AND pk=? AND sk=?"
        with self._lock:
            self._base.executemany(sql, [(table, *place, pk, sk) for place in places])

    def commit(self) -> None:
        """Make what was written last."""
        with self._lock:
            self._base.execute("COMMIT")
            self._base.execute("BEGIN")

    def _commit_now_and_then(self) -> None:
        while True:
            time.sleep(COMMIT_SECONDS)
            self.commit()


class Items:
    """What MiniStack keeps at `table["items"]`: partition key -> sort key -> item."""

    def __init__(self, rows: Rows, table: str) -> None:
        self.rows, self.table = rows, table

    def get(self, pk: str, _default: object = None) -> Partition:
        """The partition, which may be empty."""
        return Partition(self, pk)

    __getitem__ = get

    def __contains__(self, pk: str) -> bool:
        return bool(self.rows.all("SELECT 1 FROM item WHERE t=? AND pk=? LIMIT 1", self.table, pk))

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def keys(self) -> list[str]:
        """All partition keys, in order."""
        return [pk for (pk,) in self.rows.all("SELECT DISTINCT pk FROM item WHERE t=? ORDER BY pk", self.table)]

    def values(self) -> list[Partition]:
        """All partitions."""
        return [Partition(self, pk) for pk in self.keys()]

    def items(self) -> list[tuple[str, Partition]]:
        """Partitions with rows whose time to live is over: only MiniStack's reaper walks this."""
        sql = "SELECT DISTINCT pk FROM item WHERE t=? AND ttl <= ?"
        return [(pk, Partition(self, pk)) for (pk,) in self.rows.all(sql, self.table, int(time.time()))]

    def __len__(self) -> int:
        return int(self.rows.all("SELECT COUNT(DISTINCT pk) FROM item WHERE t=?", self.table)[0][0])

    def __deepcopy__(self, _memo: object) -> Items:
        return self


class Partition:
    """The items of one partition key by sort key; each read gives a fresh dict."""

    def __init__(self, items: Items, pk: str) -> None:
        self._rows, self._key = items.rows, (items.table, pk)

    def get(self, sk: str, default: Row | None = None) -> Row | None:
        """One item."""
        found = self._rows.all("SELECT body FROM item WHERE t=? AND pk=? AND sk=?", *self._key, sk or "")
        return json.loads(found[0][0]) if found else default

    def __getitem__(self, sk: str) -> Row:
        row = self.get(sk)
        if row is None:
            raise KeyError(sk)
        return row

    def __contains__(self, sk: str) -> bool:
        return bool(self._rows.all("SELECT 1 FROM item WHERE t=? AND pk=? AND sk=?", *self._key, sk or ""))

    def items(self) -> list[tuple[str, Row]]:
        """All, in the order of their sort keys."""
        sql = "SELECT sk, body FROM item WHERE t=? AND pk=? ORDER BY sk"
        return [(sk, json.loads(body)) for sk, body in self._rows.all(sql, *self._key)]

    def keys(self) -> list[str]:
        """All sort keys, in order."""
        return [sk for sk, _ in self.items()]

    def values(self) -> list[Row]:
        """All items."""
        return [row for _, row in self.items()]

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __len__(self) -> int:
        return int(self._rows.all("SELECT COUNT(*) FROM item WHERE t=? AND pk=?", *self._key)[0][0])
