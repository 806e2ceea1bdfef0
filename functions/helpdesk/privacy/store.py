"""The rows that hang on a ticket in other places, for the one who erases them."""

from __future__ import annotations

from collections.abc import Iterable

from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import Delete, get, query_all, write

_STAY = ("TOMBSTONE",)


def rows_of(org_id: str, ticket_id: str) -> list[Item]:
    """Everything in the ticket's own partition but its tombstone."""
    rows = query_all(config().tickets_table, f"{org_id}#{ticket_id}", consistent=True)
    return [row for row in rows if row["sk"] not in _STAY]


def delete_rows(rows: Iterable[Item]) -> None:
    """Remove rows of the Tickets table."""
    for row in rows:
        write(Delete(config().tickets_table, row["pk"], row["sk"]))


def delete_lookup(org_id: str, number: int) -> None:
    """Forget which ticket had a number."""
    write(Delete(config().tickets_table, f"{org_id}#NUMBER#{number}", "LOOKUP"))


def delete_attachment(org_id: str, attachment_id: str) -> None:
    """Remove an attachment's row."""
    write(Delete(config().tickets_table, f"{org_id}#ATTACHMENT#{attachment_id}", "ATTACHMENT"))


def delete_delivery(org_id: str, delivery_id: str) -> None:
    """Remove what is known of a mail that we sent."""
    write(Delete(config().deliveries_table, f"{org_id}#DELIVERY#{delivery_id}", "MAIL"))


def delete_answers(org_id: str, name: str) -> None:
    """Remove the answers that are kept for retries of requests to a ticket, by its id or number."""
    table = config().idempotency_table
    for row in query_all(table, f"{org_id}#ANSWERS#{name}", consistent=True):
        write(Delete(table, row["sk"], "ANSWER"))
        write(Delete(table, row["pk"], row["sk"]))


def delete_answer(org_id: str, command_id: str) -> None:
    """Remove the answer that is kept for the retry of a command, and then the command's marker."""
    table, pk = config().idempotency_table, f"{org_id}#COMMAND#{command_id}"
    marker = get(table, pk, "COMMAND")
    if not marker:
        return
    if key := marker.get("answer_key"):
        write(Delete(table, key, "ANSWER"))
    write(Delete(table, pk, "COMMAND"))
