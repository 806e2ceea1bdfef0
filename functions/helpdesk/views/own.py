"""A customer's own list: what he asked, at once from its index, and what he gets copies of, from search."""

from __future__ import annotations

from helpdesk.access.actor import Actor
from helpdesk.access.policy import may_see
from helpdesk.filters.conditions import Condition, Term, all_of, any_of
from helpdesk.filters.fields import STATES
from helpdesk.search import service as search
from helpdesk.search.engine import NEWEST, Wanted
from helpdesk.tickets import planning
from helpdesk.tickets.facts import facts_of
from helpdesk.tickets.model import Ticket
from helpdesk.views.asking import words


def page(
    actor: Actor, state: str | None, q: str, *, company_id: str | None, after: str | None, limit: int
) -> tuple[list[Ticket], str | None]:
    """One page, newest first, of active, done or all tickets, one's own or a company's; by words all is from search."""
    asked = words(q)
    among: list[Condition] = [Term("category", "is", state)] if state else []
    among += [Term("company_id", "is", company_id)] if company_id else []
    halves = (state,) if state else tuple(STATES)
    if asked:
        sources = [_found(actor, all_of([*asked, *among]))]
    elif company_id:
        sources = [planning.by_index("by_company", f"{actor.org_id}#{company_id}#{one}") for one in halves]
    else:
        sources = [planning.by_index("by_requester", f"{actor.org_id}#{actor.id}#{one}") for one in halves]
        sources.append(_found(actor, all_of([_copied(actor), *among])))

    def wanted(ticket: Ticket) -> bool:
        return may_see(actor, ticket) and not facts_of(ticket)["trashed"]

    return planning.merged(sources, wanted, after=after, limit=limit, newest_first=True)


def _copied(actor: Actor) -> Condition:
    """That he gets copies, at one of his addresses."""
    return any_of(Term("cc", "is", one) for one in dict.fromkeys([actor.email, *actor.emails]))


def _found(actor: Actor, condition: Condition) -> planning.Source:
    """Search as a source of rows by position, as an index is one."""

    def read(after: str | None, limit: int) -> list[planning.Row]:
        position = tuple(after.rsplit("#", 1)) if after else None
        wanted = Wanted(condition, search.context_of(actor), sort=NEWEST, after=position, limit=limit)
        rows, _ = search.find(actor, wanted)
        return [(f"{hit.position[0]}#{hit.id}", ticket) for hit, ticket in rows]

    return read
