"""Lookups from Message-IDs to tickets; an id belongs to one mail (`attribute_not_exists`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import NEW, Action, Put, Update, get, get_many, write


def mail_id_rows(
    org_id: str,
    rfc822_id: str,
    *,
    ticket_id: str,
    ours: bool,
    content_hash: str | None = None,
    message_id: str | None = None,
    side_id: str | None = None,
) -> list[Action]:
    """The writes that store a normalised Message-ID for a ticket, or for a side conversation beside it.

    They fail if another's id is known already. The second one lets a purge find all ids of a ticket.
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
    lookup = Put(config().tickets_table, row, None if ours else NEW)
    pointer = {"pk": f"{org_id}#{ticket_id}", "sk": f"MAILID#{_digest(rfc822_id)}"}
    return [lookup, Put(config().tickets_table, pointer)]


def mail_pointer(org_id: str, ticket_id: str, mail_id: str) -> Action:
    """The write that lets a purge of the ticket find a raw mail that made no message of it (a duplicate, a loop)."""
    return Put(config().tickets_table, {"pk": f"{org_id}#{ticket_id}", "sk": f"MAIL#{mail_id}"})


def find_mail_ids(org_id: str, message_ids: Iterable[str]) -> dict[str, Item]:
    """What is stored for these ids, by id; one round trip for each 100."""
    table = config().tickets_table
    wanted = {_pk(org_id, message_id): message_id for message_id in message_ids}
    rows = get_many([(table, pk, "LOOKUP") for pk in wanted])
    return {wanted[row["pk"]]: row for row in rows}


def rehashed(org_id: str, rfc822_id: str, content_hash: str) -> Action:
    """The write that makes a mail known again as what a newer parser reads in it."""
    pk, values = _pk(org_id, rfc822_id), {":hash": content_hash}
    return Update(
        config().tickets_table, pk, "LOOKUP", "SET content_hash = :hash", "attribute_exists(pk)", values=values
    )


def forget_mail_id(org_id: str, digest: str) -> None:
    """Leave of a Message-ID its hash alone, so that the mail of a purged ticket is not taken in again."""
    table, pk = config().tickets_table, f"{org_id}#MAILID#{digest}"
    row = get(table, pk, "LOOKUP")
    if row and not row.get("purged"):
        kept = {name: row.get(name) for name in ("pk", "sk", "ours", "content_hash")}
        write(Put(table, kept | {"purged": True, "ticket_id": ""}))


def _pk(org_id: str, message_id: str) -> str:
    return f"{org_id}#MAILID#{_digest(message_id)}"


def _digest(message_id: str) -> str:
    return hashlib.sha256(message_id.encode()).hexdigest()
