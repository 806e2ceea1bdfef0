"""SQLite for many containers: one log, a snapshot in S3, and copies that catch up."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from helpdesk.core.errors import Conflict
from helpdesk.filters.conditions import EVERYTHING
from helpdesk.filters.matching import Context
from helpdesk.search import store
from helpdesk.search.sqlite import shared
from helpdesk.search.sqlite.engine import SqliteEngine
from helpdesk.search.sqlite.shared import SharedEngine
from tests.search.tickets import DOCUMENTS

CONTEXT = Context()


@pytest.fixture
def container(cloud, tmp_path, monkeypatch):
    monkeypatch.setattr(shared, "FRESH_SECONDS", 0.0)
    names = iter(range(100))
    return lambda: SharedEngine(SqliteEngine(Path(tmp_path) / str(next(names)) / "acme.db"), "acme")


def _count(engine):
    return engine.counts([EVERYTHING], CONTEXT)[0]


def test_what_one_container_writes_all_find_at_their_next_question(container):
    writer, reader = container(), container()
    assert _count(reader) == 0
    assert writer.write(DOCUMENTS[:10]) == 10
    assert _count(reader) == 10
    writer.write([replace(DOCUMENTS[0], version=2)], [("ticket", DOCUMENTS[1].id)])
    assert _count(reader) == 9
    assert reader.documents("ticket", [DOCUMENTS[0].id])[DOCUMENTS[0].id].version == 2


def test_two_writers_at_once_lose_nothing(container):
    engines = [container() for _ in range(3)]
    parts = [DOCUMENTS[0:20], DOCUMENTS[20:40], DOCUMENTS[40:60]]

    def work(place):
        for one in parts[place]:
            engines[place].write([one])

    threads = [threading.Thread(target=work, args=(place,)) for place in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [_count(engine) for engine in [*engines, container()]] == [60] * 4
    assert store.get_head("acme").last == 60


def test_a_new_container_takes_the_snapshot_and_an_old_one_the_log(container, monkeypatch):
    monkeypatch.setattr(shared, "MOST_LOG_ROWS", 3)
    monkeypatch.setattr(shared, "_MOST_ROWS_BEHIND", 2)
    writer, old = container(), container()
    assert _count(old) == 0
    for place, one in enumerate(DOCUMENTS):
        writer.write([one])
        if place in (1, 30):
            assert _count(old) == place + 1
    head = store.get_head("acme")
    assert head.base and head.cut > 0 and head.last == 60
    assert store.read("acme", 0)[0][0] == head.cut + 1, "the log is cut where a snapshot has it all"
    assert [_count(engine) for engine in (writer, old, container())] == [60] * 3


def test_a_large_change_goes_by_s3(container, monkeypatch):
    monkeypatch.setattr(store, "MOST_ROW", 10)
    writer, reader = container(), container()
    writer.write(DOCUMENTS[:5])
    assert _count(reader) == 5


def test_a_rebuild_replaces_every_copy_and_keeps_what_came_meanwhile(container):
    writer, reader = container(), container()
    writer.write(DOCUMENTS[:10])
    assert _count(reader) == 10
    since = store.get_head("acme")
    rebuilt = SqliteEngine(writer.engine.path.with_suffix(".rebuild"))
    rebuilt.write(DOCUMENTS[2:10])
    writer.write([DOCUMENTS[20]])
    writer.replace_by(rebuilt, since)
    assert [_count(engine) for engine in (writer, reader, container())] == [9] * 3
    writer.write([DOCUMENTS[21]])
    assert _count(reader) == 10


def test_a_rebuild_that_is_overtaken_says_so(container, monkeypatch):
    writer = container()
    since = store.get_head("acme")
    monkeypatch.setattr(shared, "MOST_LOG_ROWS", 1)
    for one in DOCUMENTS[:9]:
        writer.write([one])
    rebuilt = SqliteEngine(writer.engine.path.with_suffix(".rebuild"))
    with pytest.raises(Conflict):
        writer.replace_by(rebuilt, since)


def test_a_snapshot_that_goes_while_it_is_fetched_is_fetched_anew(container, monkeypatch):
    monkeypatch.setattr(shared, "MOST_LOG_ROWS", 3)
    writer = container()
    for one in DOCUMENTS[:9]:
        writer.write([one])
    stale = replace(store.get_head("acme"), base="acme/gone.db.gz")
    answers = iter([stale])
    real = store.get_head
    monkeypatch.setattr(store, "get_head", lambda org_id: next(answers, None) or real(org_id))
    assert _count(container()) == 9


def test_a_quiet_question_costs_one_read(container):
    from bench.meter import metered

    writer, reader = container(), container()
    writer.write(DOCUMENTS[:3])
    _count(reader)
    with metered() as meter:
        assert _count(reader) == 3
    assert [operation for _, operation, _ in meter.calls] == ["GetItem"]
