"""EI-18: people find what they mean; the labelled queries of the relevance suite, as `make bench` prints them."""

from __future__ import annotations

from bench import relevance
from helpdesk.filters.matching import Context
from helpdesk.search.engine import Wanted
from helpdesk.search.opensearch.engine import OpenSearchEngine
from helpdesk.search.sqlite.engine import SqliteEngine
from tests.search.stand_in import StandIn

FLOOR = 0.93


def test_ei18_the_right_ticket_stands_at_the_top(tmp_path):
    engine = SqliteEngine(tmp_path / "acme.db")
    engine.write(relevance.documents())
    found = relevance.measure(engine)
    print(found)
    assert found["queries"] >= 60
    assert found["mrr"] >= FLOOR, found["not_first"]


def test_every_labelled_query_is_one_that_opensearch_takes():
    """Its ranking cannot be measured without it; each body is held to the published API specification."""
    domain = StandIn()
    engine = OpenSearchEngine(domain, "acme")
    with engine.another() as other:
        other.write(relevance.documents(10))
    for q, _ in relevance.queries():
        engine.tickets(Wanted(context=Context(), q=q, limit=10))
        engine.people(q, "person", 5)
    assert sum(1 for _, url, _ in domain.requests if url.endswith("_search")) == 2 * len(relevance.queries())
