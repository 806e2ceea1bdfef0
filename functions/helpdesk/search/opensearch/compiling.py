"""A condition as OpenSearch's query DSL; it means what `filters.matching.matches` means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpdesk.filters import dates
from helpdesk.filters.conditions import All, Any_, Condition, Not, Term
from helpdesk.filters.fields import field_of
from helpdesk.filters.folding import folded, number_in, plain, words_of
from helpdesk.filters.matching import Context, ranked, values_of
from helpdesk.search.engine import Sort
from helpdesk.search.opensearch.templates import TEXTS

Query = dict[str, Any]
_MOST_EXPANSIONS = 1000  # of the word that a phrase ends with
_ORDER = ("gt", "gte", "lt", "lte")


@dataclass(frozen=True)
class Compiler:
    """Compiles for one caller: `notes` says whether words of notes count."""

    context: Context
    notes: bool = True

    def query(self, condition: Condition) -> Query:
        """The condition as a query without score."""
        match condition:
            case Term():
                return self._term(condition)
            case Not(part):
                return opposite(self.query(part))
            case All(parts):
                return {"bool": {"filter": [self.query(part) for part in parts]}} if parts else {"match_all": {}}
            case Any_(parts):
                return any_of([self.query(part) for part in parts])

    def _term(self, term: Term) -> Query:
        field = field_of(term.field)
        assert field is not None  # noqa: S101 - a Term names a field of the table
        if field.type == "custom":
            return self._custom(term)
        if term.op == "none":
            return opposite({"exists": {"field": term.field}})
        match field.type:
            case "words":
                return any_of([_phrase(f"words_{name}", str(term.value)) for name in searched(self.notes)])
            case "flag":
                return {"term": {term.field: {"value": bool(term.value)}}}
            case "date":
                return {"range": {term.field: _span(term, self.context)}}
            case "line":
                return _line(term)
            case "number" if term.op in _ORDER:
                return {"range": {term.field: {term.op: term.value}}}
            case "rank" if term.op in _ORDER:
                return {"terms": {term.field: list(ranked(term, self.context))}}
        values = values_of(term, self.context)
        if term.op == "all":
            return {"bool": {"filter": [{"term": {term.field: {"value": one}}} for one in values]}}
        return {"terms": {term.field: [int(one) for one in values] if field.type == "number" else list(values)}}

    def _custom(self, term: Term) -> Query:
        named: Query = {"term": {"custom.name": {"value": term.field.partition(".")[2]}}}
        wanted = [plain(one) for one in (term.value if isinstance(term.value, tuple) else (term.value,))]
        parts: list[Query] = [named]
        if term.op == "contains":
            parts.append(_has("custom.value", wanted[0]))
        elif term.op in _ORDER:
            number = number_in(wanted[0])
            name = "custom.value" if number is None else "custom.number"
            parts.append({"range": {name: {term.op: wanted[0] if number is None else number}}})
            parts += [opposite({"exists": {"field": "custom.number"}})] if number is None else []
        elif term.op != "none":
            parts.append({"terms": {"custom.value": wanted}})
        found: Query = {"nested": {"path": "custom", "query": {"bool": {"filter": parts}}}}
        return opposite(found) if term.op == "none" else found


def searched(notes: bool) -> tuple[str, ...]:
    """The texts in which a caller finds words: a customer neither in notes nor in tags and fields."""
    return TEXTS if notes else ("strong", "public")


def opposite(query: Query) -> Query:
    """Where the query does not hold."""
    return {"bool": {"must_not": [query]}}


def any_of(queries: Sequence[Query]) -> Query:
    """Where at least one holds."""
    return {"bool": {"should": list(queries), "minimum_should_match": 1}}


def order(sort: Sequence[Sort], context: Context) -> list[dict[str, Any]]:
    """The order, made total by the id; what has no value comes last."""
    found: list[dict[str, Any]] = []
    for one in sort:
        way = "desc" if one.descending else "asc"
        if one.field == "priority":
            source = "params.ranks.getOrDefault(doc['priority'].size() == 0 ? '' : doc['priority'].value, -1)"
            script = {"lang": "painless", "source": source, "params": {"ranks": dict(context.ranks)}}
            found.append({"_script": {"type": "number", "script": script, "order": way}})
        elif one.field in ("number", "message_count"):
            found.append({one.field: {"order": way}})
        else:
            found.append({one.field: {"order": way, "missing": "" if one.descending else "~"}})
    return [*found, {"id": {"order": "desc" if sort[-1].descending else "asc"}}]


def _phrase(field: str, text: str) -> Query:
    words = words_of(text)
    if len(words) == 1:
        return {"prefix": {field: {"value": words[0]}}}
    return {"match_phrase_prefix": {field: {"query": " ".join(words), "max_expansions": _MOST_EXPANSIONS}}}


def _span(term: Term, context: Context) -> dict[str, str]:
    start, end = dates.span(str(term.value), context.now)
    match term.op:
        case "is":
            return {"gte": start, "lt": end}
        case "gt":
            return {"gte": end} if start != end else {"gt": start}
        case "gte":
            return {"gte": start}
        case "lt":
            return {"lt": start}
    return {"lt": end} if start != end else {"lte": end}


def _line(term: Term) -> Query:
    value = folded(str(term.value))
    if term.op == "is":
        return {"term": {"subject_folded": {"value": value}}}
    return _has("subject_folded", value)


def _has(field: str, part: str) -> Query:
    escaped = "".join(f"\\{char}" if char in "\\*?" else char for char in part)
    return {"wildcard": {field: {"value": f"*{escaped}*"}}}
