"""A customer's own list: what he asked, at once from its index, and what he gets copies of, from search."""

from __future__ import annotations

from helpdesk.access.actor import Actor
from helpdesk.access.policy import may_see
from helpdesk.filters.conditions import EVERYTHING, Condition, Term, all_of
from helpdesk.filters.fields import STATES
from helpdesk.search import service as search
from helpdesk.search.engine import NEWEST, Wanted
from helpdesk.tickets import listing
from helpdesk.tickets.facts import facts_of
from helpdesk.tickets.model import Ticket
from helpdesk.views.asking import words


def page(actor: Actor, state: str | None, q: str, *, after: str | None, limit: int) -> tuple[list[Ticket], str | None]:
    """One page, newest first, of active, done or all tickets; by words all of it comes from search."""
    asked = words(q)
    among: Condition = Term("category", "is", state) if state else EVERYTHING
    if asked:
        sources = [_found(actor, all_of([*asked, among]))]
    else:
        states = (state,) if state else tuple(STATES)
        sources = [listing.by_index("by_requester", f"{actor.org_id}#{actor.id}#{one}") for one in states]
        sources.append(_found(actor, all_of([Term("cc", "is", actor.email), among])))

    def wanted(ticket: Ticket) -> bool:
        return may_see(actor, ticket) and not facts_of(ticket)["trashed"]

    return listing.merged(sources, wanted, after=after, limit=limit, newest_first=True)


def _found(actor: Actor, condition: Condition) -> listing.Source:
    """Search as a source of rows by position, as an index is one."""

    def read(after: str | None, limit: int) -> list[listing.Row]:
        position = tuple(after.rsplit("#", 1)) if after else None
        wanted = Wanted(condition, search.context_of(actor), sort=NEWEST, after=position, limit=limit)
        rows, _ = search.find(actor, wanted)
        return [(f"{hit.position[0]}#{hit.id}", ticket) for hit, ticket in rows]

    return read
