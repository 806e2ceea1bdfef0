"""Delivery reports: who was not reached, and with which of our mails (RFC 3464, RFC 6522; EM-33)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

from helpdesk.core import email_address
from helpdesk.mail import message_ids
from helpdesk.mail.header_lines import HeaderLines
from helpdesk.mail.model import Bounce

_MESSAGE_ID = re.compile(r"^message-id:\s*(<[^<>\r\n]{1,990}>)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


def find(root: Message, headers: HeaderLines) -> Bounce | None:
    """What the report in `root` says, or None if the mail is none; a receipt of reading or success is none
    either.
    """
    blocks = [block for part in _parts(root, "message/delivery-status") for block in _children(part)]
    failed = [block for block in blocks if str(block.get("action", "")).strip().lower() in {"failed", "delayed"}]
    named = tuple(_addresses(headers.first("x-failed-recipients").split(",")))
    if not failed and not named:
        return None
    actions = {str(block.get("action", "")).strip().lower() for block in failed}
    statuses = [found.group() for block in failed if (found := _STATUS.search(str(block.get("status", ""))))]
    return Bounce(
        recipients=tuple(dict.fromkeys([*_addresses(map(_recipient, failed)), *named])),
        status=statuses[0] if statuses else None,
        permanent="failed" in actions or not actions,
        original_message_id=_original(root),
    )


def _parts(root: Message, content_type: str) -> list[Message]:
    return [part for part in root.walk() if part.get_content_type().lower() == content_type]


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _recipient(block: Message) -> str:
    value = str(block.get("final-recipient") or block.get("original-recipient") or "")
    return value.rpartition(";")[2]


def _addresses(values: Iterator[str] | list[str] | map[str]) -> list[str]:
    return [email for value in values if (email := email_address.normalise(value))]


def _original(root: Message) -> str | None:
    for part in _parts(root, "message/rfc822"):
        for embedded in _children(part):
            if found := message_ids.normalise(str(embedded.get("message-id", ""))):
                return found
    for part in _parts(root, "text/rfc822-headers"):
        match = _MESSAGE_ID.search(str(part.get_payload()))
        if match:
            return message_ids.normalise(match.group(1))
    return None
