"""SQLite for many containers: each has a copy of the file, kept up to date from the log; snapshots are in S3."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from helpdesk.core import blobs
from helpdesk.core.config import config
from helpdesk.core.errors import Conflict, NotFound, Unavailable
from helpdesk.core.table import ConditionFailed
from helpdesk.core.tries import tries
from helpdesk.filters.conditions import Condition
from helpdesk.filters.matching import Context
from helpdesk.search import store
from helpdesk.search.documents import Document
from helpdesk.search.engine import Found, Hit, Wanted
from helpdesk.search.sqlite import snapshots
from helpdesk.search.sqlite.engine import SqliteEngine
from helpdesk.search.store import Head

FRESH_SECONDS = 1.0  # a copy that was compared with the head so lately is not compared again
MOST_LOG_BYTES = 2_000_000  # of log beyond the snapshot, or a quarter of it: then a new one is made
MOST_LOG_ROWS = 2_000
_MOST_ROWS_BEHIND = 200
_TRIES = 12


class SharedEngine:
    """The engine of one container: reads its copy, writes to the log first and then to the copy."""

    def __init__(self, engine: SqliteEngine, org_id: str) -> None:
        self.engine, self.org_id = engine, org_id
        self._compared = 0.0

    def write(self, documents: Sequence[Document], gone: Iterable[tuple[str, str]] = ()) -> int:
        """Put and remove documents: a number in the log for all containers, then this copy."""
        moved, rest = 0, list(gone)
        for chunk in store.chunks(documents):
            if chunk or rest:
                moved += self._write(chunk, rest)
            rest = []
        self._compact_if_long()
        return moved

    def forget_words(self) -> None:
        """After an erasure: a snapshot without the words, and no log and no older snapshot that has them."""
        for _ in tries(_TRIES):
            head = self.catch_up()
            self.engine.forget_words()
            if made := self._new_base(head):
                self._forget(replace(head, base_last=made.base_last))
                return
        raise Unavailable("too many write the search log; try again")

    def tickets(self, wanted: Wanted) -> Found:
        """Tickets by condition and order, or by relevance."""
        return self._fresh().tickets(wanted)

    def counts(self, conditions: Sequence[Condition], context: Context, *, notes: bool = True) -> list[int]:
        """How many tickets each condition holds of."""
        return self._fresh().counts(conditions, context, notes=notes)

    def people(self, q: str, kind: str, limit: int) -> list[Hit]:
        """People or companies by their words."""
        return self._fresh().people(q, kind, limit)

    def tags(self, prefix: str, condition: Condition, context: Context, limit: int) -> list[tuple[str, int]]:
        """Tags with this beginning."""
        return self._fresh().tags(prefix, condition, context, limit)

    def numbers(self, prefix: str, condition: Condition, context: Context, limit: int) -> list[Hit]:
        """Tickets whose number begins so."""
        return self._fresh().numbers(prefix, condition, context, limit)

    def documents(self, kind: str, ids: Sequence[str]) -> dict[str, Document]:
        """The documents of these ids."""
        return self._fresh().documents(kind, ids)

    def similar(self, words: Sequence[str]) -> dict[str, list[str]]:
        """What a word may have meant."""
        return self._fresh().similar(words)

    def status(self) -> dict[str, Any]:
        """Of the copy, and of the snapshot and log behind it."""
        head = self.catch_up()
        known = {"engine": "sqlite, shared", "log": head.last, "snapshot": head.base_last}
        return self.engine.status() | known | {"snapshot_bytes": head.base_bytes}

    def catch_up(self) -> Head:
        """Bring the copy to the head; one round trip when nothing is new. Gives the head."""
        head = store.get_head(self.org_id)
        for _ in tries(_TRIES):
            if self._is_behind(head):
                with suppress(NotFound):  # a newer snapshot has taken its place meanwhile
                    self._fetch(head)
            while self.engine.marked("last") < head.last:
                rows = store.read(self.org_id, self.engine.marked("last"))
                if not rows or rows[0][0] != self.engine.marked("last") + 1:
                    break
                for number, documents, gone in rows:
                    self._apply(number, documents, gone)
            if self.engine.marked("last") >= head.last:
                self._compared = time.monotonic()
                return head
            head = store.get_head(self.org_id)
        raise Unavailable("the search log is being cut; try again")

    def replace_by(self, rebuilt: SqliteEngine, since: Head) -> None:
        """Make a file that was built anew, from what the tables held after `since`, the copy of all containers."""
        before = store.get_head(self.org_id)
        if before.cut > since.last:
            raise Conflict("the log was cut twice meanwhile; rebuild when less is going on")
        key, size = snapshots.upload(rebuilt, self.org_id)
        after = Head(base=key, base_last=since.last, base_bytes=size, generation=before.generation + 1)
        store.set_base(self.org_id, before, after)
        self._forget(replace(before, base_last=min(before.base_last, since.last)))

    def _fresh(self) -> SqliteEngine:
        if time.monotonic() - self._compared > FRESH_SECONDS:
            self.catch_up()
        return self.engine

    def _is_behind(self, head: Head) -> bool:
        """True if the snapshot is needed, or is quicker to take than the log's rows."""
        last = self.engine.marked("last")
        known = self.engine.marked("generation") == head.generation and last >= head.cut
        return not known or (head.base is not None and head.base_last - last > _MOST_ROWS_BEHIND)

    def _write(self, documents: Sequence[Document], gone: Sequence[tuple[str, str]]) -> int:
        for _ in tries(_TRIES):
            head = self.catch_up()
            try:
                head = store.append(self.org_id, head, documents, gone)
            except ConditionFailed:
                continue
            return self._apply(head.last, documents, gone)
        raise Unavailable("the search log is being written by too many at once")

    def _apply(self, number: int, documents: Sequence[Document], gone: Iterable[tuple[str, str]]) -> int:
        moved = self.engine.write(documents, gone)
        self.engine.mark("last", number)
        return moved

    def _compact_if_long(self) -> None:
        head = store.get_head(self.org_id)
        long = max(MOST_LOG_BYTES, head.base_bytes // 4)
        if head.log_bytes <= long and head.last - head.base_last <= MOST_LOG_ROWS:
            return
        if self._new_base(head):
            self._forget(head)

    def _new_base(self, head: Head) -> Head | None:
        """Upload the copy and name it as the snapshot; None if another container made one meanwhile."""
        last = self.engine.marked("last")
        key, size = snapshots.upload(self.engine, self.org_id)
        after = Head(base=key, base_last=last, base_bytes=size, generation=head.generation)
        try:
            store.set_base(self.org_id, head, after)
        except ConditionFailed:
            blobs.delete(config().search_bucket, key)
            return None
        return after

    def _forget(self, before: Head) -> None:
        """Cut what the snapshot before the new one had; who reads that one now still finds the log after it."""
        if before.base_last > before.cut:
            store.cut(self.org_id, before.cut + 1, before.base_last)
        if before.base:
            blobs.delete(config().search_bucket, before.base)

    def _fetch(self, head: Head) -> None:
        """Take the snapshot in place of the copy."""
        if head.base:
            snapshots.download(self.engine, head.base)
            self.engine.mark("last", head.base_last)
        self.engine.mark("generation", head.generation)
