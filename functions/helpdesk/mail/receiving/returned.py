"""Reports that come back as mail: what they say is noted on the mail of ours that they name (EM-34, 35, 37).

They are no words of a customer, so they make no message. SES owns the return path of what we send and tells of
bounces itself (`feedback`); these are those of servers that write to From or Reply-To.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from helpdesk.access.actor import cause_of, system
from helpdesk.core.items import Item
from helpdesk.mail.model import ReportedRecipient
from helpdesk.mail.receiving.incoming import Incoming
from helpdesk.mail.receiving.ledger import Received
from helpdesk.mail.sending import deliveries, suppressions
from helpdesk.mail.sending.progress import note

_STATUS = {"failed": "bounced", "delayed": "delayed", "delivered": "delivered"}
_REASON = {"bounced": "bounce", "complained": "complaint"}
_UNNAMED = ReportedRecipient("", "failed")


def delivery_of(incoming: Incoming, found: Mapping[str, Mapping[str, Any]]) -> Item | None:
    """The delivery of ours that a report is about, or None; `found` is what the store has for its ids."""
    report = incoming.mail.report
    if not report or report.kind not in ("delivery", "feedback"):
        return None
    known = found.get(report.original_message_id or "", {})
    return deliveries.find(incoming.org_id, known["delivery_id"]) if known.get("delivery_id") else None


def take(incoming: Incoming, row: Received, delivery: Item) -> Received:
    """Note the report on its delivery; gives its mail's row for the ledger, as belonging to that message.

    A forged report could say anything, so it counts only for those that the mail went to, and only a verified one
    suppresses an address.
    """
    report = incoming.mail.report
    assert report  # noqa: S101 - delivery_of has seen it
    went_to = [state["email"] for state in delivery.get("recipients", ())]
    told = [one for one in report.recipients if one.email in went_to]
    if not told and len(went_to) == 1:  # it was forwarded, or the report names nobody
        told = [replace(one, email=went_to[0]) for one in report.recipients[:1] or [_UNNAMED]]
    for one in told:
        _note(incoming, report.kind, delivery["id"], one)
    return replace(
        row,
        outcome="message",
        message_id=incoming.message_id,
        reason=f"a report about our mail {delivery['id']}",
        ticket_id=delivery["ticket_id"],
        ticket_message_id=delivery["message_id"],
    )


def _note(incoming: Incoming, kind: str, delivery_id: str, told: ReportedRecipient) -> None:
    status = "complained" if kind == "feedback" else _STATUS.get(told.action)
    if not status:
        return
    detail = told.diagnostic or told.status or told.action
    note(incoming.org_id, delivery_id, status, detail, emails=[told.email])
    permanent = kind == "feedback" or (told.status or "5").startswith("5")
    if status in _REASON and permanent and incoming.receipt.verdicts.get("dmarc") == "PASS":
        suppressions.add(cause_of(system(incoming.org_id), "mail"), told.email, _REASON[status], detail)
