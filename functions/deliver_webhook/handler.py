"""Events on their way to webhooks: each message wakes the endpoints that ask for it."""

from __future__ import annotations

from typing import Any


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Take a batch of events, of our own wake-up messages, and ticks of the clock."""
    from helpdesk.webhooks.wake import take

    return {"batchItemFailures": [{"itemIdentifier": id_} for id_ in take(event["Records"])]}
