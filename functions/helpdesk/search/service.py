"""Search for people: tickets, messages, people and companies, with the caller's sight compiled into every question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import may_see
from helpdesk.access.sight import sight_of
from helpdesk.core import clock
from helpdesk.filters.conditions import EVERYTHING, Condition, all_of
from helpdesk.filters.matching import Context, matches
from helpdesk.search import highlights
from helpdesk.search.choice import engine_for
from helpdesk.search.documents import Document
from helpdesk.search.engine import Found, Hit, Position, Sort, Wanted
from helpdesk.settings.service import priorities
from helpdesk.tickets.facts import facts_of
from helpdesk.tickets.model import Ticket
from helpdesk.tickets.planning import without_trash
from helpdesk.tickets.store import get_tickets

_SUGGESTED = 5


@dataclass(frozen=True)
class Asked:
    """One search: words, filter, what kinds of hits, facets; `after` is the position of the page before."""

    q: str = ""
    condition: Condition = EVERYTHING
    kinds: tuple[str, ...] = ("tickets",)
    facets: tuple[str, ...] = ()
    sort: tuple[Sort, ...] = ()
    after: Position | None = None
    limit: int = 20


@dataclass(frozen=True)
class Answered:
    """The hits `(kind, thing, highlights)`, facets, how many tickets in all, and the position to go on from."""

    hits: list[tuple[str, Any, dict[str, Any]]] = field(default_factory=list)
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    total: int | None = None
    position: Position | None = None


def context_of(actor: Actor) -> Context:
    """What a condition means for this caller, now."""
    ranks = {id_: priority.rank for id_, priority in priorities(actor.org_id).items()}
    return Context(actor.colleague_id, ranks, clock.now())


def find(actor: Actor, wanted: Wanted) -> tuple[list[tuple[Hit, Ticket]], Found]:
    """Tickets with their positions; each is read anew, and left out if it is gone or out of sight by now.

    A row that no longer fulfils the condition is left out, too, where that can be told without its messages.
    """
    compiled = compiled_for(actor, wanted.condition)
    if compiled is None:
        return [], Found([], {name: [] for name in wanted.facets}, 0 if wanted.facets else None)
    found = engine_for(actor.org_id).tickets(replace(wanted, condition=compiled, notes=actor.kind != "contact"))
    tickets = get_tickets(actor.org_id, [hit.id for hit in found.hits])
    there = [(hit, tickets[hit.id]) for hit in found.hits if hit.id in tickets]
    fits = highlights.without_words(compiled)
    return [
        (hit, ticket)
        for hit, ticket in there
        if may_see(actor, ticket) and matches(fits, facts_of(ticket), wanted.context)
    ], found


def count(actor: Actor, conditions: Sequence[Condition]) -> list[int]:
    """How many tickets that the caller may see fulfil each condition: one question to the engine for all."""
    compiled = [compiled_for(actor, one) for one in conditions]
    asked = [one for one in compiled if one is not None]
    notes = actor.kind != "contact"
    counts = iter(engine_for(actor.org_id).counts(asked, context_of(actor), notes=notes) if asked else ())
    return [0 if one is None else next(counts) for one in compiled]


def search(actor: Actor, asked: Asked) -> Answered:
    """Hits of the kinds asked for: people and companies first on the first page, then tickets by relevance."""
    people: list[tuple[str, Any, dict[str, Any]]] = []
    if asked.after is None and actor.may("people:read") and asked.q.strip():
        people = [hit for kind in ("people", "companies") if kind in asked.kinds for hit in _people(actor, asked, kind)]
    if not {"tickets", "messages"} & set(asked.kinds):
        return Answered(people)
    wanted = Wanted(asked.condition, context_of(actor), q=asked.q, after=asked.after, limit=asked.limit)
    wanted = replace(wanted, facets=asked.facets, sort=asked.sort or wanted.sort)
    rows, found = find(actor, wanted)
    documents = engine_for(actor.org_id).documents("ticket", [hit.id for hit, _ in rows]) if asked.q.strip() else {}
    marker = highlights.marker(engine_for(actor.org_id), asked.q)
    hits = [row for hit, ticket in rows for row in _shown(actor, asked, hit, ticket, documents.get(ticket.id), marker)]
    more = len(found.hits) == asked.limit
    return Answered(people + hits, found.facets, found.total, found.hits[-1].position if more else None)


def suggest(actor: Actor, q: str) -> dict[str, list[Any]]:
    """While somebody types: people, tags and ticket numbers that begin so, as far as the caller sees them."""
    engine, sight, text = engine_for(actor.org_id), compiled_for(actor, EVERYTHING), q.strip()
    found: dict[str, list[Any]] = {"people": [], "tags": [], "tickets": []}
    if not text:
        return found
    if actor.may("people:read"):
        found["people"] = [
            document for _, document in _documents(actor, "person", engine.people(text, "person", _SUGGESTED))
        ]
    if sight is None or actor.kind == "contact":
        return found
    context = context_of(actor)
    found["tags"] = engine.tags(text.lstrip("#"), sight, context, _SUGGESTED)
    number = text.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < 12:
        hits = engine.numbers(number, sight, context, _SUGGESTED)
    else:
        hits = engine.tickets(Wanted(sight, context, q=text, limit=_SUGGESTED)).hits
    tickets = get_tickets(actor.org_id, [hit.id for hit in hits])
    found["tickets"] = [tickets[hit.id] for hit in hits if hit.id in tickets and may_see(actor, tickets[hit.id])]
    return found


def compiled_for(actor: Actor, condition: Condition) -> Condition | None:
    """The condition together with the caller's sight, without the trash; None if he may see no ticket at all."""
    sight = sight_of(actor)
    return None if sight is None else all_of([sight, without_trash(condition)])


def _people(actor: Actor, asked: Asked, kind: str) -> list[tuple[str, Any, dict[str, Any]]]:
    name = {"people": "person", "companies": "company"}[kind]
    hits = engine_for(actor.org_id).people(asked.q, name, min(asked.limit, 20))
    marker = highlights.marker(engine_for(actor.org_id), asked.q)
    return [
        (kind, document, {"exact": hit.exact, "name": marker.marked(str(document.facts.get("name") or ""))})
        for hit, document in _documents(actor, name, hits)
    ]


def _documents(actor: Actor, kind: str, hits: Sequence[Hit]) -> list[tuple[Hit, Document]]:
    found = engine_for(actor.org_id).documents(kind, [hit.id for hit in hits])
    return [(hit, found[hit.id]) for hit in hits if hit.id in found and not found[hit.id].facts.get("disabled")]


def _shown(
    actor: Actor, asked: Asked, hit: Hit, ticket: Ticket, document: Document | None, marker: highlights.Marker
) -> list[tuple[str, Any, dict[str, Any]]]:
    notes = actor.kind != "contact"
    found = [one for one in document.messages if one["public"] or notes] if document else []
    best = marker.best(found)
    rows: list[tuple[str, Any, dict[str, Any]]] = []
    if "tickets" in asked.kinds:
        marks = {"exact": hit.exact, "subject": marker.marked(ticket.subject), "excerpt": None}
        if best:
            marks |= {"excerpt": marker.excerpt(best[0]["text"]), "message_id": best[0]["id"]}
        rows.append(("tickets", ticket, marks))
    if "messages" in asked.kinds:
        rows += [("messages", (ticket, one), {"excerpt": marker.excerpt(one["text"])}) for one in best[:3]]
    return rows
