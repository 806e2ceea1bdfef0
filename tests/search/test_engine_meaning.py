"""A condition means the same to the engine as to `matches` (API-05): Hypothesis over both."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from helpdesk.filters.matching import Context, matches
from helpdesk.search.documents import Document
from helpdesk.search.engine import SORTS, Sort, Wanted
from helpdesk.search.sqlite.engine import SqliteEngine
from tests.conditions import conditions
from tests.search.tickets import DOCUMENTS, text_of

CONTEXT = Context("ANNA", {"low": 1, "normal": 2, "high": 3, "urgent": 4}, datetime(2026, 11, 20, 12, tzinfo=UTC))


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    made = SqliteEngine(Path(tmp_path_factory.mktemp("search")) / "acme.db")
    made.write(DOCUMENTS)
    yield made
    made.close()


def _facts(document: Document, notes: bool):
    return {**document.facts, "text": text_of(document, notes)}


@settings(max_examples=400, deadline=None)
@given(conditions())
def test_sqlite_finds_what_matches(engine, condition):
    wanted = {one.id for one in DOCUMENTS if matches(condition, _facts(one, True), CONTEXT)}
    found = engine.tickets(Wanted(condition, CONTEXT, limit=100))
    assert {hit.id for hit in found.hits} == wanted
    assert engine.counts([condition], CONTEXT) == [len(wanted)]


@settings(max_examples=100, deadline=None)
@given(conditions(("text", "subject", "tag")))
def test_without_notes_their_words_do_not_count(engine, condition):
    wanted = {one.id for one in DOCUMENTS if matches(condition, _facts(one, False), CONTEXT)}
    found = engine.tickets(Wanted(condition, CONTEXT, notes=False, limit=100))
    assert {hit.id for hit in found.hits} == wanted


@pytest.mark.parametrize("name", SORTS)
@pytest.mark.parametrize("descending", [True, False])
def test_ei03_a_walk_by_several_keys_sees_each_ticket_once_in_order(engine, name, descending):
    sort = (Sort(name, descending), Sort("created_at", not descending))
    whole = [hit.id for hit in engine.tickets(Wanted(context=CONTEXT, sort=sort, limit=100)).hits]
    walked, after = [], None
    while page := engine.tickets(Wanted(context=CONTEXT, sort=sort, limit=3, after=after)).hits:
        walked += [hit.id for hit in page]
        after = page[-1].position
    assert walked == whole
    assert sorted(walked) == sorted(one.id for one in DOCUMENTS)
    facts = {one.id: one.facts for one in DOCUMENTS}
    values = [CONTEXT.ranks[facts[id_][name]] if name == "priority" else facts[id_].get(name) for id_ in whole]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=descending)
    assert values == known + [None] * (len(values) - len(known)), "no value comes last"
