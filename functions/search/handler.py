"""Routes of search."""

from __future__ import annotations

import json
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.search import service
from helpdesk.search.engine import FACETS
from helpdesk.search.service import Asked
from helpdesk.views.asking import MOST_WORDS, asked_of, sort_of
from helpdesk.web import cursors
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call
from helpdesk.web.shapes import ticket_shape

api = Api()
handler = api.handler
_TYPES = ("tickets", "people", "companies", "messages")


@api.route("GET", "/v1/search", needs="tickets:read", gives="SearchPage", limit="heavy")
def search(call: Call) -> Answer:
    """Search tickets, messages, people and companies: q=, type=, filter=, facets=; see docs/search.md."""
    position = cursors.position_of(call)
    words = _words(call)
    narrowed = {name: value for name, value in call.query.items() if name not in ("q", "sort")}
    asked = Asked(
        q=words,
        condition=asked_of(call.actor, narrowed).condition,
        kinds=_listed(call, "type", _TYPES) or ("tickets", "people", "companies"),
        facets=_listed(call, "facets", FACETS),
        sort=sort_of(call.query["sort"]) if call.query.get("sort") else (),
        after=tuple(json.loads(position)) if position else None,
        limit=call.limit(default=20),
    )
    found = service.search(call.actor, asked)
    body: dict[str, Any] = {"data": [_hit(call.actor, *one) for one in found.hits]}
    if asked.facets:
        facets = {name: [{"value": one, "count": count} for one, count in rows] for name, rows in found.facets.items()}
        body |= {"facets": facets, "total": found.total}
    last = json.dumps(found.position) if found.position else None
    return Answer(200, body | {"next_cursor": cursors.seal(call, last)})


@api.route("GET", "/v1/search/suggest", needs="tickets:read", gives="Suggestions")
def suggest(call: Call) -> Answer:
    """Complete what somebody types: people, tags and tickets by number or subject, five of each."""
    found = service.suggest(call.actor, _words(call))
    people = [_person(one) for one in found["people"]]
    tags = [{"id": tag, "count": count} for tag, count in found["tags"]]
    tickets = [{"id": one.id, "number": one.number, "subject": one.subject} for one in found["tickets"]]
    return Answer(200, {"people": people, "tags": tags, "tickets": tickets})


def _words(call: Call) -> str:
    text = call.query.get("q", "").replace("\0", " ")
    if len(text) > MOST_WORDS:
        fault = FieldError("/q", "too_long", f"at most {MOST_WORDS} characters")
        raise Invalid("that is too long to search for", fault, malformed=True)
    return text


def _listed(call: Call, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    given = {one.strip() for one in call.query.get(name, "").split(",")} - {""}
    if unknown := sorted(given - set(known)):
        fault = FieldError(f"/{name}", "unknown", f"{', '.join(unknown)[:100]}: not among {', '.join(known)}")
        raise Invalid(f"{name} is not understood", fault, malformed=True)
    return tuple(one for one in known if one in given)


def _hit(reader: Actor, kind: str, thing: Any, highlights: dict[str, Any]) -> dict[str, Any]:
    marks = {"exact": False, **highlights}
    if kind == "tickets":
        return {"type": kind, "highlights": marks, "ticket": ticket_shape(thing, reader)}
    if kind == "messages":
        ticket, one = thing
        of = {"ticket_id": ticket.id, "ticket_number": ticket.number, "ticket_subject": ticket.subject}
        message = {"id": one["id"], "kind": one["kind"], "author": one["author"], "created_at": one["at"]}
        return {"type": kind, "highlights": marks, "message": message | of}
    if kind == "people":
        return {"type": kind, "highlights": marks, "person": _person(thing)}
    return {"type": kind, "highlights": marks, "company": {"id": thing.id, "name": thing.facts["name"]}}


def _person(document: Any) -> dict[str, Any]:
    return {"id": document.id} | {name: document.facts.get(name) or "" for name in ("kind", "name", "email")}
