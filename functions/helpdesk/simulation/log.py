"""The tickets of the last days and their events, as simulations read them: some at a time, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from heapq import merge
from itertools import groupby, islice

from helpdesk.core.events import Event
from helpdesk.tickets import store
from helpdesk.tickets.model import Ticket

Log = tuple[Ticket, list[Event]]
_AT_ONCE = 8
_PAGE = 100


def changed_since(org_id: str, since: str) -> Iterator[Ticket]:
    """Tickets that have changed since a time, the last changed first; none that lives on in another."""
    return (ticket for ticket in all_changed_since(org_id, since, ("active", "done")) if not ticket.merged_into)


def all_changed_since(org_id: str, since: str, states: Sequence[str] = ("active", "done", "trash")) -> Iterator[Ticket]:
    """The same, with those that are in the trash or live on in another."""
    return merge(*(_of_state(org_id, state, since) for state in states), key=changed_at, reverse=True)


def standing(org_id: str, until: str) -> Iterator[Ticket]:
    """Tickets that somebody has to do something about, and that have not changed after a time."""
    return _of_state(org_id, "active", "", f"{until}#~")


def batches(tickets: Iterable[Ticket]) -> Iterator[list[Ticket]]:
    """The tickets, a hundred at a time."""
    rest = iter(tickets)
    while batch := list(islice(rest, _PAGE)):
        yield batch


def logs(batch: Sequence[Ticket]) -> list[Log]:
    """Each ticket with all of its events; they are read side by side."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = list(pool.map(lambda ticket: store.get_events(ticket.org_id, ticket.id), batch))
    return list(zip(batch, found, strict=True))


def commands_of(events: Sequence[Event]) -> list[tuple[Event, ...]]:
    """A ticket's events, command by command."""
    return [tuple(group) for _, group in groupby(events, key=lambda event: event.correlation_id)]


def changed_at(ticket: Ticket) -> str:
    """By what the lists of tickets are ordered."""
    return ticket.trashed_at or ticket.updated_at


def _of_state(org_id: str, state: str, since: str, after: str | None = None) -> Iterator[Ticket]:
    while rows := store.query_index("by_state", f"{org_id}#{state}", after=after, limit=_PAGE, newest_first=True):
        if rows[0][0] < since:
            return
        yield from (ticket for _, ticket in rows)
        after = rows[-1][0]
