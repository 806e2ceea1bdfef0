"""DynamoDB streams of MiniStack that survive a restart and stay small.

MiniStack 1.5.33 saves how far a stream was read but not the stream, so that after a restart nothing is
delivered until as many records have been written again; and it keeps all records of a day as dicts. Here
unread records are saved with the state, waiting ones are kept as text, and those that were read are dropped:
by the reading thread alone, because positions and list must change together.
"""

from __future__ import annotations

import json
from typing import Any

from ministack.core.responses import AccountRegionScopedDict
from ministack.services import dynamodb, lambda_svc

Record = dict[str, Any]
TRIM_AT = 1000  # read records that may stay: dropping moves the rest of the list

_since = dynamodb.stream_records_since


class Stream(list[Any]):
    """Records as JSON text; slices give them back as dicts."""

    def append(self, record: Record) -> None:
        """Take a record."""
        super().append(json.dumps(record, ensure_ascii=False))

    def __getitem__(self, place: Any) -> Any:
        found = super().__getitem__(place)
        return [json.loads(text) for text in found] if isinstance(found, list) else json.loads(found)


class Streams(AccountRegionScopedDict):  # type: ignore[misc]
    """All streams by table."""

    def __setitem__(self, table: str, records: list[Any]) -> None:
        super().__setitem__(table, Stream(records))


def install() -> None:
    """Use these streams from now on."""
    dynamodb._stream_records = Streams()
    dynamodb._trim_stream_records = lambda *_arguments, **_options: None
    dynamodb.stream_records_since = _read


def state() -> Record:
    """What `load` needs to go on."""
    return {"stream_records": dynamodb._stream_records, "stream_trimmed": dynamodb._stream_trimmed}


def load(saved: Record) -> None:
    """Go on where `state` was taken."""
    for scope, records in saved.get("stream_records", AccountRegionScopedDict()).all_items():
        dynamodb._stream_records._data[scope] = Stream(records)
    dynamodb._stream_trimmed.update(saved.get("stream_trimmed", {}))


def _read(table_name: str, position: int, limit: int, **scope: Any) -> list[Record]:
    _drop_read(table_name)
    return list(_since(table_name, position, limit, **scope))


def _drop_read(table_name: str) -> None:
    """Drop the records that all event sources of the table have read; called by MiniStack's one poller."""
    base = dynamodb._stream_trimmed.get(table_name, 0)
    sources = [esm for esm in lambda_svc._esms.all_values() if f":table/{table_name}/" in esm["EventSourceArn"]]
    read = [lambda_svc._dynamodb_stream_positions.get(esm["UUID"], base) for esm in sources]
    over = min(read, default=base) - base
    if over >= TRIM_AT:
        del dynamodb._stream_records[table_name][:over]
        dynamodb._stream_trimmed[table_name] = base + over
