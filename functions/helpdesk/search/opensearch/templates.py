"""The index template: how each field is kept and cut into words.

`words_*` hold the words that `filters.folding` has made, so that filters mean the same here as in `matches`;
`strong`, `people`, `public` and `notes` are analysed by language, for relevance.
"""

from __future__ import annotations

from typing import Any

from helpdesk.search.sqlite.database import NUMBER_COLUMNS, SETS, TEXT_COLUMNS

TEXTS = ("strong", "people", "public", "notes")
WEIGHTS = {"strong": 8, "people": 4, "public": 1, "notes": 0.7}
LANGUAGES = {"en": "english", "de": "german", "fr": "french", "es": "spanish", "ar": "arabic", "cjk": "cjk"}
FLAGS = ("has_attachments", "snoozed", "unmatched", "trashed")


def template(org_id: str) -> dict[str, Any]:
    """The body of `PUT /_index_template/lambdesk-<org>`."""
    return {
        "index_patterns": [f"{prefix_of(org_id)}-*"],
        "template": {
            "settings": {
                "number_of_shards": 1,
                "number_of_replicas": 1,
                "refresh_interval": "1s",
                "analysis": _ANALYSIS,
            },
            "mappings": {"dynamic": False, "properties": _properties()},
        },
    }


def prefix_of(org_id: str) -> str:
    """How the names of all indexes of an organisation begin."""
    return f"lambdesk-{org_id}"


_ANALYSIS: dict[str, Any] = {
    "filter": {"begun": {"type": "edge_ngram", "min_gram": 2, "max_gram": 15}},
    "analyzer": {
        "folded": {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", "asciifolding"]},
        "begun": {"type": "custom", "tokenizer": "standard", "filter": ["lowercase", "asciifolding", "begun"]},
    },
}


def _properties() -> dict[str, Any]:
    keyword, number, flag = {"type": "keyword"}, {"type": "long"}, {"type": "boolean"}
    kept = dict.fromkeys((*TEXT_COLUMNS, *SETS, "id", "kind", "subject_folded", "exact", "exact_public"), keyword)
    kept |= {name: flag if name in FLAGS else number for name in NUMBER_COLUMNS}
    custom = {"name": keyword, "value": {"type": "keyword", "ignore_above": 8000}, "number": {"type": "double"}}
    words = {f"words_{name}": {"type": "text", "analyzer": "whitespace"} for name in TEXTS}
    texts = {name: _text() for name in TEXTS}
    return {
        **kept,
        **words,
        **texts,
        "custom": {"type": "nested", "properties": custom},
        "document": {"type": "object", "enabled": False},
    }


def _text() -> dict[str, Any]:
    by_language = {name: {"type": "text", "analyzer": analyzer} for name, analyzer in LANGUAGES.items()}
    begun = {"type": "text", "analyzer": "begun", "search_analyzer": "folded"}
    return {"type": "text", "analyzer": "folded", "fields": {**by_language, "begun": begun}}
