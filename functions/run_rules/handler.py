"""Rules: each command on a ticket once, and every quarter of an hour those that wait for the time."""

from __future__ import annotations

import json
from typing import Any

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.queue import take_each

_SECONDS = 45  # of one look; what is left is looked at when it comes again


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Take events of tickets, and ticks."""
    return take_each(event, _take)


def _take(body: str) -> None:
    job = json.loads(body)
    if job.get("kind") == "tick":
        from helpdesk.rules import timed

        timed.look(config().org_id, clock.allowance(_SECONDS))
        return
    from helpdesk.rules import running

    event = job["detail"]
    running.run(event["org_id"], event["subject"]["id"], event["version"])
