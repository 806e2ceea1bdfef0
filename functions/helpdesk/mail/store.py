"""Lookups from Message-IDs to tickets; an id belongs to one mail (`attribute_not_exists`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import NEW, Put, get_many
from helpdesk.tickets.model import Ticket, ticket_from


def mail_id_row(
    org_id: str,
    rfc822_id: str,
    *,
    ticket_id: str,
    ours: bool,
    content_hash: str | None = None,
    message_id: str | None = None,
) -> Put:
    """The write that stores a normalised Message-ID for a ticket; it fails if another's id is known already."""
    row = {
        "pk": _pk(org_id, rfc822_id),
        "sk": "LOOKUP",
        "rfc822_id": rfc822_id,
        "ticket_id": ticket_id,
        "ours": ours,
        "content_hash": content_hash,
        "message_id": message_id,
    }
    return Put(config().tickets_table, row, None if ours else NEW)


def find_mail_ids(org_id: str, message_ids: Iterable[str]) -> dict[str, Item]:
    """What is stored for these ids, by id; one round trip for each 100."""
    table = config().tickets_table
    rows = get_many([(table, _pk(org_id, message_id), "LOOKUP") for message_id in message_ids])
    return {row["rfc822_id"]: row for row in rows}


def get_tickets(org_id: str, ticket_ids: Iterable[str]) -> dict[str, Ticket]:
    """Snapshots by id; one round trip."""
    rows = get_many([(config().tickets_table, f"{org_id}#{ticket_id}", "TICKET") for ticket_id in ticket_ids])
    return {row["id"]: ticket_from(row) for row in rows}


def _pk(org_id: str, message_id: str) -> str:
    return f"{org_id}#MAILID#{hashlib.sha256(message_id.encode()).hexdigest()}"
