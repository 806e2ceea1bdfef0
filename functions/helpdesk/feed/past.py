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
from helpdesk.feed import store, window
from helpdesk.settings.defaults import CATEGORIES
from helpdesk.tickets import row_store
from helpdesk.tickets import store as ticket_store
from helpdesk.tickets.listing import Filter, list_tickets
from helpdesk.tickets.model import FOLDED, TUPLES, Ticket

MOST_EVENTS = 5_000


def list_at(actor: Actor, wanted: Filter, at: str, *, after: str | None, limit: int) -> tuple[list[Ticket], str | None]:
    """One page of a list as it was at a time, and the position of its last row, None at the end.

    Tickets that have been purged since are in no list any more, and those that the actor may not see now not either.

    Raises
    ------
    Invalid
        `too_far_back` when too much has happened since; `earliest` is the time that can be asked for.
    """
    changed = [one for one in _changed_since(actor, at) if _fits(wanted, one)]
    newest, edge = wanted.newest_first, f"{at}#~"
    begin = min(after or edge, edge) if newest else after
    still, more = list_tickets(actor.org_id, wanted, after=begin, limit=limit)
    kept = [one for one in still if one.updated_at <= at and may_see(actor, one)]
    beyond = [one for one in changed if not after or (_position(one) < after if newest else _position(one) > after)]
    rows = list(merge(kept, sorted(beyond, key=_position, reverse=newest), key=_position, reverse=newest))
    page = rows[:limit]
    ended = len(rows) <= limit and (not more or len(kept) < len(still))
    return page, None if ended or not page else _position(page[-1])


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
        oldest = store.read(org_id, head - MOST_EVENTS, 1)
        raise Invalid(
            f"more than {MOST_EVENTS} events happened since; a list can be had for a later time",
            code="too_far_back",
            malformed=True,
            earliest=oldest[0]["at"] if oldest else None,
        )
    while page := store.read(org_id, first, 500):
        yield from (entry for entry in page if entry["subject"]["kind"] == "ticket" and entry["at"] > at)
        first = page[-1]["seq"]


def _taken_back(ticket: Ticket, undone: dict[str, Any], version: int, updated_at: str) -> Ticket:
    values: dict[str, Any] = {}
    for name in undone.keys() & set(FOLDED):
        values[name] = tuple(undone[name] or ()) if name in TUPLES else undone[name]
    return replace(ticket, **values, version=version, updated_at=updated_at)


def _fits(wanted: Filter, ticket: Ticket) -> bool:
    """True if the ticket, as it was, stands in one of the list's partitions."""
    if wanted.category == "trash" or ticket.trashed_at:
        return wanted.category == "trash" and bool(ticket.trashed_at)
    owners = (
        (wanted.assignee_id, ticket.assignee_id or "-"),
        (wanted.team_id, ticket.team_id or "-"),
        (wanted.requester_id, ticket.requester["id"]),
    )
    if any(asked and asked != held for asked, held in owners):
        return False
    held = ticket.category if wanted.category in CATEGORIES else row_store.state_of(ticket.category)
    return wanted.category in (None, held)


def _position(ticket: Ticket) -> str:
    return f"{ticket.trashed_at or ticket.updated_at}#{ticket.id}"
