"""Moto's tables, quick enough for long tests.

Moto 5.2 copies a whole table deeply for each write of a transaction, to be able to take it back: with a thousand rows
a transaction takes seconds. Here the copy is made once a transaction and shares what no write changes in place.
"""

from __future__ import annotations

import copy
from typing import Any

from moto.dynamodb import models
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import Item, LimitedSizeDict
from moto.dynamodb.models.table import Table

_original = DynamoDBBackend.transact_write_items
_copies: dict[int, Table] = {}


class _Copy:
    """In place of the module `copy` in moto's models."""

    def __getattr__(self, name: str) -> Any:
        return getattr(copy, name)

    def deepcopy(self, value: Any, *rest: Any) -> Any:
        if not isinstance(value, Table):
            return copy.deepcopy(value, *rest)
        if id(value) not in _copies:
            _copies[id(value)] = _copy_of(value)
        return _copies[id(value)]


def install() -> None:
    """Use these copies from now on; calls must come one at a time."""
    models.copy = _Copy()
    DynamoDBBackend.transact_write_items = _transact


def _transact(self: DynamoDBBackend, items: list[dict[str, Any]]) -> None:
    _copies.clear()
    try:
        _original(self, items)
    finally:
        _copies.clear()


def _copy_of(table: Table) -> Table:
    made = copy.copy(table)
    made.items = copy.copy(table.items)
    for key, rows in table.items.items():
        made.items[key] = {sort: _item(row) for sort, row in rows.items()} if isinstance(rows, dict) else _item(rows)
    if table.stream_shard:
        made.stream_shard = copy.copy(table.stream_shard)
        made.stream_shard.items = list(table.stream_shard.items)
        made.stream_shard.table = made
    return made


def _item(item: Item) -> Item:
    made = Item.__new__(Item)
    made.__dict__.update(item.__dict__)
    made.attrs = LimitedSizeDict()
    dict.update(made.attrs, item.attrs)  # past the size of the whole, which is measured with each key otherwise
    return made
