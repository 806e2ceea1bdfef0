"""The work of jobs: each started one is cut into chunks, and each chunk done."""

from __future__ import annotations

from typing import Any

from helpdesk.core.queue import take_each


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Take a batch of the jobs' queue."""
    from helpdesk.jobs.work import take

    return take_each(event, take)
