"""A list as it was at a time, without a scan: today's index below that time, and the tickets that changed since.

A ticket whose `updated_at` is not after T has not changed since T, so today's index from the position T on is what
it was. All others are named by the feed's entries after T: for each the present row is taken back by the first
`from` of every field. Both are merged in the list's order. What that costs grows with what happened since T, so it
is bounded, and beyond the bound the caller is told how far back he gets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from heapq import merge
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import may_see
from helpdesk.core.errors import Invalid
from helpdesk.core.items import Item
from helpdesk.feed import reading, store, window
from helpdesk.filters.matching import Context, matches
from helpdesk.search import service as search
from helpdesk.tickets import listing
from helpdesk.tickets import store as ticket_store
from helpdesk.tickets.facts import facts_of
from helpdesk.tickets.model import FOLDED, TUPLES, Ticket
from helpdesk.views.asking import Asked, not_indexed

MOST_EVENTS = 5_000


def list_at(actor: Actor, asked: Asked, at: str, *, after: str | None, limit: int) -> tuple[list[Ticket], str | None]:
    """One page of a list as it was at a time, and the position to go on from, None at the end.

    Tickets that have been purged since are in no list any more, and those that the actor may not see now not either.

    Raises
    ------
    Invalid
        `not_indexed` for a list that no index answers; `too_far_back` when too much has happened since: `earliest`
        is the time that can be asked for.
    """
    found, context = _planned(actor, asked)
    newest, edge = found.newest_first, f"{at}#~"
    changed = [one for one in _changed_since(actor, at) if matches(found.rest, facts_of(one), context)]
    begin = min(after or edge, edge) if newest else after
    still, horizon = listing.page(actor, found, context, after=begin, limit=limit)
    kept = [one for one in still if one.updated_at <= at]
    if len(kept) < len(still):
        horizon = None  # the rest of an ascending index has changed since
    beyond = [one for one in changed if not after or (_position(one) < after if newest else _position(one) > after)]
    rows = list(merge(kept, sorted(beyond, key=_position, reverse=newest), key=_position, reverse=newest))
    if horizon is not None:
        rows = [one for one in rows if (_position(one) >= horizon if newest else _position(one) <= horizon)]
    if len(rows) > limit:
        return rows[:limit], _position(rows[limit - 1])
    return rows, horizon


def _planned(actor: Actor, asked: Asked) -> tuple[listing.Plan, Context]:
    context = search.context_of(actor)
    by_time = len(asked.sort) == 1 and asked.sort[0].field == "updated_at"
    condition = listing.without_trash(asked.condition)
    newest = asked.sort[0].descending
    found = listing.plan(actor, condition, newest_first=newest, context=context) if by_time else None
    if not found:
        raise not_indexed("as_of", "only lists that an index answers can be had for a time that has passed")
    return found, context


def _changed_since(actor: Actor, at: str) -> list[Ticket]:
    """The tickets that changed after a time, as they were then; without those that began later."""
    first: dict[str, Item] = {}
    undone: dict[str, dict[str, Any]] = {}
    for entry in _entries_after(actor.org_id, at):
        id_ = entry["subject"]["id"]
        first.setdefault(id_, entry)
        if entry["version"] < first[id_]["version"]:
            first[id_] = entry
        for name, change in entry["changes"].items():
            undone.setdefault(id_, {}).setdefault(name, change["from"])
    known = {id_: entry["version"] - 1 for id_, entry in first.items() if entry["version"] > 1}
    before = ticket_store.times_of_versions(actor.org_id, known)
    tickets = ticket_store.get_tickets(actor.org_id, sorted(known))
    return [
        _taken_back(ticket, undone.get(id_, {}), known[id_], before.get(id_, at))
        for id_, ticket in tickets.items()
        if may_see(actor, ticket)
    ]


def _entries_after(org_id: str, at: str) -> Iterable[Item]:
    head = int(store.get_head(org_id)["last"])
    first = window.before(org_id, at)
    if head - first > MOST_EVENTS:
        oldest = reading.read(org_id, head - MOST_EVENTS, 1)
        raise Invalid(
            f"more than {MOST_EVENTS} events happened since; a list can be had for a later time",
            code="too_far_back",
            malformed=True,
            earliest=oldest[0]["at"] if oldest else None,
        )
    while page := reading.read(org_id, first, 500):
        yield from (entry for entry in page if entry["subject"]["kind"] == "ticket" and entry["at"] > at)
        first = page[-1]["seq"]


def _taken_back(ticket: Ticket, undone: dict[str, Any], version: int, updated_at: str) -> Ticket:
    values: dict[str, Any] = {}
    for name in undone.keys() & set(FOLDED):
        values[name] = tuple(undone[name] or ()) if name in TUPLES else undone[name]
    return replace(ticket, **values, version=version, updated_at=updated_at)


def _position(ticket: Ticket) -> str:
    return f"{ticket.trashed_at or ticket.updated_at}#{ticket.id}"
