"""What the adapter may send: a strict subset, in our own words, of the OpenSearch API specification.

Source: github.com/opensearch-project/opensearch-api-specification (Apache-2.0) at fbe9ede, spec/schemas/
_common.query_dsl.yaml, _common.aggregations.yaml, _core.search.yaml, spec/namespaces/{_core,indices}.yaml.
Names that are not listed here fail, although the engine may know more.
"""

from __future__ import annotations

import json
import re
from typing import Any

from jsonschema import Draft202012Validator

Schema = dict[str, Any]
_NUMBER, _TEXT, _FLAG = {"type": "number"}, {"type": "string"}, {"type": "boolean"}
_VALUE = {"type": ["string", "number", "boolean", "null"]}
_BOOST = {"boost": _NUMBER}
_QUERY = {"$ref": "#/$defs/query"}
_QUERIES = {"type": "array", "items": _QUERY}


def _object(required: list[str], **properties: Any) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _by_field(inside: Schema) -> Schema:
    return {"type": "object", "additionalProperties": inside, "minProperties": 1, "maxProperties": 1}


_KINDS: dict[str, Schema] = {
    "match_all": _object([], **_BOOST),
    "bool": _object(
        [],
        filter=_QUERIES,
        must=_QUERIES,
        must_not=_QUERIES,
        should=_QUERIES,
        minimum_should_match={"type": ["integer", "string"]},
        **_BOOST,
    ),
    "constant_score": _object(["filter"], filter=_QUERY, **_BOOST),
    "dis_max": _object(["queries"], queries=_QUERIES, tie_breaker=_NUMBER, **_BOOST),
    "exists": _object(["field"], field=_TEXT, **_BOOST),
    "ids": _object([], values={"type": "array", "items": _TEXT}, **_BOOST),
    "nested": _object(["path", "query"], path=_TEXT, query=_QUERY, **_BOOST),
    "term": _by_field(_object(["value"], value=_VALUE, **_BOOST)),
    "terms": {
        "type": "object",
        "properties": _BOOST,
        "additionalProperties": {"type": "array", "items": _VALUE},
        "minProperties": 1,
        "maxProperties": 2,
    },
    "prefix": _by_field(_object(["value"], value=_TEXT, **_BOOST)),
    "wildcard": _by_field(_object(["value"], value=_TEXT, **_BOOST)),
    "range": _by_field(_object([], gt=_VALUE, gte=_VALUE, lt=_VALUE, lte=_VALUE, **_BOOST)),
    "match": _by_field(_object(["query"], query=_VALUE, **_BOOST)),
    "match_phrase_prefix": _by_field(_object(["query"], query=_TEXT, max_expansions={"type": "integer"}, **_BOOST)),
    "multi_match": _object(
        ["query"],
        query=_TEXT,
        fields={"type": "array", "items": _TEXT},
        fuzziness={"type": ["string", "integer"]},
        minimum_should_match={"type": ["string", "integer"]},
        **_BOOST,
    ),
}
_ORDER = {"enum": ["asc", "desc"]}
_SCRIPT = _object(["source"], lang=_TEXT, source=_TEXT, params={"type": "object"})
_SORT = {
    "type": "object",
    "properties": {
        "_score": _object([], order=_ORDER),
        "_script": _object(["script"], script=_SCRIPT, type={"enum": ["string", "number", "version"]}, order=_ORDER),
    },
    "additionalProperties": _object([], order=_ORDER, missing=_VALUE),
    "minProperties": 1,
    "maxProperties": 1,
}
_TERMS_AGGREGATION = _object([], field=_TEXT, size={"type": "integer"}, missing=_VALUE, include=_TEXT)
_SEARCH = _object(
    [],
    query=_QUERY,
    size={"type": "integer", "minimum": 0},
    sort={"type": "array", "items": _SORT},
    search_after={"type": "array", "items": _VALUE},
    _source={"type": ["boolean", "array"]},
    aggs={"type": "object", "additionalProperties": _object(["terms"], terms=_TERMS_AGGREGATION)},
    track_total_hits=_FLAG,
)
_VERSION_TYPE = {"enum": ["external", "external_gte"]}
_BULK_HEAD = _object(["_id"], _id=_TEXT, version={"type": "integer"}, version_type=_VERSION_TYPE)
_BULK_LINE = {
    "type": "object",
    "properties": {"index": _BULK_HEAD, "delete": _BULK_HEAD},
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 1,
}
_ALIASES = _object(
    ["actions"],
    actions={
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "add": _object(["index", "alias"], index=_TEXT, alias=_TEXT),
                "remove_index": _object(["index"], index=_TEXT),
            },
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        },
    },
)
_FIELD = {
    "type": "object",
    "properties": {
        "type": {"enum": ["keyword", "long", "double", "boolean", "text", "nested", "object"]},
        "analyzer": _TEXT,
        "search_analyzer": _TEXT,
        "ignore_above": {"type": "integer"},
        "enabled": _FLAG,
        "fields": {"type": "object", "additionalProperties": {"$ref": "#/$defs/field"}},
        "properties": {"type": "object", "additionalProperties": {"$ref": "#/$defs/field"}},
    },
    "required": ["type"],
    "additionalProperties": False,
}
_TEMPLATE = _object(
    ["index_patterns"],
    index_patterns={"type": "array", "items": _TEXT},
    template=_object(
        [],
        settings={"type": "object"},
        mappings=_object(
            [], dynamic=_FLAG, properties={"type": "object", "additionalProperties": {"$ref": "#/$defs/field"}}
        ),
    ),
)
_DEFS = {
    "query": {
        "type": "object",
        "properties": _KINDS,
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    },
    "field": _FIELD,
}
_BODIES = [
    ("POST", r"/[a-z0-9-]+/_search", _SEARCH),
    ("POST", "/_aliases", _ALIASES),
    ("PUT", r"/_index_template/[a-z0-9-]+", _TEMPLATE),
    ("PUT", r"/[a-z0-9-]+", _object([])),
    ("POST", r"/[a-z0-9-]+/_refresh", {"type": "null"}),
    ("GET", r"/[a-z0-9*-]+/_settings/[a-z.]+", {"type": "null"}),
    ("GET", r"/[a-z0-9*-]+/_stats/[a-z]+", {"type": "null"}),
]


def check(method: str, url: str, params: Any, body: Any) -> None:
    """Hold a request to the specification.

    Raises
    ------
    jsonschema.ValidationError
        for a body with anything that is not in it.
    """
    if url.endswith("/_bulk"):
        assert set(params or {}) <= {"require_alias"}
        _check_bulk(body)
    elif url.endswith("/_msearch"):
        assert len(body) % 2 == 0
        for head, search in zip(body[::2], body[1::2], strict=True):
            _validate(_object([]), head)
            _validate(_SEARCH, search)
    else:
        schema = next(it for verb, path, it in _BODIES if verb == method and re.fullmatch(path, url))
        _validate(schema, body)


def _check_bulk(body: str) -> None:
    assert body.endswith("\n"), "the last line ends, too"
    lines = iter(body[:-1].split("\n"))
    for line in lines:
        head = json.loads(line)
        _validate(_BULK_LINE, head)
        if "index" in head:
            assert isinstance(json.loads(next(lines)), dict)


def _validate(schema: Schema, value: Any) -> None:
    Draft202012Validator({**schema, "$defs": _DEFS}).validate(json.loads(json.dumps(value)))
