"""Moto copies a table for each item of a transaction; here it copies only the rows that the transaction updates.

Nothing else changes: a transaction that fails is rolled back, rows, stream and all (tests/unit/test_quick_moto.py).
"""

from __future__ import annotations

import copy
from collections import defaultdict
from functools import cache
from typing import Any

import jsonpath_ng.ext
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table

_running: list[dict[str, Any]] = []  # the transaction under way: {updated: keys by table, saved: snapshots by table}


def quicken() -> None:
    """Patch moto, once a process; calls are one at a time already (tests/cloud.py)."""
    original = DynamoDBBackend.transact_write_items
    if getattr(original, "quickened", False):
        return

    def transact_write_items(self: DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
        updated = defaultdict(list)
        for item in transact_items:
            if "Update" in item:
                updated[item["Update"]["TableName"]].append(item["Update"]["Key"])
        _running.append({"updated": updated, "saved": {}})
        try:
            original(self, transact_items)
        finally:
            _running.pop()

    jsonpath_ng.ext.parse = cache(jsonpath_ng.ext.parse)  # of each rule's target, for each event
    transact_write_items.quickened = True  # type: ignore[attr-defined]
    DynamoDBBackend.transact_write_items = transact_write_items  # type: ignore[method-assign]
    Table.__deepcopy__ = _snapshot  # type: ignore[attr-defined]


def _snapshot(self: Table, memo: Any) -> Table:
    """The table as it is; rows that are about to be updated in place are exchanged for copies in the live table."""
    if not _running:
        return _whole(self, memo)
    saved = _running[-1]["saved"]
    if self.name not in saved:
        saved[self.name] = _shallow(self)
        for key in _running[-1]["updated"][self.name]:
            rows = self.items.get(DynamoType(key["pk"]), {})
            name = DynamoType(key["sk"])
            if name in rows:
                rows[name] = copy.deepcopy(rows[name])
    return saved[self.name]


def _shallow(table: Table) -> Table:
    made = copy.copy(table)
    made.items = defaultdict(dict, {name: dict(rows) for name, rows in table.items.items()})
    if table.stream_shard:
        made.stream_shard = copy.copy(table.stream_shard)
        made.stream_shard.table = made
        made.stream_shard.items = list(table.stream_shard.items)
    return made


def _whole(table: Table, memo: Any) -> Table:
    made = copy.copy(table)
    memo[id(table)] = made
    for name, value in vars(table).items():
        setattr(made, name, copy.deepcopy(value, memo))
    return made
