"""What SES says about a mail that it received (the SNS notification of a receipt rule's S3 action)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from helpdesk.core import clock
from helpdesk.core.ids import derived_id

_VERDICTS = ("spam", "virus", "spf", "dkim", "dmarc")


@dataclass(frozen=True)
class Receipt:
    """Where the raw mail lies, whom it was for, and SES's verdicts; `mail_id` is the same on each delivery."""

    mail_id: str
    received_at: str
    object_key: str
    envelope_from: str | None
    recipients: tuple[str, ...]
    verdicts: dict[str, str]


def receipt_of(body: str) -> Receipt:
    """Read a queue message: the notification itself, or wrapped in SNS's envelope.

    Raises
    ------
    ValueError, KeyError
        when it is not a receipt notification; the queue's redrive policy then keeps it.
    """
    notification: dict[str, Any] = json.loads(body)
    if "Message" in notification:
        notification = json.loads(notification["Message"])
    mail, receipt = notification["mail"], notification["receipt"]
    received = clock.parse(receipt["timestamp"])
    key = receipt["action"]["objectKey"]
    verdicts = {name: receipt.get(f"{name}Verdict", {}).get("status", "GRAY") for name in _VERDICTS}
    return Receipt(
        mail_id=derived_id(received, "mail", key),
        received_at=clock.iso(received),
        object_key=key,
        envelope_from=mail.get("source"),
        recipients=tuple(receipt["recipients"]),
        verdicts=verdicts,
    )
