"""Rows of the Tickets table: keys, the one commit, and reads by key or index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from helpdesk.core.config import config
from helpdesk.core.errors import Stale
from helpdesk.core.events import Event
from helpdesk.core.items import Item
from helpdesk.core.log import event_row
from helpdesk.core.table import NEW, Action, ConditionFailed, Page, Put, Update, get, get_many, query, transact
from helpdesk.settings.defaults import DONE
from helpdesk.tickets import bodies
from helpdesk.tickets.model import Message, Ticket, message_from, ticket_from
from helpdesk.tickets.number_store import number_row

SCHEMA = 1
_INDEX_KEYS = {
    "by_state": ("s_pk", "s_sk"),
    "by_queue": ("q_pk", "q_sk"),
    "by_assignee": ("a_pk", "a_sk"),
    "by_team": ("t_pk", "t_sk"),
    "by_requester": ("r_pk", "r_sk"),
}


def commit(
    before: Ticket | None,
    after: Ticket,
    events: Sequence[Event],
    messages: Sequence[Message] = (),
    also: Sequence[Action] = (),
) -> None:
    """The only way to change a ticket: snapshot, events, messages and lookups in one transaction.

    Raises
    ------
    Stale
        when the ticket is no longer at `before.version`; `current` is the snapshot as it is.
    ConditionFailed
        when one of `also` does not hold; nothing has been written then.
    """
    if not events:
        return
    actions = [_snapshot(before, after), *_event_rows(before, events)]
    if not before:
        actions.append(number_row(after))
    rows = [_message_row(after, message) for message in messages]
    try:
        transact([*actions, *also, *rows])  # in this order the first failure names its reason
    except ConditionFailed as failure:
        if failure.action is actions[0] and failure.item:
            raise Stale("the ticket has changed meanwhile", current=ticket_from(failure.item)) from failure
        raise


def get_ticket(org_id: str, ticket_id: str) -> Ticket | None:
    """One snapshot, strongly consistent; one round trip."""
    row = get(config().tickets_table, f"{org_id}#{ticket_id}", "TICKET")
    return ticket_from(row) if row else None


def get_tickets(org_id: str, ticket_ids: Iterable[str]) -> dict[str, Ticket]:
    """Snapshots by id; one round trip."""
    rows = get_many([(config().tickets_table, f"{org_id}#{ticket_id}", "TICKET") for ticket_id in ticket_ids])
    return {row["id"]: ticket_from(row) for row in rows}


def get_messages(
    org_id: str, ticket_id: str, *, limit: int, before_id: str | None = None
) -> tuple[list[Message], bool]:
    """The newest `limit` messages older than `before_id`, oldest first, and whether there are older ones."""
    high = f"MSG#{before_id}" if before_id else "MSG#~"
    page = query(
        config().tickets_table,
        f"{org_id}#{ticket_id}",
        between=("MSG#", high),
        limit=limit + 2,
        newest_first=True,
        consistent=True,
    )
    rows = [row for row in page.items if row["sk"] != high]
    return [message_from(row) for row in reversed(rows[:limit])], len(rows) > limit or bool(page.next_key)


def get_message(org_id: str, ticket_id: str, message_id: str) -> Message | None:
    """One message."""
    row = get(config().tickets_table, f"{org_id}#{ticket_id}", f"MSG#{message_id}")
    return message_from(row) if row else None


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


def set_delivery(
    org_id: str, ticket_id: str, message_id: str, delivery: dict[str, Any], rfc822_id: str | None
) -> Action:
    """The write that puts a delivery state, and the id that SES gave, on a message.

    It joins the commit of the event that tells of it.
    """
    return Update(
        config().tickets_table,
        f"{org_id}#{ticket_id}",
        f"MSG#{message_id}",
        "SET delivery = :delivery" + (", rfc822_id = :id" if rfc822_id else ""),
        "attribute_exists(pk)",
        values={":delivery": delivery} | ({":id": rfc822_id} if rfc822_id else {}),
    )


def state_of(category: str) -> str:
    """`active` or `done`: the half of an index in which a ticket of this category stands."""
    return "done" if category in DONE else "active"


def query_index(index: str, pk: str, *, after: str | None, limit: int, newest_first: bool) -> list[tuple[str, Ticket]]:
    """Up to `limit` `(position, ticket)` of one index partition beyond the position `after`."""
    names = _INDEX_KEYS[index]
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


def _snapshot(before: Ticket | None, after: Ticket) -> Put:
    position = f"{after.updated_at}#{after.id}"
    org, state = after.org_id, state_of(after.category)
    keys = {
        "pk": f"{org}#{after.id}",
        "sk": "TICKET",
        "s_pk": f"{org}#{state}",
        "q_pk": f"{org}#{after.category}",
        "a_pk": f"{org}#{after.assignee_id or '-'}#{state}",
        "t_pk": f"{org}#{after.team_id or '-'}#{state}",
        "r_pk": f"{org}#{after.requester['id']}#{state}",
    } | {names[1]: position for names in _INDEX_KEYS.values()}
    row = asdict(after) | keys | {"schema": SCHEMA}
    if not before:
        return Put(config().tickets_table, row, NEW)
    return Put(config().tickets_table, row, "version = :v", values={":v": before.version})


def _event_rows(before: Ticket | None, events: Sequence[Event]) -> list[Action]:
    rows: list[Action] = []
    place = _place(before) if before else None
    for event in events:
        moved = {name: change["to"] for name, change in event.changes.items() if name in _PLACE}
        placed = {"from": place, "to": (place or dict.fromkeys(_PLACE)) | moved} if moved else None
        rows.append(event_row(event, placed=placed) if placed else event_row(event))
        place = placed["to"] if placed else place
    return rows


_PLACE = ("category", "assignee_id", "team_id")


def _place(ticket: Ticket) -> Item:
    return {name: getattr(ticket, name) for name in _PLACE}


def _message_row(ticket: Ticket, message: Message) -> Put:
    stored = bodies.shelve(ticket.org_id, message)
    row = asdict(stored) | {"pk": f"{ticket.org_id}#{ticket.id}", "sk": f"MSG#{message.id}"}
    return Put(config().tickets_table, row | {"schema": SCHEMA}, NEW)
