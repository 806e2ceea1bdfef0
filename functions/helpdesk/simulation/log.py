"""The tickets of the last days and their events, as simulations read them: some at a time, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from helpdesk.core.events import Event
from helpdesk.tickets import store
from helpdesk.tickets.model import Ticket

_AT_ONCE = 8
_PAGE = 100


def changed_since(org_id: str, since: str) -> Iterable[Ticket]:
    """Tickets that have changed since a time, first the active ones; none that lives on in another."""
    for state in ("active", "done"):
        after: str | None = None
        while rows := store.query_index("by_state", f"{org_id}#{state}", after=after, limit=_PAGE, newest_first=True):
            if rows[0][0] < since:
                break
            yield from (ticket for _, ticket in rows if not ticket.merged_into)
            after = rows[-1][0]


def batches(tickets: Iterable[Ticket]) -> Iterable[list[Ticket]]:
    """The tickets, a hundred at a time."""
    batch: list[Ticket] = []
    for ticket in tickets:
        batch.append(ticket)
        if len(batch) == _PAGE:
            yield batch
            batch = []
    if batch:
        yield batch


def logs(batch: Sequence[Ticket]) -> list[tuple[Ticket, list[Event]]]:
    """Each ticket with all of its events; they are read side by side."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = list(pool.map(lambda ticket: store.get_events(ticket.org_id, ticket.id), batch))
    return list(zip(batch, found, strict=True))
