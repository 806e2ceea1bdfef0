"""Labelled queries over a seeded desk: how far up the right ticket stands (mean reciprocal rank)."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from helpdesk.filters.matching import Context
from helpdesk.search.documents import Document, ticket_document
from helpdesk.search.engine import Engine, Wanted
from helpdesk.tickets.model import Message, Ticket
from infra.seeding.phrases import LANGUAGES, TOPICS, tell

_SUITE: dict[str, Any] = json.loads((Path(__file__).parent / "relevance.json").read_text())
SIZE = 2_000
_SEEN = 10  # what stands further down counts as not found


def documents(size: int = SIZE) -> list[Document]:
    """The seeded tickets (fixed seed) and the planted ones among them."""
    rng = random.Random(11)
    seeded = [_seeded(number, rng) for number in range(size)]
    planted = [_planted(name, one) for name, one in _SUITE["planted"].items()]
    return seeded[: size // 2] + planted + seeded[size // 2 :]


def measure(engine: Engine) -> dict[str, Any]:
    """The mean reciprocal rank, and each query whose ticket is not first."""
    ranks: list[float] = []
    missed: list[tuple[str, int | None]] = []
    for q, wanted in queries():
        hits = engine.tickets(Wanted(context=Context(), q=q, limit=_SEEN)).hits
        rank = next((place for place, hit in enumerate(hits, 1) if wanted(hit.id)), None)
        ranks.append(1 / rank if rank else 0.0)
        if rank != 1:
            missed.append((q, rank))
    return {"queries": len(ranks), "mrr": round(sum(ranks) / len(ranks), 3), "not_first": missed}


def queries() -> list[tuple[str, Callable[[str], bool]]]:
    """Each query with what is right for it."""
    named = [(q, lambda id_, name=name: id_ == f"PLANTED-{name}") for q, name in _SUITE["queries"]]
    topics = [(q, lambda id_, part=f"-{language}-{topic}-": part in id_) for q, language, topic in _SUITE["topics"]]
    return named + topics


def _seeded(number: int, rng: random.Random) -> Document:
    language = rng.choice(list(LANGUAGES))
    story = tell(language, rng)
    topic = next(place for place, one in enumerate(TOPICS) if set(one["tags"]) <= set(story.tags))
    texts = [("customer", story.opening), ("reply", story.answer)]
    texts += [("note", story.note)] if rng.random() < 0.3 else []
    ticket = _ticket(f"SEEDED-{language}-{topic}-{number}", 1001 + number, story.subject, story.tags)
    return ticket_document(ticket, _messages(texts))


def _planted(name: str, one: dict[str, Any]) -> Document:
    requester = {"id": f"PERSON-{name}", "name": one["name"], "email": one["email"]}
    ticket = _ticket(f"PLANTED-{name}", one["number"], one["subject"], tuple(one["tags"]), requester)
    texts = [("customer", one["body"])] + ([("note", one["note"])] if "note" in one else [])
    return ticket_document(ticket, _messages(texts))


def _ticket(
    id_: str, number: int, subject: str, tags: tuple[str, ...], requester: dict[str, Any] | None = None
) -> Ticket:
    return Ticket(
        org_id="acme",
        id=id_,
        number=number,
        subject=subject,
        status_id="open",
        category="open",
        requester=requester or {"id": f"P{number}", "name": f"Customer {number}", "email": f"p{number}@customer.test"},
        tags=tags,
        created_at="2026-11-01T00:00:00.000Z",
        updated_at=f"2026-11-01T00:00:00.{number % 1000:03}Z",
        version=1,
    )


def _messages(texts: list[tuple[str, str]]) -> list[Message]:
    return [
        Message(f"M{place}", kind, {"kind": "agent", "id": "A", "name": "A"}, text, "", "2026-11-01T00:00:00.000Z")
        for place, (kind, text) in enumerate(texts)
    ]
