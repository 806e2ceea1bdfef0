"""What SES tells after it has taken a mail: sent, delivered, bounced, complained (configuration-set events)."""

from __future__ import annotations

import json
from typing import Any

from helpdesk.mail.outbound import note

_STATUS = {"Send": "sent", "Delivery": "delivered", "Complaint": "complained", "Reject": "failed"}


def take_event(body: str) -> None:
    """Note one event of SES on the delivery that its tag names; others are not ours to note."""
    event: dict[str, Any] = json.loads(body)
    if "Message" in event:
        event = json.loads(event["Message"])
    tag = (event["mail"].get("tags") or {}).get("delivery") or []
    status, detail = _meaning(event)
    if tag and status:
        org_id = tag[0].partition("_")[0]
        note(org_id, tag[0], status, detail, ses_id=event["mail"]["messageId"])


def _meaning(event: dict[str, Any]) -> tuple[str | None, str | None]:
    kind = event.get("eventType") or event.get("notificationType")
    if kind == "Bounce":
        bounce = event["bounce"]
        if bounce.get("bounceType") != "Permanent":
            return None, None
        diagnostics = [one.get("diagnosticCode") for one in bounce.get("bouncedRecipients", ())]
        return "bounced", next((text for text in diagnostics if text), bounce.get("bounceSubType"))
    return _STATUS.get(str(kind)), None
