"""The file of one organisation's search: its tables, and connections to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection

SCHEMA = 2  # another number means: rebuild
TEXT_COLUMNS = (
    "status_id",
    "category",
    "priority",
    "assignee_id",
    "team_id",
    "requester_id",
    "company_id",
    "channel",
    "topic_id",
    "type",
    "language",
    "created_at",
    "updated_at",
    "resolved_at",
    "status_changed_at",
    "first_response_at",
    "due_at",
    "first_response_due_at",
    "next_response_due_at",
    "resolution_due_at",
)
NUMBER_COLUMNS = ("number", "message_count", "has_attachments", "snoozed", "unmatched", "trashed")
COLUMNS = (*TEXT_COLUMNS, *NUMBER_COLUMNS, "subject")
SETS = ("tag", "follower", "linked", "cc")
_INDEXES = (
    *("updated_at", "created_at", "number", "due_at"),
    *(f"{name}, updated_at" for name in ("category", "assignee_id", "team_id", "requester_id", "priority")),
)
_TABLES = f"""
CREATE TABLE doc (
    key INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, texts BLOB NOT NULL,
    UNIQUE (kind, id));
CREATE TABLE gone (kind TEXT, id TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE ticket (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    {", ".join(f"{name} TEXT NOT NULL DEFAULT ''" for name in (*TEXT_COLUMNS, "subject"))},
    {", ".join(f"{name} INTEGER NOT NULL DEFAULT 0" for name in NUMBER_COLUMNS)});
CREATE TABLE value (
    field TEXT, value TEXT, at TEXT, id TEXT, key INTEGER, number REAL, done INTEGER,
    PRIMARY KEY (field, value, at, id)) WITHOUT ROWID;
CREATE INDEX value_state ON value (field, value, done, at, id, key);
CREATE INDEX value_key ON value (key, field);
CREATE TABLE exact (value TEXT, key INTEGER, public INTEGER, PRIMARY KEY (value, key)) WITHOUT ROWID;
CREATE INDEX exact_key ON exact (key);
CREATE VIRTUAL TABLE words USING fts5(strong, people, public, notes, content='', tokenize='ascii');
CREATE VIRTUAL TABLE names USING fts5(words, content='', tokenize='ascii');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
CREATE VIRTUAL TABLE name_vocabulary USING fts5vocab(names, row);
CREATE TABLE term (key INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE part USING fts5(term, content='term', content_rowid='key', tokenize='trigram');
CREATE TRIGGER term_is_new AFTER INSERT ON term BEGIN
    INSERT INTO part (rowid, term) VALUES (new.key, new.term); END;
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID;
"""


def open_to_write(path: Path) -> Connection:
    """A connection that may write; a missing file is made, one of another schema replaced by an empty one."""
    import sqlite3

    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and _schema_of(path) != SCHEMA:
        path.unlink()
    connection = sqlite3.connect(path, timeout=20, isolation_level=None, check_same_thread=False)
    connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -20000;")
    connection.execute("BEGIN IMMEDIATE")
    if _version(connection) != SCHEMA:
        for statement in _statements():
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
    connection.execute("COMMIT")
    return connection


def open_to_read(path: Path) -> Connection:
    """A connection that cannot write; an empty index where there is no file of this schema."""
    import sqlite3

    if not path.exists() or _schema_of(path) != SCHEMA:
        open_to_write(path).close()
    connection = sqlite3.connect(
        f"file:{path}?mode=ro", uri=True, timeout=20, isolation_level=None, check_same_thread=False
    )
    connection.executescript("PRAGMA cache_size = -20000; PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY;")
    return connection


def _statements() -> list[str]:
    import sqlite3

    found, text = [], ""
    for line in _TABLES.strip().splitlines():
        text += f"{line}\n"
        if sqlite3.complete_statement(text):
            found.append(text)
            text = ""
    order = [f"CREATE INDEX ticket_{number} ON ticket ({names}, id)" for number, names in enumerate(_INDEXES)]
    return found + order


def _schema_of(path: Path) -> int | None:
    import sqlite3

    try:
        connection = sqlite3.connect(path, timeout=20)
        try:
            return _version(connection)
        finally:
            connection.close()
    except sqlite3.DatabaseError:
        return None


def _version(connection: Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
