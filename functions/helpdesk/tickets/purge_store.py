"""Rows of tickets that were erased: a tombstone in the snapshot's place, and what the trash holds too long."""

from __future__ import annotations

from helpdesk.core.config import config
from helpdesk.core.events import Event
from helpdesk.core.items import Item
from helpdesk.core.log import event_row
from helpdesk.core.table import NEW, Action, Delete, Put, get, query, write
from helpdesk.tickets.model import Ticket

_SK = "TOMBSTONE"


def burial(ticket: Ticket, event: Event) -> list[Action]:
    """The writes that put a tombstone in place of a ticket: from then on nobody finds it."""
    tombstone = {
        "pk": f"{ticket.org_id}#{ticket.id}",
        "sk": _SK,
        "org_id": ticket.org_id,
        "id": ticket.id,
        "purged_at": event.at,
        "s_pk": f"{ticket.org_id}#purging",  # until all of it is gone
        "s_sk": ticket.id,
    }
    names = ("category", "assignee_id", "team_id", "trashed_at")
    place = {name: getattr(ticket, name) for name in names}
    values = {":v": ticket.version}
    return [
        Delete(config().tickets_table, tombstone["pk"], "TICKET", "version = :v", values=values),
        Put(config().tickets_table, tombstone, NEW),
        event_row(event, placed={"from": place, "to": None}),
    ]


def get_tombstone(org_id: str, ticket_id: str) -> Item | None:
    """The tombstone of a purged ticket."""
    return get(config().tickets_table, f"{org_id}#{ticket_id}", _SK)


def finish(tombstone: Item) -> None:
    """Say that nothing of the ticket is left."""
    kept = {name: value for name, value in tombstone.items() if name not in ("s_pk", "s_sk")}
    write(Put(config().tickets_table, kept))


def unfinished(org_id: str, limit: int) -> list[str]:
    """Tickets whose erasing has begun and not ended."""
    page = query(config().tickets_table, f"{org_id}#purging", index="by_state", key_names=("s_pk", "s_sk"), limit=limit)
    return [row["id"] for row in page.items]


def due(org_id: str, before: str, limit: int) -> list[str]:
    """Tickets that have been in the trash since before a time, the longest there first."""
    page = query(
        config().tickets_table,
        f"{org_id}#trash",
        index="by_state",
        key_names=("s_pk", "s_sk"),
        between=("0", before),
        limit=limit,
    )
    return [row["id"] for row in page.items]
