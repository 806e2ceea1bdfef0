"""Events that people want to hear of, and each minute what was held until now."""

from __future__ import annotations

import json
from typing import Any

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.queue import take_each

_SECONDS = 20  # of one turn of the clock; what is left is due in the next minute, too


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Take a batch of events and ticks."""
    return take_each(event, _take)


def _take(body: str) -> None:
    from helpdesk.core.events import Event
    from helpdesk.following import reacting as following
    from helpdesk.notifications import clockwork, service

    job = json.loads(body)
    if job.get("kind") == "tick":
        clockwork.run(config().org_id, clock.allowance(_SECONDS))
    else:
        event = Event.from_item(job["detail"])
        service.take(event)
        following.take(event)  # after it: who is told of the event already is told of it once
