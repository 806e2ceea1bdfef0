"""Putting a mail in as SES does: the raw object first, then the receipt notification through the worker."""

from __future__ import annotations

import itertools
import json
from email.message import EmailMessage
from typing import Any

import boto3

from helpdesk.core import clock
from tests.cloud import SUPPORT

_count = itertools.count(1)


def notification(
    raw: bytes,
    *,
    to: list[str] | None = None,
    key: str | None = None,
    source: str = "carla@customer.test",
    **verdicts: str,
) -> str:
    """Store the raw mail; gives the notification that SES would send."""
    number = next(_count)
    key = key or f"inbound/mail-{number}"
    boto3.client("s3").put_object(Bucket="mail", Key=key, Body=raw)
    stamp = clock.stamp()
    receipt = {
        "timestamp": stamp,
        "recipients": to or [SUPPORT],
        "action": {"type": "S3", "bucketName": "mail", "objectKey": key},
    } | {f"{name}Verdict": {"status": status} for name, status in verdicts.items()}
    mail = {"messageId": f"m-{number}", "source": source, "timestamp": stamp}
    return json.dumps({"Type": "Notification", "Message": json.dumps({"mail": mail, "receipt": receipt})})


def take(body: str) -> list[str]:
    """Give the worker one notification; gives the ids of those that failed."""
    from inbound_mail.handler import handler

    answer = handler({"Records": [{"messageId": "sqs-1", "body": body}]}, None)
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]


def a_mail(subject: str = "The charger stops", text: str = "It stops.", **headers: str) -> EmailMessage:
    """A plain mail from Carla."""
    mail = EmailMessage()
    given = {
        "From": "Carla Customer <carla@customer.test>",
        "To": SUPPORT,
        "Subject": subject,
        "Message-ID": f"<{next(_count)}@customer.test>",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in given.items():
        mail[name] = value
    mail.set_content(text)
    return mail


def receive(mail: EmailMessage | bytes, **options: Any) -> dict[str, Any]:
    """Put a mail in and give its row of the ledger."""
    from helpdesk.core.config import config
    from helpdesk.mail.receiving import ledger
    from helpdesk.mail.receiving.receipt import receipt_of

    body = notification(mail if isinstance(mail, bytes) else mail.as_bytes(), **options)
    assert take(body) == []
    return ledger.public(ledger.known(config().org_id, receipt_of(body).mail_id))
