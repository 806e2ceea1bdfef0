"""The clock: each minute what is due; each night and after a change of rules, policies or calendars, what follows."""

from __future__ import annotations

import json
from typing import Any

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.queue import take_each

_SECONDS = 45  # of one turn; what is left is due in the next minute, too


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Take ticks, and changes of what timers hang on."""
    return take_each(event, _take)


def _take(body: str) -> None:
    from helpdesk.timers import firing

    org_id, more = config().org_id, clock.allowance(_SECONDS)
    if json.loads(body).get("kind") != "tick":
        firing.repair(org_id, more)
    firing.run(org_id, more)
