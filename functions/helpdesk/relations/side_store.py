"""Rows of side conversations: one in the ticket's partition, and a lookup from its id to its ticket for mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import NEW, Action, Put, get, get_many, query_all


@dataclass(frozen=True)
class Side:
    """A talk with third parties beside a ticket. Whether it is open stands on the ticket, in `open_sides`."""

    id: str
    ticket_id: str
    subject: str
    to: tuple[str, ...]
    created_by: dict[str, Any]
    created_at: str


def additions(org_id: str, side: Side) -> list[Action]:
    """The writes that make a side conversation."""
    table = config().tickets_table
    row = asdict(side) | {"pk": f"{org_id}#{side.ticket_id}", "sk": f"SIDE#{side.id}"}
    lookup = {"pk": f"{org_id}#SIDE#{side.id}", "sk": "LOOKUP", "ticket_id": side.ticket_id}
    return [Put(table, row, NEW), Put(table, lookup, NEW)]


def list_sides(org_id: str, ticket_ids: Iterable[str]) -> list[Side]:
    """All of these tickets, oldest first; one round trip for each ticket."""
    table = config().tickets_table
    found = [
        _side(row)
        for ticket_id in ticket_ids
        for row in query_all(table, f"{org_id}#{ticket_id}", between=("SIDE#", "SIDE#~"), consistent=True)
    ]
    return sorted(found, key=lambda side: side.id)


def find_side(org_id: str, ticket_ids: Iterable[str], side_id: str) -> Side | None:
    """The one of this id, if it stands beside one of these tickets; one round trip."""
    table = config().tickets_table
    rows = get_many([(table, f"{org_id}#{ticket_id}", f"SIDE#{side_id}") for ticket_id in ticket_ids])
    return _side(rows[0]) if rows else None


def ticket_of_side(org_id: str, side_id: str) -> str | None:
    """The ticket beside which it stands."""
    row = get(config().tickets_table, f"{org_id}#SIDE#{side_id}", "LOOKUP")
    return row["ticket_id"] if row else None


def _side(row: Item) -> Side:
    values = {name: row[name] for name in Side.__dataclass_fields__}
    return Side(**values | {"to": tuple(row["to"])})
