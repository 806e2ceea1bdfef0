"""Routing: after what happened to tickets, colleagues and settings, and by the clock, tickets get their owners."""

from __future__ import annotations

import json
from typing import Any

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.queue import take_each

_SECONDS = 45  # of one turn; what is left is looked for at the next tick


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Take events of the bus, ticks, and the nightly count of loads."""
    return take_each(event, _take)


def _take(body: str) -> None:
    from helpdesk.routing import reacting

    org_id, more, message = config().org_id, clock.allowance(_SECONDS), json.loads(body)
    if message.get("kind") == "tick":
        reacting.tick(org_id, more)
    elif message.get("kind") == "repair":
        reacting.repair(org_id, more)
    else:
        reacting.react(org_id, message["detail"], more, _waiting)


def _waiting(team_id: str) -> int:
    """How many tickets of a team nobody could take, by the live counters; one round trip."""
    from helpdesk.feed.store import get_head

    return int(get_head(config().org_id).get(f"unmatched:{team_id}", 0))
