"""The search log: numbered changes of documents, and a head that names the newest snapshot; rows of Deliveries.

Every container keeps a copy of the documents. It brings it up to date by one read of the head and, if there is
something new, one query of the log; the log is cut where a snapshot in S3 has it all.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from helpdesk.core import blobs
from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import Delete, Put, Update, get, query, query_all, transact, write
from helpdesk.search.documents import Document

MOST_ROW = 300_000  # bytes of one log row; what is larger goes to S3
_AT_ONCE = 100
_MOST_CHUNK = 1_000_000  # characters of documents in one row, before they are packed


@dataclass(frozen=True)
class Head:
    """`last` is the newest number of the log; the snapshot `base` has all up to `base_last`.

    Another `generation` means that everything was built anew: a copy of the one before is worth nothing.
    """

    last: int = 0
    base: str | None = None
    base_last: int = 0
    base_bytes: int = 0
    log_bytes: int = 0
    generation: int = 0
    cut: int = 0  # rows up to this number are gone


def chunks(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """The documents in parts that make one row each; at least one, which may be empty."""
    chunk: list[Document] = []
    size = 0
    for document in documents:
        length = len(json.dumps(document.as_json(), default=list))
        if chunk and size + length > _MOST_CHUNK:
            yield chunk
            chunk, size = [], 0
        chunk.append(document)
        size += length
    yield chunk


def get_head(org_id: str) -> Head:
    """The head; one round trip."""
    row = get(config().deliveries_table, _pk(org_id), "HEAD") or {}
    return Head(**{name: row[name] for name in Head.__dataclass_fields__ if name in row})


def append(org_id: str, head: Head, documents: Sequence[Document], gone: Sequence[tuple[str, str]]) -> Head:
    """Give the changes the number after the head's; gives the head as it is then.

    Raises
    ------
    ConditionFailed
        when another writer was quicker.
    """
    changes = {"documents": [one.as_json() for one in documents], "gone": list(gone)}
    content = gzip.compress(json.dumps(changes, ensure_ascii=False, default=list).encode(), 6)
    after = replace(head, last=head.last + 1, log_bytes=head.log_bytes + len(content))
    row: Item = {"pk": _pk(org_id), "sk": _sk(after.last), "seq": after.last}
    if len(content) <= MOST_ROW:
        row["content"] = content
    else:
        row["key"] = f"{org_id}/log/{after.last}.json.gz"
        blobs.put(config().search_bucket, row["key"], content)
    transact([_put_head(org_id, head, after), Put(config().deliveries_table, row)])
    return after


def read(org_id: str, after: int) -> list[tuple[int, list[Document], list[tuple[str, str]]]]:
    """Up to a megabyte of `(number, documents, gone)` after a number, in order; one round trip."""
    bounds = (_sk(after + 1), "LOG#~")
    page = query(config().deliveries_table, _pk(org_id), between=bounds, consistent=True)
    return [(row["seq"], *_changes(row)) for row in page.items]


def set_base(org_id: str, before: Head, after: Head) -> None:
    """Name a new snapshot; `ConditionFailed` when the base has changed meanwhile. The log may have gone on."""
    names = {"#base": "base"}
    values = {
        ":base": after.base,
        ":last": after.base_last,
        ":bytes": after.base_bytes,
        ":generation": after.generation,
        ":before": before.base_last,
        ":known": before.generation,
        ":none": 0,
    }
    expression = (
        "SET #base = :base, base_last = :last, base_bytes = :bytes, generation = :generation, log_bytes = :none"
    )
    condition = "attribute_not_exists(base_last) OR (base_last = :before AND generation = :known)"
    write(Update(config().deliveries_table, _pk(org_id), "HEAD", expression, condition, names, values))


def cut(org_id: str, start: int, end: int) -> None:
    """Remove the log rows from `start` to `end`, which a snapshot has; harmless to repeat."""
    table = config().deliveries_table
    numbers = range(start, end + 1)
    for row in query_all(table, _pk(org_id), between=(_sk(start), _sk(end)), consistent=True):
        if "key" in row:
            blobs.delete(config().search_bucket, row["key"])
    for first in range(0, len(numbers), _AT_ONCE):
        transact([Delete(table, _pk(org_id), _sk(number)) for number in numbers[first : first + _AT_ONCE]])
    values = {":cut": end}
    write(Update(table, _pk(org_id), "HEAD", "SET #cut = :cut", None, {"#cut": "cut"}, values))


def _put_head(org_id: str, before: Head, after: Head) -> Update:
    values: dict[str, Any] = {":last": after.last, ":before": before.last, ":bytes": after.log_bytes}
    names = {"#last": "last"}
    condition = "#last = :before" if before.last else "attribute_not_exists(#last) OR #last = :before"
    expression = "SET #last = :last, log_bytes = :bytes"
    return Update(config().deliveries_table, _pk(org_id), "HEAD", expression, condition, names, values)


def _changes(row: Item) -> tuple[list[Document], list[tuple[str, str]]]:
    content = row["content"] if "content" in row else blobs.get(config().search_bucket, row["key"])
    changes = json.loads(gzip.decompress(content))
    return [Document.from_json(one) for one in changes["documents"]], [(kind, id_) for kind, id_ in changes["gone"]]


def _pk(org_id: str) -> str:
    return f"{org_id}#SEARCH"


def _sk(number: int) -> str:
    return f"LOG#{number:012}"
