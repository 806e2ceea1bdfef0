"""What SES does with a received mail: its trace headers, and the notification that names the stored object.

Shapes: https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from typing import Any

PREFIX = "inbound/"
ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
HEADER_BYTES = 10 * 1024  # SES cuts the copied headers there


def new_message_id() -> str:
    """An id as SES makes them for received mail: 40 lower-case letters and digits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(40))


def stored_bytes(raw: bytes, message_id: str, sender: str, peer: str, recipient: str) -> bytes:
    """The mail as SES stores it: its own trace headers before the sender's."""
    at = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S +0000 (UTC)")
    trace = (
        f"Return-Path: <{sender}>\r\n"
        f"Received: from {peer}\r\n by inbound-smtp.localhost with SMTP id {message_id}\r\n"
        f" for {recipient};\r\n {at}\r\n"
    )
    return trace.encode("utf-8", "surrogateescape") + raw


def notification(
    raw: bytes,
    message_id: str,
    sender: str,
    recipients: Sequence[str],
    bucket: str,
    topic: str,
    found: Mapping[str, str],
) -> dict[str, Any]:
    """The `Received` notification of an S3 action; `found` are the verdicts (`authenticity.verdicts_of`)."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    headers = _headers(raw)
    verdicts = {f"{name}Verdict": {"status": status} for name, status in found.items()}
    action = {
        "type": "S3",
        "topicArn": topic,
        "bucketName": bucket,
        "objectKeyPrefix": PREFIX,
        "objectKey": f"{PREFIX}{message_id}",
    }
    return {
        "notificationType": "Received",
        "mail": {
            "timestamp": at,
            "source": sender,
            "messageId": message_id,
            "destination": list(recipients),
            "headersTruncated": len(raw.split(b"\r\n\r\n", 1)[0]) > HEADER_BYTES,
            "headers": headers,
            "commonHeaders": _common(headers, sender),
        },
        "receipt": {
            "timestamp": at,
            "processingTimeMillis": 1,
            "recipients": list(recipients),
            **verdicts,
            "action": action,
        },
    }


def _headers(raw: bytes) -> list[dict[str, str]]:
    block = raw[:HEADER_BYTES].split(b"\r\n\r\n", 1)[0]
    parsed = message_from_bytes(block + b"\r\n\r\n")
    return [{"name": name, "value": _text(value)} for name, value in parsed.items()]


def _common(headers: list[dict[str, str]], sender: str) -> dict[str, Any]:
    first = {it["name"].lower(): it["value"] for it in reversed(headers)}
    found: dict[str, Any] = {"returnPath": sender}
    names = {"date": "date", "subject": "subject", "messageId": "message-id"}
    found |= {key: first[name] for key, name in names.items() if name in first}
    return found | {key: [first[key]] for key in ("from", "to", "cc") if key in first}


def _text(value: object) -> str:
    return str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
