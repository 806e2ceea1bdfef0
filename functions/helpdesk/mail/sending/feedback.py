"""What SES tells of a mail that it took: configuration-set events, one for some or all of its recipients.

https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from helpdesk.access.actor import cause_of, system
from helpdesk.core import clock
from helpdesk.core.email_address import normalise
from helpdesk.mail.sending import suppressions
from helpdesk.mail.sending.progress import note

_PASSING = {"General", "CustomTimeoutExceeded"}  # transient; an out-of-office answer counts as one, too
_HELD_BY_SES = {"Suppressed", "OnAccountSuppressionList"}


@dataclass(frozen=True)
class _Told:
    """One piece of news; `emails` None is about all recipients, `suppress` the reason to send there no more."""

    status: str
    detail: str | None = None
    emails: tuple[str, ...] | None = None
    suppress: str | None = None
    at: str | None = None


def take_event(body: str) -> None:
    """Note one event of SES on the delivery that its tag names, and suppress whom it says to; others are not ours."""
    event: dict[str, Any] = json.loads(body)
    if "Message" in event:
        event = json.loads(event["Message"])
    tag = (event["mail"].get("tags") or {}).get("delivery") or []
    if not tag:
        return
    org_id = tag[0].partition("_")[0]
    for told in _news(event):
        note(org_id, tag[0], told.status, told.detail, emails=told.emails, ses_id=event["mail"]["messageId"])
        if told.suppress:
            cause = cause_of(system(org_id), "mail")
            for email in told.emails or ():
                suppressions.add(cause, email, told.suppress, told.detail, told.at)


def _news(event: dict[str, Any]) -> list[_Told]:
    match event.get("eventType") or event.get("notificationType"):
        case "Send":
            return [_Told("sent")]
        case "Delivery":
            return [_Told("delivered", emails=_addresses(event.get("delivery", {}).get("recipients")))]
        case "DeliveryDelay":
            delay = event["deliveryDelay"]
            return [_of_one(one, "delayed", delay.get("delayType")) for one in delay.get("delayedRecipients", ())]
        case "Bounce":
            return _bounced(event["bounce"])
        case "Complaint":
            return _complained(event["complaint"])
        case "Reject":
            return [_Told("failed", event.get("reject", {}).get("reason"))]
        case "Rendering Failure" | "RenderingFailure":
            return [_Told("failed", event.get("failure", {}).get("errorMessage"))]
    return []


def _bounced(bounce: dict[str, Any]) -> list[_Told]:
    """A permanent bounce ends mail to the address; a passing one says that the mail may still have come, or not."""
    kind, why = bounce.get("bounceType"), bounce.get("bounceSubType")
    held = why in _HELD_BY_SES
    status = "suppressed" if held else "delayed" if kind == "Transient" and why in _PASSING else "bounced"
    reason = "bounce" if kind == "Permanent" else None
    people = bounce.get("bouncedRecipients", ())
    return [_of_one(one, status, why, reason, bounce.get("timestamp")) for one in people]


def _complained(complaint: dict[str, Any]) -> list[_Told]:
    if complaint.get("complaintFeedbackType") == "not-spam":  # somebody took it out of his spam folder
        return []
    held = complaint.get("complaintSubType") in _HELD_BY_SES
    why, at = complaint.get("complaintFeedbackType") or complaint.get("complaintSubType"), complaint.get("timestamp")
    status = "suppressed" if held else "complained"
    return [_of_one(one, status, why, "complaint", at) for one in complaint.get("complainedRecipients", ())]


def _of_one(
    about: dict[str, Any], status: str, why: str | None, suppress: str | None = None, at: str | None = None
) -> _Told:
    detail = about.get("diagnosticCode") or why
    emails = _addresses([about.get("emailAddress")])
    return _Told(status, detail, emails, suppress, clock.iso(clock.parse(at)) if at else None)


def _addresses(told: Iterable[Any] | None) -> tuple[str, ...] | None:
    """Normalised, as our rows have them; None where SES names nobody."""
    known = [normalise(str(one)) for one in told or () if one]
    return tuple(one for one in known if one) or None
