"""Lookups from Message-IDs to tickets; an id belongs to one mail (`attribute_not_exists`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import NEW, Action, Delete, Put, Update, get, get_many, write

_FREE, _ALIAS = "attribute_not_exists(pk) OR #alias = :true", {"#alias": "alias"}


def mail_id_rows(
    org_id: str,
    rfc822_id: str,
    *,
    ticket_id: str,
    ours: bool,
    content_hash: str | None = None,
    message_id: str | None = None,
    side_id: str | None = None,
    delivery_id: str | None = None,
) -> list[Action]:
    """The writes that store a normalised Message-ID for a ticket, or for a side conversation beside it.

    They fail if another's id is known already. The second one lets a purge find all ids of a ticket. `delivery_id`
    is what a bounce that names this id is about.
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
    more = {"side_id": side_id, "delivery_id": delivery_id}
    row |= {name: value for name, value in more.items() if value}
    free = Put(config().tickets_table, row, _FREE, _ALIAS, {":true": True})
    lookup = Put(config().tickets_table, row) if ours else free
    pointer = {"pk": f"{org_id}#{ticket_id}", "sk": f"MAILID#{_digest(rfc822_id)}"}
    return [lookup, Put(config().tickets_table, pointer)]


def mail_pointer(org_id: str, ticket_id: str, mail_id: str) -> Action:
    """The write that lets a purge of the ticket find a raw mail that made no message of it (a duplicate, a loop)."""
    return Put(config().tickets_table, {"pk": f"{org_id}#{ticket_id}", "sk": f"MAIL#{mail_id}"})


def alias_rows(org_id: str, unseen: Sequence[str], *, ticket_id: str, message_id: str, at: str) -> list[Action]:
    """The writes that let Message-IDs of mail that never came lead to the ticket (EM-22; pain point 2).

    One row names them all for a purge. They fail if one of these mails has come meanwhile.
    """
    if not unseen:
        return []
    row = {"sk": "LOOKUP", "ticket_id": ticket_id, "ours": False, "alias": True, "at": at}
    rows = [row | {"pk": _pk(org_id, id_), "rfc822_id": id_} for id_ in unseen]
    pointer = {"pk": f"{org_id}#{ticket_id}", "sk": f"MAILIDS#{message_id}", "digests": list(map(_digest, unseen))}
    lookups = [Put(config().tickets_table, row, _FREE, _ALIAS, {":true": True}) for row in rows]
    return [*lookups, Put(config().tickets_table, pointer)]


def key_rows(org_id: str, key: str, *, ticket_id: str, seen: str | None) -> list[Action]:
    """The writes that make a rule's key the ticket's, if it still is that of the ticket `seen`, or nobody's."""
    row = {"pk": _pk(org_id, key), "sk": "LOOKUP", "ticket_id": ticket_id, "ours": False, "rfc822_id": key}
    pointer = {"pk": f"{org_id}#{ticket_id}", "sk": f"MAILIDS#{_digest(key)[:26]}", "digests": [_digest(key)]}
    held = Put(config().tickets_table, row, "ticket_id = :seen", values={":seen": seen})
    return [held if seen else Put(config().tickets_table, row, NEW), Put(config().tickets_table, pointer)]


def key_of(org_id: str, message_id: str) -> tuple[str, str, str]:
    """Where the row of a Message-ID or of a rule's key stands: `(table, pk, sk)`."""
    return config().tickets_table, _pk(org_id, message_id), "LOOKUP"


def find_at(places: Sequence[tuple[str, str, str]]) -> dict[tuple[str, str, str], Item]:
    """The rows that exist at these places, `(table, pk, sk)` each, of several tables; one round trip for each 100."""
    rows = {(row["pk"], row["sk"]): row for row in get_many(places)}
    return {place: rows[place[1:]] for place in places if place[1:] in rows}


def find_mail_ids(org_id: str, message_ids: Iterable[str]) -> dict[str, Item]:
    """What is stored for these ids, by id; one round trip for each 100."""
    wanted = {_pk(org_id, message_id): message_id for message_id in message_ids}
    rows = get_many([key_of(org_id, message_id) for message_id in wanted.values()])
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


def forget_alias(org_id: str, digest: str, ticket_id: str) -> None:
    """Remove the id of a mail that never came, or a rule's key, if it is still this ticket's."""
    table, pk = config().tickets_table, f"{org_id}#MAILID#{digest}"
    row = get(table, pk, "LOOKUP")
    if row and row["ticket_id"] == ticket_id and (row.get("alias") or "content_hash" not in row):
        write(Delete(table, pk, "LOOKUP"))


def _pk(org_id: str, message_id: str) -> str:
    return f"{org_id}#MAILID#{_digest(message_id)}"


def _digest(message_id: str) -> str:
    return hashlib.sha256(message_id.encode()).hexdigest()
