"""Mail that SES has received: each notification ends as one row of the ledger."""

from __future__ import annotations

from typing import Any

from helpdesk.core.queue import take_each


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Take a batch of receipt notifications."""
    from helpdesk.mail.receiving.inbound import receive

    return take_each(event, receive)
