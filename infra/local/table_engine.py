"""Puts the rows of `infra.local.tables` under MiniStack's DynamoDB."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ministack.services import dynamodb

from infra.local import streams
from infra.local.tables import IndexKeys, Items, Row, Rows

KEY = "#pk = :pk"
RANGE = f"{KEY} AND #sk BETWEEN :low AND :high"
PLAIN = {
    *("TableName", "IndexName", "KeyConditionExpression", "ExpressionAttributeNames"),
    *("ExpressionAttributeValues", "ScanIndexForward", "ConsistentRead", "Limit"),
    *("ExclusiveStartKey", "ReturnConsumedCapacity"),
}

_query, _get_state, _load_state = dynamodb._query, dynamodb.get_state, dynamodb.load_persisted_state
_store_token = dynamodb._txn_token_store


class Digest:
    """Equal to the request that it was made of, at 32 bytes instead of all its rows."""

    def __init__(self, request: Row) -> None:
        self._digest = _digest(request)

    def __eq__(self, request: object) -> bool:
        return isinstance(request, dict) and _digest(request) == self._digest

    __hash__ = None  # type: ignore[assignment]


def install(path: Path) -> None:
    """Keep all rows in the SQLite file at `path` from now on."""
    rows = Rows(path)

    def set_item(table: Row, pk: str, sk: str, item: Row) -> Row | None:
        items, sk = _items(rows, table), sk or ""
        old, places = items.get(pk).get(sk), _places(table, item)
        before = _places(table, old) if old else []
        if old is None:
            table["ItemCount"] = table.get("ItemCount", 0) + 1
        rows.leave(items.table, pk, sk, [it for it in before if it not in places])
        ttl = item.get("expires_at", {}).get("N")
        rows.put(items.table, pk, sk, item, [it for it in places if it not in before], int(ttl) if ttl else None)
        return old

    def remove_item(table: Row, pk: str, sk: str) -> Row | None:
        items, sk = _items(rows, table), sk or ""
        old = items.get(pk).get(sk)
        if old is not None:
            rows.leave(items.table, pk, sk, _places(table, old))
            rows.remove(items.table, pk, sk)
            table["ItemCount"] = max(0, table.get("ItemCount", 0) - 1)
        return old

    def load(data: Row) -> None:
        _load_state(data)
        for table in dynamodb._tables.all_values():
            table["items"] = Items(rows, table["TableName"])
        streams.load(data)

    dynamodb._set_item, dynamodb._remove_item = set_item, remove_item
    dynamodb._query, dynamodb._index_members = _plain_query, lambda _table: {}
    dynamodb.get_state, dynamodb.load_persisted_state = lambda: _state(rows), load
    dynamodb._txn_token_store = _keep_token
    streams.install()


def _digest(request: Row) -> bytes:
    return hashlib.sha256(json.dumps(request, sort_keys=True).encode()).digest()


def _keep_token(token: str, entry: Row) -> None:
    """Remember a transaction for ten minutes, as AWS does, without keeping its rows in memory."""
    _store_token(token, entry | {"signature": Digest(entry["signature"])})


def _items(rows: Rows, table: Row) -> Items:
    """The table's rows; a table that has just been made gets its place in SQLite."""
    if not isinstance(table["items"], Items):
        table["items"] = Items(rows, table["TableName"])
    items: Items = table["items"]
    return items


def _places(table: Row, item: Row) -> IndexKeys:
    found: IndexKeys = []
    for name, hashes, ranges in dynamodb._index_key_schemas(table):
        part = dynamodb._index_partition(item, hashes, ranges)
        if part is not None:
            found.append((name, part, dynamodb._extract_key_val(item[ranges[0]]) if ranges else ""))
    return found


def _plain_query(data: Row) -> Any:
    """A Query of one partition, whole or between two sort keys; anything else is MiniStack's to answer."""
    table = dynamodb._tables.get(data.get("TableName", ""))
    names, values = data.get("ExpressionAttributeNames", {}), data.get("ExpressionAttributeValues", {})
    plain = set(data) <= PLAIN and data.get("KeyConditionExpression") in (KEY, RANGE)
    if not (table and plain and isinstance(table["items"], Items)):
        return _query(data)
    keys = dynamodb._resolve_index_keys(table, data.get("IndexName"))[:2]
    bounds = [values[name]["S"] for name in (":low", ":high") if name in values]
    if (names["#pk"], names.get("#sk", keys[1])) != keys or bounds != sorted(bounds):
        return _query(data)
    found = _find(table["items"], data, values[":pk"]["S"], bounds, keys)
    page, more = dynamodb._paginate_evaluated_items(found, data.get("Limit"), table, data.get("IndexName"))
    result: Row = {"Items": page, "Count": len(page), "ScannedCount": len(page)}
    if more and page:
        own = {table["pk_name"], table["sk_name"], *keys}
        result["LastEvaluatedKey"] = {name: page[-1][name] for name in own}
    dynamodb._add_consumed_capacity(result, data, data["TableName"], index_name=data.get("IndexName"))
    return dynamodb.json_response(result)


def _find(items: Items, data: Row, pk: str, bounds: list[str], keys: tuple[str, str]) -> Iterator[Row]:
    index, start = data.get("IndexName"), data.get("ExclusiveStartKey")
    down = data.get("ScanIndexForward") is False
    sort = "p.sort" if index else "i.sk"
    sql = "SELECT i.body FROM item i WHERE i.t=? AND i.pk=?"
    given: list[object] = [items.table, pk]
    if index:
        sql = "SELECT i.body FROM place p JOIN item i USING (t, pk, sk) WHERE p.t=? AND p.name=? AND p.part=?"
        given = [items.table, index, pk]
    if bounds:
        sql, given = f"{sql} AND {sort} BETWEEN ? AND ?", given + list(bounds)
    if start:
        sql += f" AND ({sort}, i.pk, i.sk) {'<' if down else '>'} (?, ?, ?)"
        given += [start[name]["S"] for name in (keys[1], "pk", "sk")]
    way = "DESC" if down else "ASC"
    sql += f" ORDER BY {sort} {way}, {'p' if index else 'i'}.pk {way}, {'p' if index else 'i'}.sk {way} LIMIT ?"
    for (body,) in items.rows.all(sql, *given, data.get("Limit") or -1):
        yield json.loads(body)


def _state(rows: Rows) -> Row:
    """MiniStack's state without the rows, which are in their file; with the unread stream records."""
    kept = {table["TableName"]: table.pop("items") for table in dynamodb._tables.all_values()}
    try:
        state: Row = _get_state()
    finally:
        for table in dynamodb._tables.all_values():
            table["items"] = kept[table["TableName"]]
    rows.commit()
    return state | streams.state()
