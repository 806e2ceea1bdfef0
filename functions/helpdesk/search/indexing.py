"""From what happened to documents: the subject of an event is read as it is now, so that order does not matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import Any

from helpdesk.people import company_store
from helpdesk.people import store as people_store
from helpdesk.search import refielding
from helpdesk.search.choice import engine_for
from helpdesk.search.documents import Document, company_document, person_document, ticket_document
from helpdesk.settings.fields import reading
from helpdesk.tickets import bodies, message_store, store
from helpdesk.tickets.model import Message, Ticket

MOST_MESSAGES = 300  # newest of a ticket that are searched
MOST_TICKETS_OF_A_PERSON = 200  # that are written anew when his name changes
Subject = tuple[str, str]


def take(events: Sequence[dict[str, Any]]) -> int:
    """Bring the documents of these events' subjects up to date; safe to repeat, in any order.

    Each subject is read once, strongly consistent; the engine keeps what is newer, and forgets what is purged.
    """
    moved = 0
    for org_id in sorted({event["org_id"] for event in events}):
        own = [event for event in events if event["org_id"] == org_id]
        moved += index(org_id, _subjects(org_id, own))
    return moved


def index(org_id: str, subjects: Iterable[Subject]) -> int:
    """Write the documents of `(kind, id)`, and remove those that are not there any more."""
    wanted = list(dict.fromkeys(subjects))
    read = list(_pool().map(lambda one: _document(org_id, *one), wanted))
    gone = [subject for subject, document in zip(wanted, read, strict=True) if document is None]
    moved = engine_for(org_id).write([document for document in read if document], gone)
    if gone:
        engine_for(org_id).forget_words()
    return moved


def document_of(org_id: str, ticket: Ticket) -> Document:
    """The document of a ticket; two round trips, and one for each long body."""
    messages: list[Message] = []
    before: str | None = None
    while len(messages) < MOST_MESSAGES:
        page, more = message_store.get_messages(org_id, ticket.id, limit=100, before_id=before)
        messages = page + messages
        if not more or not page:
            break
        before = page[0].id
    person = people_store.get_person(org_id, ticket.requester["id"])
    if person and person.name != ticket.requester["name"]:
        ticket = _renamed(ticket, person.name)
    said = bodies.unshelve(messages)
    return ticket_document(ticket, said, spoken=reading.spoken(ticket), compared=reading.compared(ticket))


def _document(org_id: str, kind: str, id_: str) -> Document | None:
    if kind == "ticket":
        ticket = store.get_ticket(org_id, id_)
        return document_of(org_id, ticket) if ticket else None
    if kind == "company":
        company = company_store.get_company(org_id, id_)
        return company_document(company.public()) if company else None
    person = people_store.get_person(org_id, id_)
    return person_document(person.public()) if person else None


def _subjects(org_id: str, events: Sequence[dict[str, Any]]) -> Iterable[Subject]:
    for event in events:
        kind, id_ = event["subject"]["kind"], event["subject"]["id"]
        if refielding.concerns(event):
            yield from (("ticket", one) for one in refielding.next_tickets(event))
        if kind not in ("ticket", "person", "company"):
            continue
        yield kind, id_
        if kind == "ticket" and event["type"] == "ticket.created":
            requester = (event["changes"].get("requester") or {}).get("to") or {}
            yield from [("person", requester["id"])] if requester.get("id") else []
        if kind == "person" and "name" in event["changes"]:
            yield from (("ticket", one) for one in _tickets_of(org_id, id_))


def _tickets_of(org_id: str, person_id: str) -> list[str]:
    found: list[str] = []
    for state in ("active", "done"):
        rows = store.query_index(
            "by_requester",
            f"{org_id}#{person_id}#{state}",
            after=None,
            limit=MOST_TICKETS_OF_A_PERSON // 2,
            newest_first=True,
        )
        found += [ticket.id for _, ticket in rows]
    return found


def _renamed(ticket: Ticket, name: str) -> Ticket:
    """The ticket found by the name that its requester had then and by the one that he has now."""
    return replace(ticket, requester=ticket.requester | {"name": f"{ticket.requester['name']} {name}"})


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=8)
