"""The engine over one SQLite file."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpdesk.filters.conditions import Condition
from helpdesk.filters.folding import folded, tag_form
from helpdesk.filters.matching import Context
from helpdesk.search.documents import KINDS, Document
from helpdesk.search.engine import Found, Hit, Wanted
from helpdesk.search.sqlite import database, forgetting, relevance, writing
from helpdesk.search.sqlite.compiling import Compiler, order_by
from helpdesk.search.sqlite.listing import list_sql
from helpdesk.search.sqlite.wording import Wording

if TYPE_CHECKING:
    from sqlite3 import Connection

_MOST_IDS = 500


class SqliteEngine:
    """Documents of one organisation in one file; readers and one writer at a time, from several processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._reader: Connection | None = None
        self._writer: Connection | None = None
        self._file: tuple[int, int] | None = None

    def write(self, documents: Sequence[Document], gone: Iterable[tuple[str, str]] = ()) -> int:
        """Put and remove documents."""
        with self._lock:
            return writing.write(self._writing(), documents, gone)

    def tickets(self, wanted: Wanted) -> Found:
        """Tickets by condition and order, or by relevance."""
        if wanted.q.strip():
            return relevance.ranked(self.reader(), wanted)
        order = order_by(wanted.sort, wanted.context)
        compiler = Compiler(wanted.context, wanted.notes)
        sql, values = list_sql(compiler, wanted, order)
        rows = self.reader().execute(sql, values).fetchall()
        found = Found([Hit(row[-1], tuple(row)) for row in rows])
        if not wanted.facets:
            return found
        return relevance.with_facets(self.reader(), found, compiler.where(wanted.condition), wanted.facets)

    def counts(self, conditions: Sequence[Condition], context: Context, *, notes: bool = True) -> list[int]:
        """How many tickets each condition holds of."""
        compiler, found = Compiler(context, notes), []
        for condition in conditions:
            where, values = compiler.where(condition)
            sql = f"SELECT count(*) FROM ticket t WHERE {where}"
            found.append(int(self.reader().execute(sql, values).fetchone()[0]))
        return found

    def people(self, q: str, kind: str, limit: int) -> list[Hit]:
        """People or companies by their words."""
        return relevance.people(self.reader(), q, kind, limit)

    def tags(self, prefix: str, condition: Condition, context: Context, limit: int) -> list[tuple[str, int]]:
        """Tags with this beginning."""
        where, values = Compiler(context).where(condition)
        start = tag_form(prefix)
        sql = (
            "SELECT v.value, count(*) FROM value v JOIN ticket t ON t.key = v.key"
            f" WHERE v.field = 'tag' AND v.value >= ? AND v.value < ? AND {where}"
            " GROUP BY v.value ORDER BY count(*) DESC, v.value LIMIT ?"
        )
        rows = self.reader().execute(sql, [start, f"{start}\U0010ffff", *values, limit])
        return [(row[0], row[1]) for row in rows]

    def numbers(self, prefix: str, condition: Condition, context: Context, limit: int) -> list[Hit]:
        """Tickets whose number begins so."""
        where, values = Compiler(context).where(condition)
        first = int(prefix)
        spans = [(first * 10**zeros, (first + 1) * 10**zeros) for zeros in range(0 if first else 1, 7)]
        inside = " OR ".join("(t.number >= ? AND t.number < ?)" for _ in spans)
        sql = f"SELECT t.id FROM ticket t WHERE ({inside}) AND {where} ORDER BY t.number DESC LIMIT ?"
        bounds = [bound for span in spans for bound in span]
        return [Hit(row[0], (row[0],)) for row in self.reader().execute(sql, [*bounds, *values, limit])]

    def documents(self, kind: str, ids: Sequence[str]) -> dict[str, Document]:
        """The documents of these ids."""
        found: dict[str, Document] = {}
        for start in range(0, len(ids), _MOST_IDS):
            some = list(ids[start : start + _MOST_IDS])
            marks = ", ".join("?" * len(some))
            sql = f"SELECT kind, id, version, texts FROM doc WHERE kind = ? AND id IN ({marks})"
            found |= {row[1]: writing.document_in(row) for row in self.reader().execute(sql, [kind, *some])}
        return found

    def similar(self, words: Sequence[str]) -> dict[str, list[str]]:
        """What a word may have meant."""
        wording = Wording(self.reader(), "")
        return {word: wording.meant(word) for word in words}

    def status(self) -> dict[str, Any]:
        """Engine, documents by kind, bytes."""
        rows = dict(self.reader().execute("SELECT kind, count(*) FROM doc GROUP BY kind").fetchall())
        size = self.path.stat().st_size if self.path.exists() else 0
        return {"engine": "sqlite", "documents": {kind: rows.get(kind, 0) for kind in KINDS}, "bytes": size}

    def marked(self, name: str) -> int:
        """A number kept beside the documents, 0 without one."""
        row = self.reader().execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else 0

    def mark(self, name: str, number: int) -> None:
        """Keep a number beside the documents."""
        with self._lock:
            self._writing().execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, number))

    def forget_words(self) -> None:
        """Leave no word in the file that only removed documents had."""
        with self._lock:
            forgetting.forget_words(self._writing())

    def copy_to(self, path: Path) -> None:
        """A compact copy of the file as it is now, without journals."""
        path.unlink(missing_ok=True)
        with self._lock:
            self._writing().execute("VACUUM INTO ?", (str(path),))

    def take(self, path: Path) -> None:
        """Take another file's documents in place of one's own, for all who have this file open; removes the other."""
        import sqlite3

        with self._lock:
            if not self.path.exists():
                path.replace(self.path)
                return
            other = sqlite3.connect(path)
            other.backup(self._writing())
            other.close()
            self._writing().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        path.unlink()

    def reader(self) -> Connection:
        """The connection that reads; opened anew when another file has taken the place of this one."""
        with self._lock:
            self._notice_another_file()
            if not self._reader:
                self._reader = database.open_to_read(self.path)
                self._reader.create_function("folded", 1, folded, deterministic=True)
                self._file = self._identity()
            return self._reader

    def close(self) -> None:
        """Give the file back."""
        for connection in (self._reader, self._writer):
            if connection:
                connection.close()
        self._reader = self._writer = None

    def remove(self) -> None:
        """Close and remove the file with its journals."""
        self.close()
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def _writing(self) -> Connection:
        self._notice_another_file()
        if not self._writer:
            self._writer = database.open_to_write(self.path)
            self._file = self._identity()
        return self._writer

    def _notice_another_file(self) -> None:
        if (self._reader or self._writer) and self._file != self._identity():
            self.close()

    def _identity(self) -> tuple[int, int] | None:
        try:
            facts = self.path.stat()
        except FileNotFoundError:
            return None
        return facts.st_dev, facts.st_ino
