"""What SES tells of mail that we sent."""

from __future__ import annotations

from typing import Any

from helpdesk.core.queue import take_each


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Take a batch of configuration-set events."""
    from helpdesk.mail.sending.feedback import take_event

    return take_each(event, take_event)
