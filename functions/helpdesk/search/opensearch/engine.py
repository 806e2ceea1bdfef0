"""The engine over an OpenSearch domain: one alias for tickets and one for people, of one organisation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from helpdesk.core.errors import Unavailable
from helpdesk.core.ids import new_id
from helpdesk.filters.conditions import Condition
from helpdesk.filters.folding import tag_form
from helpdesk.filters.matching import Context
from helpdesk.search.documents import KINDS, Document
from helpdesk.search.engine import Found, Hit, Wanted
from helpdesk.search.opensearch.compiling import Compiler, any_of
from helpdesk.search.opensearch.relevance import ticket_search, words_query
from helpdesk.search.opensearch.sources import MOST_BULK, bulk_lines
from helpdesk.search.opensearch.templates import prefix_of, template

_CONFLICT = 409


class Client(Protocol):
    """What is used of `opensearchpy.OpenSearch.transport`."""

    def perform_request(self, method: str, url: str, params: Any = None, body: Any = None) -> Any:
        """Send one request; gives the parsed answer."""


def connect(endpoint: str, region: str) -> Client:
    """A client that signs each request (SigV4) with the function's own role."""
    from opensearchpy import OpenSearch, RequestsAWSV4SignerAuth, RequestsHttpConnection

    from helpdesk.core.aws import credentials

    auth = RequestsAWSV4SignerAuth(credentials(), region, "es")
    options: dict[str, Any] = {"http_auth": auth, "connection_class": RequestsHttpConnection, "http_compress": True}
    found: Client = OpenSearch(hosts=[endpoint], timeout=10, max_retries=2, retry_on_timeout=True, **options).transport
    return found


class OpenSearchEngine:
    """Documents of one organisation. Tickets stand behind one alias, people and companies behind another."""

    def __init__(self, client: Client, org_id: str, suffix: str = "") -> None:
        self.client, self.org_id, self.suffix = client, org_id, suffix

    def write(self, documents: Sequence[Document], gone: Iterable[tuple[str, str]] = ()) -> int:
        """Put and remove documents, some megabytes a request."""
        moved, lines = 0, dict.fromkeys(("tickets", "people"), "")
        for kind, line in bulk_lines(documents, gone):
            name = _index_of(kind)
            lines[name] += line
            if len(lines[name]) > MOST_BULK:
                moved += self._bulk(name, lines[name])
                lines[name] = ""
        return moved + sum(self._bulk(name, body) for name, body in lines.items() if body)

    def tickets(self, wanted: Wanted) -> Found:
        """Tickets by condition and order, or by relevance."""
        answer = self._search("tickets", ticket_search(wanted))
        hits = [Hit(hit["_id"], tuple(hit["sort"])) for hit in answer["hits"]["hits"]]
        if not wanted.facets:
            return Found(hits)
        found = answer["aggregations"]
        facets = {name: [(one["key"], one["doc_count"]) for one in found[name]["buckets"]] for name in wanted.facets}
        return Found(hits, facets, answer["hits"]["total"]["value"])

    def counts(self, conditions: Sequence[Condition], context: Context, *, notes: bool = True) -> list[int]:
        """How many tickets each condition holds of; one request for all."""
        compiler = Compiler(context, notes)
        lines: list[Any] = []
        for condition in conditions:
            lines += [{}, {"size": 0, "track_total_hits": True, "query": compiler.query(condition)}]
        answer = self.client.perform_request("POST", f"/{self._name('tickets')}/_msearch", body=lines)
        return [int(one["hits"]["total"]["value"]) for one in answer["responses"]]

    def people(self, q: str, kind: str, limit: int) -> list[Hit]:
        """People or companies by their words."""
        among = {"term": {"kind": {"value": kind}}}
        query = {"bool": {"filter": [among], "must": [words_query(q)]}}
        sort = [{"_score": {"order": "desc"}}, {"id": {"order": "asc"}}]
        answer = self._search("people", {"size": limit, "_source": False, "query": query, "sort": sort})
        return [Hit(hit["_id"], tuple(hit["sort"]), kind) for hit in answer["hits"]["hits"]]

    def tags(self, prefix: str, condition: Condition, context: Context, limit: int) -> list[tuple[str, int]]:
        """Tags with this beginning."""
        begun = re.sub(r"([.?+*|{}\[\]()\"\\#@&<>~^$-])", r"\\\1", tag_form(prefix)) + ".*"
        terms = {"terms": {"field": "tag", "include": begun, "size": limit}}
        body = {"size": 0, "query": Compiler(context).query(condition), "aggs": {"tag": terms}}
        buckets = self._search("tickets", body)["aggregations"]["tag"]["buckets"]
        return [(one["key"], one["doc_count"]) for one in buckets]

    def numbers(self, prefix: str, condition: Condition, context: Context, limit: int) -> list[Hit]:
        """Tickets whose number begins so."""
        first = int(prefix)
        powers = [10**zeros for zeros in range(0 if first else 1, 7)]
        spans = any_of([{"range": {"number": {"gte": first * ten, "lt": (first + 1) * ten}}} for ten in powers])
        query = {"bool": {"filter": [spans, Compiler(context).query(condition)]}}
        body = {"size": limit, "_source": False, "query": query, "sort": [{"number": {"order": "desc"}}]}
        return [Hit(hit["_id"], (hit["_id"],)) for hit in self._search("tickets", body)["hits"]["hits"]]

    def forget_words(self) -> None:
        """Nothing to do here: Lucene drops the words of removed documents when it next merges their segments."""

    def documents(self, kind: str, ids: Sequence[str]) -> dict[str, Document]:
        """The documents of these ids."""
        if not ids:
            return {}
        body = {"size": len(ids), "_source": ["document"], "query": {"ids": {"values": list(ids)}}}
        hits = self._search(_index_of(kind), body)["hits"]["hits"]
        found = [Document.from_json(hit["_source"]["document"]) for hit in hits]
        return {document.id: document for document in found if document.kind == kind}

    def similar(self, _words: Sequence[str]) -> dict[str, list[str]]:
        """Nothing: the engine itself looks for what was meant."""
        return {}

    def status(self) -> dict[str, Any]:
        """Engine, documents by kind, bytes."""
        kinds = {"terms": {"field": "kind", "size": 10}}
        found: dict[str, int] = {}
        for name in ("tickets", "people"):
            buckets = self._search(name, {"size": 0, "aggs": {"kind": kinds}})["aggregations"]["kind"]["buckets"]
            found |= {one["key"]: one["doc_count"] for one in buckets}
        stats = self.client.perform_request("GET", f"/{prefix_of(self.org_id)}-*/_stats/store")
        size = stats["_all"]["primaries"]["store"]["size_in_bytes"]
        return {"engine": "opensearch", "documents": {kind: found.get(kind, 0) for kind in KINDS}, "bytes": size}

    @contextmanager
    def another(self) -> Iterator[OpenSearchEngine]:
        """Empty indexes; when the block ends well the aliases move to them at once, and the old ones go."""
        other = OpenSearchEngine(self.client, self.org_id, f"-{new_id().lower()}")
        prefix = prefix_of(self.org_id)
        self.client.perform_request("PUT", f"/_index_template/{prefix}", body=template(self.org_id))
        for name in ("tickets", "people"):
            self.client.perform_request("PUT", f"/{other._name(name)}", body={})
        yield other
        actions: list[dict[str, Any]] = []
        for name in ("tickets", "people"):
            self.client.perform_request("POST", f"/{other._name(name)}/_refresh")
            known = self.client.perform_request("GET", f"/{prefix}-{name}-*/_settings/index.uuid")
            old = [index for index in known if index != other._name(name)]
            actions += [{"remove_index": {"index": index}} for index in sorted(old)]
            actions.append({"add": {"index": other._name(name), "alias": f"{prefix}-{name}"}})
        self.client.perform_request("POST", "/_aliases", body={"actions": actions})

    def _bulk(self, name: str, lines: str) -> int:
        only = {} if self.suffix else {"require_alias": "true"}  # no index is made by accident
        answer = self.client.perform_request("POST", f"/{self._name(name)}/_bulk", params=only, body=lines)
        results = [(op, one["status"]) for item in answer["items"] for op, one in item.items()]
        harmless = {("index", _CONFLICT), ("delete", _CONFLICT), ("delete", 404)}  # a newer one; gone already
        failed = [one for one in results if one[1] >= 400 and one not in harmless]
        if failed:
            raise Unavailable(f"the search engine refused {len(failed)} of {len(results)} documents")
        return sum(1 for _, status in results if status < 300)

    def _search(self, name: str, body: dict[str, Any]) -> Any:
        return self.client.perform_request("POST", f"/{self._name(name)}/_search", body=body)

    def _name(self, name: str) -> str:
        return f"{prefix_of(self.org_id)}-{name}{self.suffix}"


def _index_of(kind: str) -> str:
    return "tickets" if kind == "ticket" else "people"
