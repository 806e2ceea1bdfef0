"""A list of tickets from whoever answers it exactly: an index of the table, else search. Never a scan (API-05)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.filters.conditions import Condition
from helpdesk.search import service as search
from helpdesk.search.engine import Sort, Wanted
from helpdesk.tickets import listing
from helpdesk.tickets.model import Ticket
from helpdesk.views.asking import Asked

_WALKED = 100


def page(actor: Actor, asked: Asked, *, after: str | None, limit: int) -> tuple[list[Ticket], str | None]:
    """One page of what the actor may see, and the position to go on from, None at the end.

    A page may be short before the end. A walk sees every ticket that was there when it began, and that does not
    move in the order meanwhile, exactly once.
    """
    context = search.context_of(actor)
    by, position = _opened(after)
    plan = None
    if len(asked.sort) == 1 and asked.sort[0].field == "updated_at":
        condition = listing.without_trash(asked.condition)
        plan = listing.plan(actor, condition, newest_first=asked.sort[0].descending, context=context)
    if by not in (None, "index" if plan else "search"):
        raise _moved()
    if plan:
        tickets, end = listing.page(actor, plan, context, after=position, limit=limit)
        return tickets, _sealed("index", end)
    wanted = Wanted(asked.condition, context, sort=asked.sort, after=tuple(position) if position else None, limit=limit)
    rows, found = search.find(actor, wanted)
    more = len(found.hits) == limit
    return [ticket for _, ticket in rows], _sealed("search", found.hits[-1].position if more else None)


def answered_by(actor: Actor, asked: Asked) -> str:
    """`index` or `search`: who answers this list, for tests and figures."""
    newest = asked.sort[0].descending
    condition, context = listing.without_trash(asked.condition), search.context_of(actor)
    sorts = [one.field for one in asked.sort]
    plan = sorts == ["updated_at"] and listing.plan(actor, condition, newest_first=newest, context=context)
    return "index" if plan else "search"


def walk(actor: Actor, condition: Condition) -> Iterator[Ticket]:
    """Every ticket that fulfils the condition and that the actor may see, once each; for jobs and exports.

    Longest unchanged first: one that changes meanwhile moves to the end, and is not missed.
    """
    asked, after, seen = Asked(condition, (Sort("updated_at"),)), None, set[str]()
    while True:
        tickets, after = page(actor, asked, after=after, limit=_WALKED)
        yield from (ticket for ticket in tickets if ticket.id not in seen)
        seen.update(ticket.id for ticket in tickets)
        if after is None:
            return


def _sealed(by: str, position: Any) -> str | None:
    return None if position is None else json.dumps([by, position])


def _opened(text: str | None) -> tuple[str | None, Any]:
    if text is None:
        return None, None
    by, position = json.loads(text)
    return by, position


def _moved() -> Invalid:
    fault = FieldError("/cursor", "not_yours", "begin the list again")
    return Invalid("what you may see has changed since this cursor was made", fault, code="bad_cursor", malformed=True)
