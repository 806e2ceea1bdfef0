"""Mail that is to go out: each job sends one mail, once."""

from __future__ import annotations

from typing import Any

from helpdesk.core.queue import take_each


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Take a batch of events and sign-in jobs."""
    from helpdesk.mail.sending.outbound import send_for

    return take_each(event, send_for)
