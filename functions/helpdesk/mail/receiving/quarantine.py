"""The quarantine: looking at a mail that waits, releasing or rejecting it, and what follows for its sender."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core import blobs
from helpdesk.core.config import config
from helpdesk.core.errors import Conflict
from helpdesk.core.events import Cause
from helpdesk.mail.receiving import inbound, ledger
from helpdesk.mail.receiving.ledger import Received
from helpdesk.settings.sender_rules import BLOCKED, TRUSTED, judge

MOST_TEXT = 50_000  # characters of a preview's text
MOST_HTML = 200_000  # of its HTML; more than that is shown as text alone
LARGEST = 15_000_000  # bytes of a mail that is parsed for a look


def look_at(org_id: str, mail_id: str) -> dict[str, Any]:
    """One mail's row with `preview`: its words, made safe, and its files by name, parsed from the raw mail.

    None instead of a preview of a mail that was erased, is larger than 15 MB, or has a virus.
    """
    row = ledger.known(org_id, mail_id)
    return ledger.public(row) | {"preview": _preview(row)}


def release(actor: Actor, cause: Cause, mail_id: str, *, trust: bool) -> dict[str, Any]:
    """Make a ticket or message of a mail; with `trust` its sender's mail is not taken for spam any more."""
    if trust:
        _judge(cause, mail_id, TRUSTED)
    return inbound.release(actor, mail_id)


def reject(cause: Cause, mail_id: str, *, block: bool) -> dict[str, Any]:
    """Take a mail out of the quarantine's list; with `block` its sender's mail is kept out from now on."""
    if block:
        _judge(cause, mail_id, BLOCKED)
    return ledger.reject(cause.org_id, mail_id)


def _judge(cause: Cause, mail_id: str, verdict: str) -> None:
    row = ledger.known(cause.org_id, mail_id)
    if row.outcome != "quarantine":
        raise Conflict("this mail is not in quarantine", code="not_quarantined")
    if not row.sender:
        raise Conflict("this mail names no sender", code="no_sender")
    judge(cause, row.sender, verdict, f"from the quarantine: {row.cause}")


def _preview(row: Received) -> dict[str, Any] | None:
    from helpdesk.mail.parsing.parse import parse
    from helpdesk.markup.sanitise import sanitise

    if row.purged or row.size > LARGEST or row.verdicts.get("virus") == "FAIL":
        return None
    mail = parse(blobs.get(config().mail_bucket, row.object_key))
    html = mail.html if mail.html and len(mail.html) <= MOST_HTML else None
    files = [
        {"filename": one.filename, "content_type": one.content_type, "size": len(one.content)}
        for one in mail.attachments[:100]
    ]
    return {
        "text": mail.text[:MOST_TEXT],
        "html": sanitise(html, lambda _source: None) if html else None,
        "attachments": files,
    }
