"""A stand-in for an OpenSearch domain: the part of its API that the adapter uses, over dicts in memory.

Written from the published API specification; it proves what the adapter's queries mean, not how the engine ranks.
"""

from __future__ import annotations

import fnmatch
import json
import re
from typing import Any

from tests.search.specification import check

Doc = dict[str, Any]


class StandIn:
    """`perform_request` as `opensearchpy.Transport` has it; every body is checked against the specification."""

    def __init__(self) -> None:
        self.indexes: dict[str, dict[str, tuple[int, Doc | None]]] = {}
        self.aliases: dict[str, str] = {}
        self.requests: list[tuple[str, str, Any]] = []

    def perform_request(self, method: str, url: str, params: Any = None, body: Any = None) -> Any:
        self.requests.append((method, url, body))
        check(method, url, params, body)
        path = url.strip("/").split("/")
        match path:
            case ["_index_template", _]:
                return {"acknowledged": True}
            case ["_aliases"]:
                return self._move(body["actions"])
            case [index, "_bulk"]:
                return self._bulk(index, body, params or {})
            case [index, "_search"]:
                return self._search(index, body)
            case [index, "_msearch"]:
                return {"responses": [self._search(index, one) for one in body[1::2]]}
            case [_, "_refresh"]:
                return {}
            case [pattern, "_settings", _]:
                return {name: {} for name in self.indexes if fnmatch.fnmatch(name, pattern)}
            case [_, "_stats", "store"]:
                return {"_all": {"primaries": {"store": {"size_in_bytes": 1}}}}
            case [index]:
                self.indexes[index] = {}
                return {"acknowledged": True}
        raise AssertionError(f"{method} {url} is not played")

    def _move(self, actions: list[Any]) -> Any:
        for action in actions:
            if "remove_index" in action:
                del self.indexes[action["remove_index"]["index"]]
            else:
                self.aliases[action["add"]["alias"]] = action["add"]["index"]
        return {"acknowledged": True}

    def _bulk(self, name: str, body: str, params: Any) -> Any:
        if params.get("require_alias") and name not in self.aliases:
            return {"errors": True, "items": [{"index": {"status": 404}}]}
        index, items = self.indexes[self.aliases.get(name, name)], []
        lines = iter(body.strip().split("\n"))
        for line in lines:
            ((op, head),) = json.loads(line).items()
            source = json.loads(next(lines)) if op == "index" else None
            known = index.get(head["_id"])
            if known and known[0] > head["version"]:
                items.append({op: {"status": 409}})
                continue
            there = known is not None and known[1] is not None
            index[head["_id"]] = (head["version"], source)
            items.append({op: {"status": 200 if there or source else 404}})
        return {"errors": False, "items": items}

    def _search(self, name: str, body: Any) -> Any:
        docs = [doc for _, doc in self.indexes[self.aliases[name]].values() if doc]
        found = [doc for doc in docs if holds(body.get("query", {"match_all": {}}), doc)]
        keyed = sorted(((self._keys(doc, body.get("sort") or []), doc) for doc in found), key=lambda one: one[0])
        after = body.get("search_after")
        sort = body.get("sort") or []
        hits = [
            {"_id": doc["id"], "sort": [key.value for key in keys], "_source": doc}
            for keys, doc in keyed
            if after is None or keys > [_Key(value, _way(one)) for value, one in zip(after, sort, strict=True)]
        ]
        aggregations = {
            one: {"buckets": _buckets(agg["terms"], found)} for one, agg in (body.get("aggs") or {}).items()
        }
        shown = hits[: body["size"]] if "size" in body else hits[:10]
        return {"hits": {"total": {"value": len(found)}, "hits": shown}, "aggregations": aggregations}

    def _keys(self, doc: Doc, sort: list[Any]) -> list[_Key]:
        keys = []
        for one in sort:
            ((name, how),) = one.items()
            if name == "_script":
                value: Any = how["script"]["params"]["ranks"].get(doc.get("priority", ""), -1)
            else:
                value = 0.0 if name == "_score" else doc.get(name, how.get("missing"))
            keys.append(_Key(value, _way(one)))
        return keys


class _Key:
    def __init__(self, value: Any, way: str) -> None:
        self.value, self.way = value, way

    def __lt__(self, other: _Key) -> bool:
        return bool(self.value > other.value if self.way == "desc" else self.value < other.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and bool(self.value == other.value)

    __hash__ = None  # type: ignore[assignment]


def _way(sort: Any) -> str:
    return str(next(iter(sort.values()))["order"])


def holds(query: Any, doc: Doc) -> bool:
    """What a query means for one document."""
    ((kind, inside),) = query.items()
    if kind == "match_all":
        return True
    if kind == "bool":
        each = [holds(one, doc) for name in ("filter", "must") for one in inside.get(name, [])]
        each += [not holds(one, doc) for one in inside.get("must_not", [])]
        should = [holds(one, doc) for one in inside.get("should", [])]
        return all(each) and (not should or any(should))
    if kind == "dis_max":
        return any(holds(one, doc) for one in inside["queries"])
    if kind == "constant_score":
        return holds(inside["filter"], doc)
    if kind == "nested":
        return any(holds(inside["query"], _nested(inside["path"], one)) for one in doc.get(inside["path"], []))
    if kind == "ids":
        return doc["id"] in inside["values"]
    if kind == "multi_match":
        return any(word in doc.get(f"words_{name}", "") for name in ("strong", "public") for word in [inside["query"]])
    if kind == "exists":
        return bool(_values(doc, inside["field"]))
    name, asked = next((one, value) for one, value in inside.items() if one != "boost")
    return any(_fits(kind, asked, value) for value in _values(doc, name))


def _fits(kind: str, asked: Any, value: Any) -> bool:
    match kind:
        case "term":
            return bool(value == asked["value"])
        case "terms":
            return value in asked
        case "range":
            compare = {"gt": value.__gt__, "gte": value.__ge__, "lt": value.__lt__, "lte": value.__le__}
            return all(compare[op](bound) is True for op, bound in asked.items())
        case "wildcard":
            pattern = re.sub(r"\\\\([\\*?])|(\\\*)", lambda m: f"\\{m[1]}" if m[1] else ".*", re.escape(asked["value"]))
            return re.fullmatch(pattern, value, re.DOTALL) is not None
        case "prefix":
            return any(word.startswith(asked["value"]) for word in value.split())
        case "match":
            return asked["query"] in value.split()
        case "match_phrase_prefix":
            return f" {asked['query']}" in f" {value}"
    raise AssertionError(kind)


def _values(doc: Doc, name: str) -> list[Any]:
    value = doc.get(name)
    return [] if value is None else value if isinstance(value, list) else [value]


def _nested(path: str, one: Doc) -> Doc:
    return {f"{path}.{name}": value for name, value in one.items()}


def _buckets(terms: Any, docs: list[Doc]) -> list[Any]:
    counts: dict[Any, int] = {}
    for doc in docs:
        for value in _values(doc, terms["field"]) or ([terms["missing"]] if "missing" in terms else []):
            if re.fullmatch(terms.get("include", ".*"), str(value)):
                counts[value] = counts.get(value, 0) + 1
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [{"key": key, "doc_count": count} for key, count in ordered[: terms["size"]]]
