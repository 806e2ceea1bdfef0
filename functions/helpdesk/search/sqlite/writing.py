"""Documents into the file: each replaces the one that is there, unless that is newer."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from helpdesk.filters.fields import STATES
from helpdesk.filters.folding import number_in, words_of
from helpdesk.filters.matching import custom_values
from helpdesk.search.documents import Document
from helpdesk.search.sqlite.database import COLUMNS, NUMBER_COLUMNS, SETS

if TYPE_CHECKING:
    from sqlite3 import Connection

_LONGEST_TERM = 40
_TICKET = f"INSERT INTO ticket (key, id, {', '.join(COLUMNS)}) VALUES (?, ?{', ?' * len(COLUMNS)})"


def write(connection: Connection, documents: Sequence[Document], gone: Iterable[tuple[str, str]]) -> int:
    """Put and remove in one transaction; says how many documents moved."""
    moved = 0
    connection.execute("BEGIN IMMEDIATE")
    try:
        for document in documents:
            moved += _put(connection, document)
        for kind, id_ in gone:
            moved += _remove(connection, kind, id_)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return moved


def document_in(row: tuple[Any, ...]) -> Document:
    """The document in `(kind, id, version, texts)`."""
    values = json.loads(zlib.decompress(row[3]))
    return Document.from_json(values | {"kind": row[0], "id": row[1], "version": row[2]})


def _put(connection: Connection, document: Document) -> int:
    known = connection.execute(
        "SELECT key, version FROM doc WHERE kind = ? AND id = ?"
        " UNION ALL SELECT -1, 9e15 FROM gone WHERE kind = ? AND id = ?",
        (document.kind, document.id) * 2,
    ).fetchone()
    if known and known[1] > document.version:
        return 0
    if known:
        _clear(connection, known[0])
    key = _put_document(connection, document)
    if document.kind == "ticket":
        _put_ticket(connection, key, document)
    else:
        words = _joined(document.strong)
        connection.execute("INSERT INTO names (rowid, words) VALUES (?, ?)", (key, words))
        _learn(connection, words)
    connection.executemany(
        "INSERT OR REPLACE INTO exact (value, key, public) VALUES (?, ?, ?)",
        [(value, key, public) for value, public in document.exact.items()],
    )
    return 1


def _remove(connection: Connection, kind: str, id_: str) -> int:
    connection.execute("INSERT OR IGNORE INTO gone (kind, id) VALUES (?, ?)", (kind, id_))
    known = connection.execute("SELECT key FROM doc WHERE kind = ? AND id = ?", (kind, id_)).fetchone()
    if not known:
        return 0
    _clear(connection, known[0])
    return 1


def _clear(connection: Connection, key: int) -> None:
    """Take a document out of everything; an index without content wants its own words back for that."""
    row = connection.execute("SELECT kind, id, version, texts FROM doc WHERE key = ?", (key,)).fetchone()
    before = document_in(row)
    if before.kind == "ticket":
        connection.execute(
            "INSERT INTO words (words, rowid, strong, people, public, notes) VALUES ('delete', ?, ?, ?, ?, ?)",
            (key, *_columns(before)),
        )
        connection.execute("DELETE FROM ticket WHERE key = ?", (key,))
        connection.execute("DELETE FROM value WHERE key = ?", (key,))
    else:
        words = _joined(before.strong)
        connection.execute("INSERT INTO names (names, rowid, words) VALUES ('delete', ?, ?)", (key, words))
    connection.execute("DELETE FROM exact WHERE key = ?", (key,))
    connection.execute("DELETE FROM doc WHERE key = ?", (key,))


def _put_document(connection: Connection, document: Document) -> int:
    kept = {name: value for name, value in document.as_json().items() if name not in ("kind", "id", "version", "exact")}
    texts = zlib.compress(json.dumps(kept, ensure_ascii=False, default=list).encode(), 3)
    row = (document.kind, document.id, document.version, texts)
    return int(connection.execute("INSERT INTO doc (kind, id, version, texts) VALUES (?, ?, ?, ?)", row).lastrowid or 0)


def _put_ticket(connection: Connection, key: int, document: Document) -> None:
    facts = document.facts
    values = [_number(facts.get(name)) if name in NUMBER_COLUMNS else facts.get(name) or "" for name in COLUMNS]
    connection.execute(_TICKET, (key, document.id, *values))
    at, done = facts.get("updated_at") or "", facts.get("category") in STATES["done"]
    connection.executemany(
        "INSERT OR IGNORE INTO value (field, value, at, id, key, number, done) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(name, value, at, document.id, key, number_in(value), done) for name, value in _values(facts)],
    )
    columns = _columns(document)
    connection.execute(
        "INSERT INTO words (rowid, strong, people, public, notes) VALUES (?, ?, ?, ?, ?)", (key, *columns)
    )
    _learn(connection, " ".join(columns))


def _values(facts: Any) -> Iterator[tuple[str, str]]:
    for name in SETS:
        yield from ((name, str(value)) for value in facts.get(name) or ())
    for id_, value in (facts.get("fields") or {}).items():
        yield from ((f"fields.{id_}", one) for one in custom_values(value))


def _columns(document: Document) -> tuple[str, str, str, str]:
    texts = (document.strong, document.people, document.public, document.notes)
    return tuple(_joined(text) for text in texts)  # type: ignore[return-value]


def _joined(text: str) -> str:
    return " ".join(words_of(text))


def _learn(connection: Connection, words: str) -> None:
    """Note the words for typos and parts of words."""
    terms = {word for word in words.split(" ") if 3 <= len(word) <= _LONGEST_TERM and not word.isdigit()}
    connection.executemany("INSERT OR IGNORE INTO term (term) VALUES (?)", [(term,) for term in sorted(terms)])


def _number(value: Any) -> int:
    return int(value or 0)
