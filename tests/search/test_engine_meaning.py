"""Both engines: a condition means what `matches` says (API-05), orders are total, documents go by version.

OpenSearch is played by a stand-in over the same documents; each request is held to the published API specification.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from helpdesk.core.errors import Unavailable
from helpdesk.filters.conditions import EVERYTHING, Term
from helpdesk.filters.matching import Context, matches
from helpdesk.search.documents import Document, company_document, person_document
from helpdesk.search.engine import FACETS, SORTS, Sort, Wanted
from helpdesk.search.opensearch.engine import OpenSearchEngine
from helpdesk.search.sqlite.engine import SqliteEngine
from tests.conditions import conditions
from tests.search.stand_in import StandIn
from tests.search.tickets import DOCUMENTS, text_of

CONTEXT = Context("ANNA", {"low": 1, "normal": 2, "high": 3, "urgent": 4}, datetime(2026, 11, 20, 12, tzinfo=UTC))
PEOPLE = [
    person_document({"id": "CARLA", "kind": "contact", "name": "Carla Diaz", "email": "carla@customer.test"}),
    person_document(
        {"id": "DORA", "kind": "contact", "name": "Dora", "email": "d@x.test", "phones": ["+49 89 1234567"]}
    ),
    company_document({"id": "ACME", "name": "Acme Ltd", "domains": ["acme.test"]}),
]


def _sqlite(folder: Path) -> SqliteEngine:
    return SqliteEngine(folder / "acme.db")


def _opensearch(_folder: Path) -> OpenSearchEngine:
    engine = OpenSearchEngine(StandIn(), "acme")
    with engine.another():
        pass
    return engine


@pytest.fixture(scope="module", params=[_sqlite, _opensearch], ids=["sqlite", "opensearch"])
def engine(request, tmp_path_factory):
    made = request.param(tmp_path_factory.mktemp("search"))
    assert made.write([*DOCUMENTS, *PEOPLE]) == len(DOCUMENTS) + len(PEOPLE)
    return made


def _facts(document: Document, notes: bool):
    return {**document.facts, "text": text_of(document, notes)}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(condition=conditions())
def test_api05_an_engine_finds_what_matches(engine, condition):
    wanted = {one.id for one in DOCUMENTS if matches(condition, _facts(one, True), CONTEXT)}
    found = engine.tickets(Wanted(condition, CONTEXT, limit=100))
    assert {hit.id for hit in found.hits} == wanted
    assert engine.counts([condition, EVERYTHING], CONTEXT) == [len(wanted), len(DOCUMENTS)]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(condition=conditions(("text", "subject", "tag")))
def test_without_notes_their_words_do_not_count(engine, condition):
    wanted = {one.id for one in DOCUMENTS if matches(condition, _facts(one, False), CONTEXT)}
    found = engine.tickets(Wanted(condition, CONTEXT, notes=False, limit=100))
    assert {hit.id for hit in found.hits} == wanted


@pytest.mark.parametrize("name", SORTS)
@pytest.mark.parametrize("descending", [True, False])
def test_ei03_a_walk_by_several_keys_sees_each_ticket_once_in_order(engine, name, descending):
    other = "created_at" if name != "created_at" else "priority"
    sort = (Sort(name, descending), Sort(other, not descending))
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


def test_facets_are_counts_of_conditions(engine):
    among = Term("category", "is", "active")
    found = engine.tickets(Wanted(among, CONTEXT, facets=FACETS))
    (total,) = engine.counts([among], CONTEXT)
    assert found.total == total
    assert sum(count for _, count in found.facets["priority"]) == total
    for value, count in found.facets["team_id"]:
        term = Term("team_id", "is", value) if value else Term("team_id", "none")
        assert engine.tickets(Wanted(term, CONTEXT, facets=("category",))).total >= count
    tags = dict(found.facets["tag"])
    vip = [one for one in DOCUMENTS if "vip" in one.facts["tag"] and matches(among, one.facts, CONTEXT)]
    assert tags["vip"] == len(vip)


def test_tags_numbers_and_documents(engine):
    assert engine.tags("gr", EVERYTHING, CONTEXT, 5)[0][0] == "größe"
    assert [tag for tag, _ in engine.tags("", EVERYTHING, CONTEXT, 9)][-1] in ("battery", "größe", "spam", "vip")
    assert [hit.id for hit in engine.numbers("105", EVERYTHING, CONTEXT, 3)] == [
        one.id for one in reversed(DOCUMENTS) if str(one.facts["number"]).startswith("105")
    ][:3]
    found = engine.documents("ticket", [DOCUMENTS[0].id, "none"])
    assert list(found) == [DOCUMENTS[0].id]
    assert replace(found[DOCUMENTS[0].id], exact={}) == replace(DOCUMENTS[0], exact={})
    assert engine.status()["documents"] == {"ticket": len(DOCUMENTS), "person": 2, "company": 1}


@pytest.mark.parametrize(
    ("q", "kind", "id_"),
    [
        ("carla", "person", "CARLA"),
        ("diaz", "person", "CARLA"),
        ("acme", "company", "ACME"),
        ("089/1234567", "person", "DORA"),
    ],
)
def test_people_and_companies(engine, q, kind, id_):
    assert [hit.id for hit in engine.people(q, kind, 5)] == [id_]


def test_an_older_version_never_replaces_a_newer_one(engine):
    newest = replace(DOCUMENTS[0], version=9, strong="zzz9")
    assert engine.write([newest]) == 1
    assert engine.write([DOCUMENTS[0]]) == 0
    assert [hit.id for hit in engine.tickets(Wanted(Term("text", "matches", "zzz9"), CONTEXT)).hits] == [newest.id]
    assert engine.write([], [("ticket", newest.id)]) == 1
    assert engine.write([newest]) == 0, "what is gone stays gone"
    assert engine.counts([EVERYTHING], CONTEXT) == [len(DOCUMENTS) - 1]


def test_opensearch_reindexes_behind_its_alias_and_makes_none_by_accident(tmp_path):
    domain = StandIn()
    engine = OpenSearchEngine(domain, "acme")
    with pytest.raises(Unavailable):
        engine.write(DOCUMENTS[:1])
    for _ in range(2):
        with engine.another() as other:
            other.write(DOCUMENTS)
    assert engine.counts([EVERYTHING], CONTEXT) == [len(DOCUMENTS)]
    assert len(domain.indexes) == 2, "the old ones are gone"
    moves = [body for _, url, body in domain.requests if url == "/_aliases"]
    assert len(moves) == 2 and {"remove_index", "add"} == {name for action in moves[1]["actions"] for name in action}
