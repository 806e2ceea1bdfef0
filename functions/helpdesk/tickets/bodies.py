"""Long bodies live in S3, so that fifty messages always fit one 1 MB page of a query (AWS limit)."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from helpdesk.core import blobs
from helpdesk.core.config import config
from helpdesk.tickets.model import Message

MOST_INLINE = 16_000  # bytes of text and html together
_PREVIEW = 2_000


def shelve(org_id: str, ticket_id: str, message: Message, edition: str = "") -> Message:
    """The message as its row holds it: a long body is put in S3 first, and the row keeps a preview.

    An `edition` is put beside what is there, which stands until the row names the new one.

    The ticket is in the key, so that a purge finds also what a killed or repeated command left there.
    """
    texts = {name: getattr(message, name) for name in ("body_text", "body_html", "trimmed_html")}
    content = json.dumps(texts, ensure_ascii=False).encode()
    if message.body_key or len(content) <= MOST_INLINE:
        return message
    key = f"{folder_of(org_id, ticket_id)}{message.id}{edition and '.'}{edition}"
    blobs.put(config().attachments_bucket, key, content, "application/json")
    return replace(message, body_text=message.body_text[:_PREVIEW], body_html="", trimmed_html=None, body_key=key)


def folder_of(org_id: str, ticket_id: str) -> str:
    """What the keys of a ticket's long bodies begin with."""
    return f"{org_id}/bodies/{ticket_id}/"


def unshelve(messages: list[Message]) -> list[Message]:
    """The messages with their whole bodies; those in S3 are read side by side."""
    shelved = [message for message in messages if message.body_key]
    if not shelved:
        return messages
    with ThreadPoolExecutor(max_workers=8) as pool:
        whole = dict(zip((one.id for one in shelved), pool.map(_whole, shelved), strict=True))
    return [whole.get(message.id, message) for message in messages]


def _whole(message: Message) -> Message:
    texts = json.loads(blobs.get(config().attachments_bucket, message.body_key or ""))
    return replace(message, **texts)
