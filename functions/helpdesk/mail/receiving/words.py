"""From a parsed mail to the message that a ticket keeps: files stored, HTML made safe, history folded."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from helpdesk.core import blobs, clock
from helpdesk.core.config import config
from helpdesk.core.ids import derived_id
from helpdesk.core.table import Action
from helpdesk.mail.model import MailAttachment, ParsedMail
from helpdesk.mail.receiving.facts import facts_of
from helpdesk.mail.receiving.incoming import Incoming
from helpdesk.mail.receiving.receipt import Receipt
from helpdesk.tickets.attachment_store import attachment_row
from helpdesk.tickets.attachments import safe_name
from helpdesk.tickets.model import Message, Ticket

MOST_SUBJECT = 1_000  # characters; with the addresses they keep a row far below DynamoDB's 400 kB
MOST_ADDRESSES = 100
MOST_FILES = 60  # rows of one transaction that go to files; a mail with more keeps the rest in its raw form


def message_of(
    incoming: Incoming, ticket: Ticket, author: dict[str, Any], kind: str = "customer"
) -> tuple[Message, Sequence[Action]]:
    """The customer's message (or one of another kind, whose files are not public) and the rows of its files.

    Their bytes are in S3 by then.

    Its id follows from the receipt, so that a retry writes the same one.
    """
    receipt = incoming.receipt
    id_ = message_id_of(receipt)
    rows = file_rows(incoming, ticket, id_, public=kind in ("customer", "reply"))
    store_files(ticket.org_id, incoming.mail)
    message = Message(
        id=id_,
        kind=kind,
        author=author,
        created_at=receipt.received_at,
        automatic=incoming.automatic and not incoming.released,
        rfc822_id=incoming.message_id,
        mail_id=receipt.mail_id,
        **contents_of(incoming.mail, rows),
    )
    return message, [attachment_row(ticket.org_id, row) for row in rows]


def message_id_of(receipt: Receipt) -> str:
    """The id of the message that a received mail becomes."""
    return derived_id(clock.parse(receipt.received_at), "message", receipt.mail_id)


def file_rows(incoming: Incoming, ticket: Ticket, message_id: str, *, public: bool) -> list[dict[str, Any]]:
    """What is kept of each file beside its bytes."""
    files = incoming.mail.attachments[:MOST_FILES]
    rows = (_file(one, ticket, message_id, index, incoming.receipt) for index, one in enumerate(files))
    return [row | {"public": public} for row in rows]


def contents_of(mail: ParsedMail, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """All values of a `Message` that follow from the mail and the `file_rows` of its files; pure."""
    from helpdesk.markup.sanitise import sanitise, text_to_html

    links = {row["content_id"]: f"/v1/attachments/{row['id']}" for row in rows if row["content_id"]}
    facts = facts_of(mail, {row["sha256"]: row["id"] for row in rows})
    if len(mail.attachments) > len(rows):
        facts["defects"] += ("files_too_many",)
    return facts | {
        "body_text": mail.text,
        "body_html": sanitise(mail.html, links.get) if mail.html else text_to_html(mail.text),
        "trimmed_html": _trimmed(mail, links),
        "subject": mail.subject[:MOST_SUBJECT],
        "to": tuple(one.email for one in mail.to[:MOST_ADDRESSES]),
        "cc": tuple(one.email for one in mail.cc[:MOST_ADDRESSES]),
        "attachments": tuple(_shown(row) for row in rows),
        "references": mail.references[-20:],
    }


def _trimmed(mail: ParsedMail, links: dict[str, str]) -> str | None:
    """The body without the history that it quotes; what tells where that is goes when the HTML is cleaned."""
    from helpdesk.mail.parsing.quoting import trim_html, trim_text
    from helpdesk.markup.sanitise import sanitise, text_to_html

    if mail.html:
        shorter = trim_html(mail.html)
        return sanitise(shorter, links.get) if shorter else None
    shorter = trim_text(mail.text)
    return text_to_html(shorter) if shorter else None


def _file(one: MailAttachment, ticket: Ticket, message_id: str, index: int, receipt: Receipt) -> dict[str, Any]:
    return {
        "id": derived_id(clock.parse(receipt.received_at), "file", receipt.mail_id, str(index)),
        "filename": safe_name(one.filename),
        "content_type": one.content_type,
        "size": len(one.content),
        "sha256": one.sha256,
        "inline": one.inline,
        "content_id": one.content_id,
        "key": _key(ticket.org_id, one),
        "uploader": "mail",
        "ticket_id": ticket.id,
        "message_id": message_id,
        "verdict": receipt.verdicts.get("virus", "GRAY"),
        "created_at": receipt.received_at,
    }


def store_files(org_id: str, mail: ParsedMail) -> None:
    """Identical bytes are stored once: the key is their hash (TM-13)."""
    unique = {one.sha256: one for one in mail.attachments[:MOST_FILES]}
    if not unique:
        return

    def store(one: MailAttachment) -> None:
        blobs.put(config().attachments_bucket, _key(org_id, one), one.content, one.content_type)

    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(store, unique.values()))


def _key(org_id: str, one: MailAttachment) -> str:
    return f"{org_id}/sha256/{one.sha256}"


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("id", "filename", "content_type", "size", "inline", "sha256", "verdict")}
