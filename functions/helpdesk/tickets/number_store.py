"""Rows of ticket numbers: the counter, and the lookup from a number to its ticket."""

from __future__ import annotations

from helpdesk.core.config import config
from helpdesk.core.table import NEW, Put, Update, get, write
from helpdesk.tickets.model import Ticket


def next_number(org_id: str) -> int:
    """The next ticket number; gaps are allowed, doubles are not. One round trip, outside the transaction."""
    counter = Update(
        config().tickets_table,
        f"{org_id}#COUNTER",
        "TICKET",
        "ADD #last :one",
        names={"#last": "last"},
        values={":one": 1},
    )
    return int(write(counter)["last"]) + 1000


def id_of_number(org_id: str, number: int) -> str | None:
    """The id of the ticket with this number."""
    row = get(*key_of(org_id, number))
    return row["ticket_id"] if row else None


def key_of(org_id: str, number: int) -> tuple[str, str, str]:
    """Where a number's row stands: `(table, pk, sk)`."""
    return config().tickets_table, f"{org_id}#NUMBER#{number}", "LOOKUP"


def number_row(ticket: Ticket) -> Put:
    """The write that makes a number its ticket's own."""
    row = {"pk": f"{ticket.org_id}#NUMBER#{ticket.number}", "sk": "LOOKUP", "ticket_id": ticket.id}
    return Put(config().tickets_table, row, NEW)
