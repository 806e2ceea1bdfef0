"""The best documents for a person's words, as OpenSearch's query DSL."""

from __future__ import annotations

from typing import Any

from helpdesk.filters.folding import words_of
from helpdesk.search.engine import MOST_FACET_VALUES, Wanted
from helpdesk.search.exact import wanted_by
from helpdesk.search.opensearch.compiling import Compiler, Query, any_of, order, searched
from helpdesk.search.opensearch.templates import LANGUAGES, WEIGHTS

_EXACT, _ALL_WORDS = 100_000, 100
_MOST_WORDS = 12


def ticket_search(wanted: Wanted) -> dict[str, Any]:
    """The body of a search for tickets: by relevance if there are words, else in the order wanted."""
    condition = Compiler(wanted.context, wanted.notes).query(wanted.condition)
    body: dict[str, Any] = {"size": wanted.limit, "_source": False}
    if wanted.q.strip():
        body["query"] = {"bool": {"filter": [condition], "must": [words_query(wanted.q, wanted.notes)]}}
        body["sort"] = [{"_score": {"order": "desc"}}, {"id": {"order": "asc"}}]
    else:
        body["query"] = {"bool": {"filter": [condition]}}
        body["sort"] = order(wanted.sort, wanted.context)
    if wanted.after is not None:
        body["search_after"] = list(wanted.after)
    if wanted.facets:
        body["track_total_hits"] = True
        body["aggs"] = {
            name: {"terms": {"field": name, "size": MOST_FACET_VALUES} | ({} if name == "tag" else {"missing": ""})}
            for name in wanted.facets
        }
    return body


def words_query(q: str, notes: bool = True) -> Query:
    """Exact values first, then all words as they are or begun, then what they may have meant, by language."""
    names = searched(notes)
    words = words_of(q)[:_MOST_WORDS]
    exact: Query = {"terms": {"exact" if notes else "exact_public": wanted_by(q)}}
    ways: list[Query] = [{"constant_score": {"filter": exact, "boost": _EXACT}}]
    if words:
        each = [_word(word, names) for word in words]
        ways.append({"bool": {"must": each, "boost": _ALL_WORDS}})
        ways.append(_meant(q, names))
    return any_of(ways)


def _word(word: str, names: tuple[str, ...]) -> Query:
    found: list[Query] = []
    for name in names:
        found.append({"match": {f"words_{name}": {"query": word, "boost": 2 * WEIGHTS[name]}}})
        found.append({"prefix": {f"words_{name}": {"value": word, "boost": WEIGHTS[name]}}})
    return {"dis_max": {"queries": found, "tie_breaker": 0.2}}


def _meant(q: str, names: tuple[str, ...]) -> Query:
    by_language = [f"{name}.{language}^{WEIGHTS[name]}" for name in names for language in LANGUAGES]
    plain = [f"{name}^{WEIGHTS[name]}" for name in names]
    few = "2<75%"
    return {
        "dis_max": {
            "queries": [
                {"multi_match": {"query": q, "fields": by_language, "minimum_should_match": few}},
                {"multi_match": {"query": q, "fields": plain, "fuzziness": "AUTO", "minimum_should_match": few}},
            ]
        }
    }
