"""Moto copies a whole table, deeply, for each write of a transaction: with some hundred rows a test takes minutes.

Here a table's copy shares its items, and an update replaces its item by a copy first, so that the one which a failed
transaction brings back is as it was. The meaning is the same; a transaction of twelve writes is 100 times as fast.
"""

from __future__ import annotations

import copy
from typing import Any

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table


def install() -> None:
    """Make it so, once."""
    if hasattr(Table, "__deepcopy__"):
        return
    original = DynamoDBBackend.update_item

    def update_item(self: DynamoDBBackend, table_name: str, key: dict[str, Any], *rest: Any, **named: Any) -> Any:
        table = self.get_table(table_name)
        values = [DynamoType(key[name]) for name in (table.hash_key_attr, table.range_key_attr)]
        row = table.items.get(values[0], {})
        if values[1] in row:
            row[values[1]] = copy.deepcopy(row[values[1]])
        return original(self, table_name, key, *rest, **named)

    DynamoDBBackend.update_item = update_item  # type: ignore[method-assign]
    Table.__deepcopy__ = _copied  # type: ignore[attr-defined]


def _copied(table: Table, _memo: dict[int, Any]) -> Table:
    made = copy.copy(table)
    made.items = copy.copy(table.items)
    for key, row in table.items.items():
        made.items[key] = copy.copy(row)
    if table.stream_shard:
        made.stream_shard = copy.copy(table.stream_shard)
        made.stream_shard.items = list(table.stream_shard.items)
    return made
