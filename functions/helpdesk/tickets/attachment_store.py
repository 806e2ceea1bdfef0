"""Rows of attachments: who uploaded what, and to which message it belongs."""

from __future__ import annotations

from typing import Any

from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import NEW, Action, Put, Update, get, get_many, query_all, write


def put_upload(org_id: str, row: Item) -> None:
    """Store the row of a file that is about to be uploaded."""
    write(attachment_row(org_id, row))


def attachment_row(org_id: str, row: Item) -> Put:
    """The write that makes an attachment's row."""
    keys = {"pk": f"{org_id}#ATTACHMENT#{row['id']}", "sk": "ATTACHMENT"}
    if "sha256" in row:  # identical bytes are stored once: the index tells who else uses them
        keys |= {"r_pk": f"{org_id}#FILE#{row['sha256']}", "r_sk": row["id"]}
    return Put(config().tickets_table, row | keys, NEW)


def users_of(org_id: str, sha256: str) -> set[str]:
    """The attachments that share a file's bytes."""
    pk = f"{org_id}#FILE#{sha256}"
    rows = query_all(config().tickets_table, pk, index="by_requester", key_names=("r_pk", "r_sk"))
    return {row["id"] for row in rows}


def get_attachment(org_id: str, attachment_id: str) -> Item | None:
    """One attachment's row."""
    return get(config().tickets_table, f"{org_id}#ATTACHMENT#{attachment_id}", "ATTACHMENT")


def get_attachments(org_id: str, ids: list[str]) -> dict[str, Item]:
    """The rows that exist of these ids; one round trip."""
    table = config().tickets_table
    rows = get_many([(table, f"{org_id}#ATTACHMENT#{id_}", "ATTACHMENT") for id_ in ids])
    return {row["id"]: row for row in rows}


def settle(org_id: str, row: Item) -> None:
    """Note where the bytes of an upload lie, and their hash."""
    change = Update(
        config().tickets_table,
        f"{org_id}#ATTACHMENT#{row['id']}",
        "ATTACHMENT",
        "SET #key = :key, sha256 = :sha256, #size = :size, r_pk = :file, r_sk = :id",
        "attribute_exists(pk)",
        names={"#key": "key", "#size": "size"},
        values={f":{name}": row[name] for name in ("key", "sha256", "size", "id")}
        | {":file": f"{org_id}#FILE#{row['sha256']}"},
    )
    write(change)


def bind(org_id: str, attachment_id: str, values: dict[str, Any]) -> Action:
    """The write that gives an uploaded file to a message; it fails if the file was used already."""
    return Update(
        config().tickets_table,
        f"{org_id}#ATTACHMENT#{attachment_id}",
        "ATTACHMENT",
        "SET ticket_id = :ticket, message_id = :message, #size = :size, #public = :public",
        "attribute_exists(pk) AND ticket_id = :none",
        names={"#size": "size", "#public": "public"},
        values={":none": None} | {f":{name}": value for name, value in values.items()},
    )


def release(org_id: str, attachment_id: str, message_id: str, uploader: str) -> Action:
    """The write that takes a file from a message again and gives it to `uploader`; it fails if it is not there."""
    return Update(
        config().tickets_table,
        f"{org_id}#ATTACHMENT#{attachment_id}",
        "ATTACHMENT",
        "SET ticket_id = :none, message_id = :none, uploader = :uploader",
        "message_id = :message",
        values={":none": None, ":uploader": uploader, ":message": message_id},
    )
