"""A document as OpenSearch keeps it, and the lines of a bulk request."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from helpdesk.filters.folding import folded, number_in, words_of
from helpdesk.filters.matching import custom_values
from helpdesk.search.documents import Document
from helpdesk.search.opensearch.templates import FLAGS, TEXTS
from helpdesk.search.sqlite.database import NUMBER_COLUMNS, SETS, TEXT_COLUMNS

_MOST_KEYWORD = 8000  # characters; Lucene refuses terms over 32,766 bytes
_LAST_VERSION = 2**62
MOST_BULK = 5_000_000  # bytes of one request


def source_of(document: Document) -> dict[str, Any]:
    """The _source: nothing for what has no value, so that `exists` tells."""
    facts = document.facts
    texts = {name: getattr(document, name) for name in TEXTS}
    if document.kind != "ticket":
        texts = {"strong": document.strong}
    source: dict[str, Any] = {name: facts.get(name) for name in (*TEXT_COLUMNS, *SETS)}
    if document.kind == "ticket":
        source |= {name: bool(facts.get(name)) if name in FLAGS else facts.get(name) or 0 for name in NUMBER_COLUMNS}
        source |= {"custom": list(_custom(facts)), "subject_folded": folded(facts.get("subject") or "")[:_MOST_KEYWORD]}
    source |= texts | {f"words_{name}": " ".join(words_of(text)) for name, text in texts.items()}
    source |= {"exact": list(document.exact), "exact_public": [one for one, public in document.exact.items() if public]}
    kept = {name: value for name, value in source.items() if value not in (None, "", [], ())}
    return kept | {"id": document.id, "kind": document.kind, "document": document.as_json()}


def bulk_lines(documents: Sequence[Document], gone: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """`(kind, lines)` of each change; an older version is refused by the engine (external_gte)."""
    for one in documents:
        head = {"index": {"_id": one.id, "version": one.version, "version_type": "external_gte"}}
        yield one.kind, f"{_line(head)}{_line(source_of(one))}"
    for kind, id_ in gone:
        yield kind, _line({"delete": {"_id": id_, "version": _LAST_VERSION, "version_type": "external_gte"}})


def _custom(facts: Any) -> Iterator[dict[str, Any]]:
    for name, value in (facts.get("fields") or {}).items():
        for one in custom_values(value):
            number = number_in(one)
            yield {"name": name, "value": one[:_MOST_KEYWORD]} | ({} if number is None else {"number": number})


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=list) + "\n"
