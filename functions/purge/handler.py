"""Erasing: each `ticket.purged` of the bus, and every hour what has lain in the trash for too long."""

from __future__ import annotations

import json
from typing import Any

from helpdesk.core.config import config
from helpdesk.core.queue import take_each


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Take a batch of events and hourly calls."""
    return take_each(event, _take)


def _take(body: str) -> None:
    from helpdesk.privacy import purge

    detail = json.loads(body).get("detail", {})
    if detail.get("type") == "ticket.purged":
        purge.erase(detail["org_id"], detail["subject"]["id"])
    else:
        purge.sweep(config().org_id)
