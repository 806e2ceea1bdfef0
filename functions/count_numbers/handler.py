"""Events on the bus say that there is something to count; what it is stands in the feed."""

from __future__ import annotations

from typing import Any

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.errors import Unavailable
from helpdesk.core.queue import take_each

_SECONDS = 45  # of one turn; what is left comes again


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Take a batch of wake-up calls: all of them are answered by counting to the end of the feed once."""
    from helpdesk.numbers.counting import catch_up

    more = clock.allowance(_SECONDS)
    done: list[int] = []

    def take(_body: str) -> None:
        if not done:
            done.append(catch_up(config().org_id, more))
        if not more():
            raise Unavailable("there is more to count")

    return take_each(event, take)
