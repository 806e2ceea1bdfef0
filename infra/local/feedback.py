"""What SES tells about a sent mail: the event publishing records of a configuration set.

Shapes: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
Outcomes follow the mailbox simulator: https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import Message
from typing import Any

SIMULATOR = "simulator.amazonses.com"
TAGS = "X-SES-MESSAGE-TAGS"
CONFIGURATION_SET = "X-SES-CONFIGURATION-SET"


def events(mail: Message, sender: str, recipients: Sequence[str]) -> list[dict[str, Any]]:
    """`Send`, then one outcome per recipient: Delivery, or what the simulator's addresses stand for."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    about = {
        "timestamp": at,
        "source": sender,
        "sendingAccountId": "000000000000",
        "messageId": str(mail["Message-ID"] or "").strip().strip("<>").partition("@")[0],
        "destination": list(recipients),
        "headersTruncated": False,
        "tags": _tags(mail),
    }
    made = [{"eventType": "Send", "mail": about, "send": {}}]
    return made + [_outcome(recipient, at) | {"mail": about} for recipient in recipients]


def without_ses_headers(raw: bytes) -> bytes:
    """The mail as it leaves SES: the two steering headers are gone, every other byte is as it was."""
    head, separator, body = raw.partition(b"\r\n\r\n")
    kept: list[bytes] = []
    dropping = False
    for line in head.split(b"\r\n"):
        if not line[:1].isspace():
            dropping = line.upper().startswith((f"{TAGS}:".encode(), f"{CONFIGURATION_SET}:".encode()))
        if not dropping:
            kept.append(line)
    return b"\r\n".join(kept) + separator + body


def _tags(mail: Message) -> dict[str, list[str]]:
    pairs = (pair.partition("=") for pair in str(mail[TAGS] or "").replace("\r\n", "").split(","))
    tags = {name.strip(): [value.strip()] for name, _, value in pairs if name.strip()}
    return tags | {"ses:configuration-set": [str(mail[CONFIGURATION_SET] or "").strip()]}


def _outcome(recipient: str, at: str) -> dict[str, Any]:
    local, _, domain = recipient.lower().partition("@")
    kind = local.split("+")[0] if domain == SIMULATOR else "success"
    if kind in {"bounce", "suppressionlist"}:
        return {"eventType": "Bounce", "bounce": _bounce(recipient, at, suppressed=kind != "bounce")}
    if kind == "complaint":
        return {"eventType": "Complaint", "complaint": _complaint(recipient, at)}
    delivery = {
        "timestamp": at,
        "processingTimeMillis": 1,
        "recipients": [recipient],
        "smtpResponse": "250 2.0.0 kept in the local mailbox",
        "reportingMTA": "localhost",
    }
    return {"eventType": "Delivery", "delivery": delivery}


def _bounce(recipient: str, at: str, *, suppressed: bool) -> dict[str, Any]:
    return {
        "bounceType": "Permanent",
        "bounceSubType": "OnAccountSuppressionList" if suppressed else "General",
        "bouncedRecipients": [
            {
                "emailAddress": recipient,
                "action": "failed",
                "status": "5.1.1",
                "diagnosticCode": "smtp; 550 5.1.1 user unknown",
            }
        ],
        "timestamp": at,
        "feedbackId": f"local-{at}",
        "reportingMTA": "dns; localhost",
    }


def _complaint(recipient: str, at: str) -> dict[str, Any]:
    return {
        "complainedRecipients": [{"emailAddress": recipient}],
        "timestamp": at,
        "feedbackId": f"local-{at}",
        "complaintSubType": None,
        "complaintFeedbackType": "abuse",
        "arrivalDate": at,
    }
