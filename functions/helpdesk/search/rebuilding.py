"""Everything anew: documents from the tables into another index, which then takes the place of the one in use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from helpdesk.people import company_store
from helpdesk.people import store as people_store
from helpdesk.people.company_model import company_of
from helpdesk.people.model import person_of
from helpdesk.search.choice import engine_for
from helpdesk.search.documents import Document, company_document, person_document
from helpdesk.search.engine import Engine
from helpdesk.search.indexing import document_of
from helpdesk.search.sqlite.engine import SqliteEngine
from helpdesk.search.sqlite.shared import SharedEngine
from helpdesk.search.store import get_head
from helpdesk.tickets import store

_AT_ONCE = 100
Advance = Callable[[int], object]


def rebuild(org_id: str, advance: Advance) -> int:
    """Write every document of the organisation anew; `advance` hears of each batch; says how many there are.

    Questions are answered from the old index meanwhile. What changes meanwhile is written by its own events: those
    since the rebuild began are to be taken again after it (`indexing.take`), which `desk search rebuild` does.
    """
    total = 0
    with another_index(org_id) as target:
        for batch in _batches(org_id):
            target.write(batch)
            total += len(batch)
            advance(len(batch))
    return total


@contextmanager
def another_index(org_id: str) -> Iterator[Engine]:
    """An empty engine that takes the place of the organisation's own when the block ends well."""
    engine = engine_for(org_id)
    if isinstance(engine, SqliteEngine):
        with _another_file(engine) as other:
            yield other
            other.copy_to(other.path.with_suffix(".done"))
            engine.take(other.path.with_suffix(".done"))
    elif isinstance(engine, SharedEngine):
        since = get_head(org_id)
        with _another_file(engine.engine) as other:
            yield other
            engine.replace_by(other, since)
    else:
        with engine.another() as other:  # type: ignore[attr-defined]
            yield other


@contextmanager
def _another_file(engine: SqliteEngine) -> Iterator[SqliteEngine]:
    other = SqliteEngine(engine.path.with_suffix(".rebuild"))
    other.remove()
    try:
        yield other
    finally:
        other.remove()


def _batches(org_id: str) -> Iterator[list[Document]]:
    with ThreadPoolExecutor(max_workers=8) as pool:
        for state in ("active", "done"):
            after: str | None = None
            while True:
                pk = f"{org_id}#{state}"
                rows = store.query_index("by_state", pk, after=after, limit=_AT_ONCE, newest_first=False)
                if not rows:
                    break
                yield list(pool.map(lambda row: document_of(org_id, row[1]), rows))
                after = rows[-1][0]
    for kind in ("staff", "contact"):
        key = None
        while True:
            page = people_store.list_people(org_id, kind, limit=_AT_ONCE, after=key)
            yield [person_document(person_of(row).public()) for row in page.items]
            if not (key := page.next_key):
                break
    key = None
    while True:
        page = company_store.list_companies(org_id, limit=_AT_ONCE, after=key)
        yield [company_document(company_of(row).public()) for row in page.items]
        if not (key := page.next_key):
            break
