"""Rows of messages in a ticket's partition: its own thread, and one thread for each side conversation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from helpdesk.core.config import config
from helpdesk.core.table import NEW, Action, Put, Update, get, get_many, query
from helpdesk.tickets import bodies
from helpdesk.tickets.model import Message, message_from
from helpdesk.tickets.schema import SCHEMA

_READ = (
    *("body_text", "body_html", "trimmed_html", "body_key", "subject", "to", "cc", "attachments", "references"),
    *("automatic", "invites", "signed", "report", "defects"),
)
"""What of a message follows from the mail that it came with."""

PUBLIC = "MSG"  # the thread of replies, notes and the customer's words


def side_thread(side_id: str) -> str:
    """The thread of a side conversation; no reading of the ticket's own thread meets it."""
    return f"SAID#{side_id}"


def get_messages(
    org_id: str, ticket_id: str, *, limit: int, before_id: str | None = None, thread: str = PUBLIC
) -> tuple[list[Message], bool]:
    """The newest `limit` messages older than `before_id`, oldest first, and whether there are older ones."""
    high = f"{thread}#{before_id or '~'}"
    page = query(
        config().tickets_table,
        f"{org_id}#{ticket_id}",
        between=(f"{thread}#", high),
        limit=limit + 2,
        newest_first=True,
        consistent=True,
    )
    rows = [row for row in page.items if row["sk"] != high]
    return [message_from(row) for row in reversed(rows[:limit])], len(rows) > limit or bool(page.next_key)


def get_message(org_id: str, ticket_id: str, message_id: str, thread: str = PUBLIC) -> Message | None:
    """One message."""
    row = get(config().tickets_table, f"{org_id}#{ticket_id}", f"{thread}#{message_id}")
    return message_from(row) if row else None


def find_messages(org_id: str, ticket_ids: Iterable[str], message_ids: Iterable[str]) -> list[Message]:
    """Those of these messages that stand in the threads of these tickets, oldest first; one round trip per 100."""
    wanted = list(message_ids)
    keys = [
        (config().tickets_table, f"{org_id}#{ticket_id}", f"{PUBLIC}#{message_id}")
        for ticket_id in ticket_ids
        for message_id in wanted
    ]
    return sorted((message_from(row) for row in get_many(keys)), key=lambda message: message.id)


def message_row(org_id: str, ticket_id: str, message: Message, thread: str = PUBLIC) -> Put:
    """The write that makes a message; a long body is in S3 by then."""
    stored = bodies.shelve(org_id, ticket_id, message)
    keys = {"pk": f"{org_id}#{ticket_id}", "sk": f"{thread}#{message.id}", "schema": SCHEMA}
    values = {name: value for name, value in asdict(stored).items() if name != "beyond"}
    return Put(config().tickets_table, values | keys | stored.beyond, NEW)


def rewritten(org_id: str, ticket_id: str, message: Message, edition: str) -> Action:
    """The write that puts another reading of its mail in the place of a message; its delivery stays as it is."""
    stored = bodies.shelve(org_id, ticket_id, replace(message, body_key=None), edition)
    values = {name: getattr(stored, name) for name in _READ}
    return Update(
        config().tickets_table,
        f"{org_id}#{ticket_id}",
        f"{PUBLIC}#{message.id}",
        "SET " + ", ".join(f"#{name} = :{name}" for name in values),
        "attribute_exists(pk)",
        names={f"#{name}": name for name in values},
        values={f":{name}": value for name, value in values.items()},
    )


def settle_held(org_id: str, ticket_id: str, message_id: str, delivery: dict[str, Any]) -> Action:
    """The write that ends the holding of a reply; it fails if that has ended."""
    return Update(
        config().tickets_table,
        f"{org_id}#{ticket_id}",
        f"{PUBLIC}#{message_id}",
        "SET delivery = :delivery",
        "delivery.#status = :held",
        names={"#status": "status"},
        values={":delivery": delivery, ":held": "held"},
    )


def set_delivery(
    org_id: str,
    ticket_id: str,
    message_id: str,
    delivery: dict[str, Any],
    recipients: list[dict[str, Any]],
    rfc822_id: str | None,
    thread: str = PUBLIC,
) -> Action:
    """The write that puts delivery states, and the id that SES gave, on a message.

    It joins the commit of the event that tells of it.
    """
    return Update(
        config().tickets_table,
        f"{org_id}#{ticket_id}",
        f"{thread}#{message_id}",
        "SET delivery = :delivery, recipients = :recipients" + (", rfc822_id = :id" if rfc822_id else ""),
        "attribute_exists(pk)",
        values={":delivery": delivery, ":recipients": recipients} | ({":id": rfc822_id} if rfc822_id else {}),
    )
