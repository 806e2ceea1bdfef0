"""Search by SQLite at sizes: how long questions take cold and warm, how quick it is filled, how large a snapshot is."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import relevance
from helpdesk.filters.conditions import EVERYTHING, Condition, all_of
from helpdesk.filters.matching import Context
from helpdesk.filters.text import parse
from helpdesk.search.documents import Document, ticket_document
from helpdesk.search.engine import NEWEST, Sort, Wanted
from helpdesk.search.sqlite.engine import SqliteEngine
from helpdesk.tickets.model import Message, Ticket
from infra.seeding.phrases import LANGUAGES, tell

CONTEXT = Context("A1", {"low": 1, "normal": 2, "high": 3, "urgent": 4})
_START = datetime(2026, 1, 1, tzinfo=UTC)
_WORDS = [
    "invoice",
    "rechnung",
    "export error",
    "falsche anschrift",
    "password",
    "注文",
    "kestrel",
    "refund order",
    "blue",
    "chrager",
]
_BATCH = 200
_TIMES = 5


def measure(sizes: tuple[int, ...] = (1_000, 10_000, 100_000)) -> list[dict[str, Any]]:
    """One row a size; `over_1k` is a list's time over the same with a thousand tickets."""
    rows: list[dict[str, Any]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(_of_size(size, Path(folder)))
    for row in rows:
        for name in ("tag_list_ms", "queue_list_ms"):
            row[f"{name}_over_1k"] = round(row[name] / rows[0][name], 2)
    return rows


def turned(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The figures as lines and the sizes as columns."""
    names = [name for name in rows[0] if name != "tickets"]
    return [{"figure": name} | {f"{row['tickets']:,}": row[name] for row in rows} for name in names]


def mean_reciprocal_rank() -> dict[str, Any]:
    """The relevance suite over its own seeded desk."""
    with tempfile.TemporaryDirectory() as folder:
        engine = SqliteEngine(Path(folder) / "acme.db")
        engine.write(relevance.documents())
        return relevance.measure(engine)


def _of_size(size: int, folder: Path) -> dict[str, Any]:
    engine = SqliteEngine(folder / "acme.db")
    rate = _fill(engine, size)
    words = [lambda q=q: engine.tickets(Wanted(EVERYTHING, CONTEXT, q=q, limit=20)) for q in _WORDS]
    cold = [_cold(engine, work) for work in words]
    warm = sorted(_milliseconds(work) for _ in range(_TIMES) for work in words)
    found = {
        "tickets": size,
        "indexed_per_second": round(rate),
        "cold_p50_ms": round(statistics.median(cold), 1),
        "cold_p95_ms": round(sorted(cold)[int(len(cold) * 0.95)], 1),
        "warm_p50_ms": round(statistics.median(warm), 1),
        "warm_p95_ms": round(warm[int(len(warm) * 0.95)], 1),
        "tag_list_ms": _list(engine, parse("tag:vip category:active")),
        "queue_list_ms": _list(engine, parse("category:open")),
        "priority_list_ms": _list(engine, parse("category:active"), (Sort("priority", True), Sort("updated_at"))),
        "facets_ms": round(
            _median(lambda: engine.tickets(Wanted(EVERYTHING, CONTEXT, q="invoice", facets=_FACETS))), 1
        ),
        "counts_of_20_views_ms": round(_median(lambda: engine.counts(_views(), CONTEXT)), 1),
    }
    return found | _snapshot(engine, folder)


_FACETS = ("category", "team_id", "assignee_id", "tag", "priority", "channel")


def _views() -> list[Condition]:
    return [parse(f"category:active team:T{place % 4} tag:vip or assignee:A{place}") for place in range(20)]


def _fill(engine: SqliteEngine, size: int) -> float:
    rng = random.Random(3)
    spent = 0.0
    for start in range(0, size, _BATCH):
        batch = [_document(number, size, rng) for number in range(start, min(size, start + _BATCH))]
        began = time.perf_counter()
        engine.write(batch)
        spent += time.perf_counter() - began
    return size / spent


def _document(number: int, size: int, rng: random.Random) -> Document:
    """A ticket with two messages; the newest 900 and a few older are open, so that a queue is as long at any size."""
    language = rng.choice(list(LANGUAGES))
    story = tell(language, rng)
    category = "open" if size - number < 600 else "waiting" if size - number < 900 else "closed"
    at = (_START + timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    name = f"{rng.choice(_NAMES)} {rng.randrange(size)}"
    ticket = Ticket(
        org_id="acme",
        id=f"01TICKET{number:018}",
        number=1001 + number,
        subject=story.subject,
        status_id=category,
        category=category,
        priority=story.priority,
        requester={"id": f"P{rng.randrange(size)}", "name": name, "email": f"p{number}@customer.test"},
        assignee_id=f"A{rng.randrange(20)}",
        team_id=f"T{rng.randrange(4)}",
        tags=story.tags,
        created_at=at,
        updated_at=at,
        version=1,
    )
    who = {"kind": "agent", "id": "A", "name": "A"}
    texts = (("customer", story.opening), ("reply", story.answer))
    return ticket_document(
        ticket, [Message(f"M{place}", kind, who, text, "", at) for place, (kind, text) in enumerate(texts)]
    )


_NAMES = ("Carla", "Jürgen", "Mei", "Olu", "Zoé", "Ana")


def _snapshot(engine: SqliteEngine, folder: Path) -> dict[str, Any]:
    """A whole snapshot packed and taken, and a refresh by a log row of ten tickets."""
    import gzip
    import shutil

    copy, packed = folder / "copy", folder / "copy.gz"
    began = time.perf_counter()
    engine.copy_to(copy)
    with copy.open("rb") as source, gzip.open(packed, "wb", compresslevel=1) as target:
        shutil.copyfileobj(source, target, 1 << 20)
    made = time.perf_counter() - began
    began = time.perf_counter()
    with gzip.open(packed, "rb") as source, copy.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
    other = SqliteEngine(folder / "other.db")
    other.take(copy)
    taken = time.perf_counter() - began
    ten = [replace(_document(number, 1000, random.Random(number)), version=2) for number in range(10)]
    refreshed = _milliseconds(lambda: other.write(ten))
    return {
        "file_mb": round(engine.status()["bytes"] / 1e6, 1),
        "snapshot_mb": round(packed.stat().st_size / 1e6, 1),
        "make_s": round(made, 2),
        "take_s": round(taken, 2),
        "refresh_10_ms": round(refreshed, 1),
    }


def _list(engine: SqliteEngine, condition: Condition, sort: tuple[Sort, ...] = NEWEST) -> float:
    wanted = Wanted(all_of([condition, parse("trashed:false")]), CONTEXT, sort=sort, limit=50)
    return round(_median(lambda: engine.tickets(wanted)), 2)


def _median(work: Callable[[], Any]) -> float:
    work()
    return statistics.median(_milliseconds(work) for _ in range(_TIMES * 3))


def _cold(engine: SqliteEngine, work: Callable[[], Any]) -> float:
    """With a connection made anew: no page of the file in SQLite's cache (the system's cache stays)."""
    engine.close()
    return _milliseconds(work)


def _milliseconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    import sys

    for one in measure(tuple(int(size) for size in sys.argv[1:]) or (1_000, 10_000)):
        print(one)
