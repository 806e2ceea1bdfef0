"""Files: uploaded straight to S3, bound to one message, and downloaded only by who may see the ticket."""

from __future__ import annotations

import hashlib
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import may_see, require_sight
from helpdesk.core import blobs, clock
from helpdesk.core.config import config
from helpdesk.core.errors import Conflict, FieldError, Invalid, NotFound
from helpdesk.core.ids import new_id
from helpdesk.core.table import Action
from helpdesk.tickets import attachment_store, store
from helpdesk.tickets.model import Ticket
from helpdesk.tickets.thread import living_ticket

MOST_BYTES = 25 * 1024 * 1024
SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_PUBLIC = ("id", "filename", "content_type", "size", "inline", "sha256", "verdict")


def start_upload(actor: Actor, filename: str, content_type: str, size: int) -> dict[str, Any]:
    """Note the file and give the form by which the browser posts it to S3 (five minutes, at most 25 MB)."""
    row: dict[str, Any] = {
        "id": new_id(),
        "filename": safe_name(filename),
        "content_type": content_type,
        "size": size,
        "inline": False,
        "verdict": None,  # of a virus scan
        "uploader": f"{actor.kind}#{actor.id}",
        "ticket_id": None,
        "created_at": clock.stamp(),
    }
    row["key"] = upload_key(actor.org_id, row["id"])
    attachment_store.put_upload(actor.org_id, row)
    form = blobs.upload_form(config().attachments_bucket, str(row["key"]), content_type=content_type, most=MOST_BYTES)
    return _public(row) | {"upload": form}


def bind_all(
    actor: Actor, ids: list[str], *, ticket_id: str, message_id: str, public: bool
) -> tuple[tuple[dict[str, Any], ...], list[Action]]:
    """What the message keeps of its files, and the writes that bind them to it.

    Raises
    ------
    Invalid
        naming each file that is unknown, somebody else's, used already or not uploaded.
    """
    if not ids:
        return (), []
    rows = attachment_store.get_attachments(actor.org_id, ids)
    faults, kept, actions = [], [], []
    for index, id_ in enumerate(ids):
        row = rows.get(id_)
        if row and row.get("message_id") == message_id:  # bound by this very command, which is tried again
            kept.append(_public(row))
            continue
        if not row or row["uploader"] != f"{actor.kind}#{actor.id}" or row["ticket_id"]:
            faults.append(FieldError(f"/attachments/{index}", "unknown", "you have no such file to attach"))
            continue
        settled = _settled(actor.org_id, row)
        if not settled:
            faults.append(FieldError(f"/attachments/{index}", "not_uploaded", "the upload has not arrived"))
            continue
        kept.append(_public(settled))
        values = {"ticket": ticket_id, "message": message_id, "size": settled["size"], "public": public}
        actions.append(attachment_store.bind(actor.org_id, id_, values))
    if faults:
        raise Invalid("some files cannot be attached", *faults)
    return tuple(kept), actions


def _settled(org_id: str, row: dict[str, Any]) -> dict[str, Any] | None:
    """The row of an upload whose bytes lie under their hash, so that the same bytes are stored once; None without any.

    Killed anywhere and tried again it comes to the same: the upload goes last.
    """
    bucket, upload = config().attachments_bucket, upload_key(org_id, row["id"])
    if row["key"] == upload:
        try:
            content = blobs.get(bucket, upload)
        except NotFound:
            return None
        digest = hashlib.sha256(content).hexdigest()
        row = row | {"sha256": digest, "key": f"{org_id}/sha256/{digest}", "size": len(content)}
        blobs.put(bucket, row["key"], content, row["content_type"])
        attachment_store.settle(org_id, row)
    blobs.delete(bucket, upload)
    return row


def upload_key(org_id: str, attachment_id: str) -> str:
    """Where the bytes of an upload are until a message takes them."""
    return f"{org_id}/uploads/{attachment_id}"


def link_for(actor: Actor, attachment_id: str) -> str:
    """A five-minute link to the file, after the same check as for its ticket.

    Raises
    ------
    NotFound
        when there is no such file or the actor may not see it.
    Conflict
        `virus`, for a file of a mail in which one was found: it is never served (EM-51).
    """
    row = attachment_store.get_attachment(actor.org_id, attachment_id)
    if not row:
        raise NotFound("there is no such file")
    if row["ticket_id"] is None:
        if row["uploader"] != f"{actor.kind}#{actor.id}":
            raise NotFound("there is no such file")
    else:
        _require_sight(actor, store.get_ticket(actor.org_id, row["ticket_id"]))
        if actor.kind == "contact" and not row.get("public"):
            raise NotFound("there is no such file")
    if row.get("verdict") == "FAIL":
        raise Conflict("there is a virus in this file", code="virus")
    return blobs.download_link(
        config().attachments_bucket,
        row["key"],
        filename=row["filename"],
        content_type=row["content_type"] if row["content_type"] in SHOWN_INLINE else "application/octet-stream",
        inline=row["content_type"] in SHOWN_INLINE,
    )


def _require_sight(actor: Actor, ticket: Ticket | None) -> None:
    """A file is seen by who sees its ticket, or the one in which its ticket lives on."""
    if ticket and ticket.merged_into and not may_see(actor, ticket):
        ticket = living_ticket(ticket)
    require_sight(actor, ticket)


def safe_name(filename: str) -> str:
    """A file name without folders, control characters and leading dots, at most 150 characters."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    printable = "".join(char for char in last if char.isprintable()).strip().lstrip(".")
    stem, dot, suffix = printable.rpartition(".")
    if len(printable) > 150:
        printable = f"{stem[:130]}{dot}{suffix[:19]}" if dot else printable[:150]
    return printable or "file"


def _public(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row.get(name) for name in _PUBLIC}
