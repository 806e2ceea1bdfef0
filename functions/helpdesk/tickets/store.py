"""Rows of the Tickets table: keys, the one commit, and reads by key or index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from helpdesk.core.config import config
from helpdesk.core.errors import Conflict, NotFound, Stale
from helpdesk.core.events import Event
from helpdesk.core.table import Action, ConditionFailed, Page, get, get_many, query, transact
from helpdesk.tickets import row_store
from helpdesk.tickets.link_store import link_rows
from helpdesk.tickets.load_store import load_moves
from helpdesk.tickets.message_store import message_row
from helpdesk.tickets.model import Message, Ticket, ticket_from
from helpdesk.tickets.number_store import number_row

MOST_WRITES = 100  # of one transaction (AWS limit)


@dataclass(frozen=True)
class Change:
    """What a command does to one ticket: its snapshot before and after, its events and new messages."""

    before: Ticket | None
    after: Ticket
    events: Sequence[Event]
    messages: Sequence[Message] = ()


def commit(
    before: Ticket | None,
    after: Ticket,
    events: Sequence[Event],
    messages: Sequence[Message] = (),
    also: Sequence[Action] = (),
    seen: Mapping[str, int] | None = None,
) -> None:
    """The only way to change a ticket: snapshot, events, messages, lookups and loads in one transaction.

    `seen` are the `moves` of loads that must not have changed since they were read.

    Raises
    ------
    Stale
        when the ticket is no longer at `before.version`; `current` is the snapshot as it is.
    NotFound
        when it has been purged meanwhile.
    ConditionFailed
        when one of `also`, or a load that was seen, does not hold; nothing has been written then.
    """
    commit_all([Change(before, after, events, messages)], also, seen)


def commit_all(changes: Sequence[Change], also: Sequence[Action] = (), seen: Mapping[str, int] | None = None) -> None:
    """Several tickets' changes in one transaction, each on condition of its version; raises as `commit` does.

    Raises
    ------
    Conflict
        `too_much_at_once` for what DynamoDB does not take in one transaction (100 writes).
    """
    changes = [change for change in changes if change.events]
    if not changes:
        return
    snapshots = [row_store.snapshot(change.before, change.after) for change in changes]
    rows = [row for change in changes for row in row_store.event_rows(change.before, change.events)]
    rows += [number_row(change.after) for change in changes if not change.before]
    links = [row for change in changes for row in link_rows(change.before, change.after)]
    messages = [message_row(one.after.org_id, one.after.id, message) for one in changes for message in one.messages]
    loads = load_moves(changes, seen)
    actions = [*snapshots, *rows, *also, *messages, *links, *loads]  # in this order the first failure names its reason
    if len(actions) > MOST_WRITES:
        raise Conflict("this is too much for one step; do it in several", code="too_much_at_once")
    try:
        transact(actions)
    except ConditionFailed as failure:
        known = [one for one, change in zip(snapshots, changes, strict=True) if change.before]
        if any(failure.action is one for one in known) and failure.item:
            raise Stale("the ticket has changed meanwhile", current=ticket_from(failure.item)) from failure
        if any(failure.action is one for one in known):
            raise NotFound("there is no such ticket") from failure  # it has been purged meanwhile
        raise


def get_ticket(org_id: str, ticket_id: str) -> Ticket | None:
    """One snapshot, strongly consistent; one round trip."""
    row = get(config().tickets_table, f"{org_id}#{ticket_id}", "TICKET")
    return ticket_from(row) if row else None


def get_tickets(org_id: str, ticket_ids: Iterable[str]) -> dict[str, Ticket]:
    """Those snapshots that exist, by id, strongly consistent; one round trip for each 100."""
    rows = get_many([(config().tickets_table, f"{org_id}#{ticket_id}", "TICKET") for ticket_id in ticket_ids])
    return {row["id"]: ticket_from(row) for row in rows}


def get_events(org_id: str, ticket_id: str, *, since: int = 0, limit: int | None = None) -> list[Event]:
    """The ticket's events after version `since`, in order; the newest `limit` of them if given."""
    bounds = (f"EVENT#{since + 1:010}", "EVENT#~")
    pk, table = f"{org_id}#{ticket_id}", config().tickets_table
    if limit:
        rows = query(table, pk, between=bounds, newest_first=True, limit=limit, consistent=True).items[::-1]
    else:
        rows, page = [], Page([], None)
        while not rows or page.next_key:
            page = query(table, pk, between=bounds, start_key=page.next_key, consistent=True)
            rows += page.items
            if not page.items:
                break
    return [Event.from_item(row) for row in rows]


def times_of_versions(org_id: str, versions: Mapping[str, int]) -> dict[str, str]:
    """When these versions of tickets were made, by ticket; one round trip for each 100."""
    table = config().tickets_table
    rows = get_many([(table, f"{org_id}#{id_}", f"EVENT#{version:010}") for id_, version in versions.items()])
    return {row["subject"]["id"]: row["at"] for row in rows}


def query_index(index: str, pk: str, *, after: str | None, limit: int, newest_first: bool) -> list[tuple[str, Ticket]]:
    """Up to `limit` `(position, ticket)` of one index partition beyond the position `after`."""
    names = row_store.INDEX_KEYS[index]
    between = ("0", after or "~") if newest_first else (after or "0", "~")
    page = query(
        config().tickets_table,
        pk,
        index=index,
        key_names=names,
        between=between,
        limit=limit + 1,
        newest_first=newest_first,
    )
    rows = [(row[names[1]], ticket_from(row)) for row in page.items if row[names[1]] != after]
    return rows[:limit]
