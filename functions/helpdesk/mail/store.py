"""Lookups from Message-IDs to tickets; an id belongs to one mail (`attribute_not_exists`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import NEW, Put, get_many


def mail_id_row(
    org_id: str,
    rfc822_id: str,
    *,
    ticket_id: str,
    ours: bool,
    content_hash: str | None = None,
    message_id: str | None = None,
    side_id: str | None = None,
) -> Put:
    """The write that stores a normalised Message-ID for a ticket, or for a side conversation beside it.

    It fails if another's id is known already.
    """
    row = {
        "pk": _pk(org_id, rfc822_id),
        "sk": "LOOKUP",
        "rfc822_id": rfc822_id,
        "ticket_id": ticket_id,
        "ours": ours,
        "content_hash": content_hash,
        "message_id": message_id,
    }
    row |= {"side_id": side_id} if side_id else {}
    return Put(config().tickets_table, row, None if ours else NEW)


def find_mail_ids(org_id: str, message_ids: Iterable[str]) -> dict[str, Item]:
    """What is stored for these ids, by id; one round trip for each 100."""
    table = config().tickets_table
    rows = get_many([(table, _pk(org_id, message_id), "LOOKUP") for message_id in message_ids])
    return {row["rfc822_id"]: row for row in rows}


def _pk(org_id: str, message_id: str) -> str:
    return f"{org_id}#MAILID#{hashlib.sha256(message_id.encode()).hexdigest()}"
