"""The index `by_due`: tickets that have something to do, the earliest first."""

from __future__ import annotations

from collections.abc import Iterator

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import ConditionFailed, Update, query_all, write
from helpdesk.tickets import row_store
from helpdesk.tickets.model import Ticket, ticket_from

_KEYS = ("d_pk", "d_sk")


def due_now(org_id: str) -> Iterator[str]:
    """Ids of tickets whose time has come, the longest due first; a round trip a page."""
    between = ("0", f"{clock.stamp()}~")
    rows = query_all(config().tickets_table, f"{org_id}#due", index="by_due", key_names=_KEYS, between=between)
    for row in rows:
        yield row["pk"].partition("#")[2]


def of_category(org_id: str, category: str) -> Iterator[tuple[Ticket, Item]]:
    """All tickets of a category with their rows as the index shows them."""
    names = row_store.INDEX_KEYS["by_queue"]
    for row in query_all(config().tickets_table, f"{org_id}#{category}", index="by_queue", key_names=names):
        yield ticket_from(row), row


def set_due(ticket: Ticket) -> None:
    """Put the ticket where it belongs in the index, as its rules are now; a ticket that has changed does so itself."""
    key = row_store.due_key(ticket)
    values = {":v": ticket.version} | ({":sk": key, ":pk": f"{ticket.org_id}#due"} if key else {})
    expression = "SET d_pk = :pk, d_sk = :sk" if key else "REMOVE d_pk, d_sk"
    pk = f"{ticket.org_id}#{ticket.id}"
    try:
        write(Update(config().tickets_table, pk, "TICKET", expression, "version = :v", values=values))
    except ConditionFailed:
        return
