"""TM-05, TM-22: timers that come due while the stack is down fire when it is up again: all of them, each once."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.flows.test_desk import call, wait_for
from tests.stack_fixture import Stack, start_stack, stop_stack

TICKETS = 100
AHEAD = timedelta(seconds=8)  # from the last one's beginning, so that none is due before the stack is stopped
WITHIN = 60.0  # seconds from the start


def opened(stack: Stack) -> list[str]:
    body = {"subject": "Sleeps", "body_text": "hello", "requester": {"email": "rosa@customer.test"}}

    def one(_number: int) -> str:
        status, ticket = call(stack, "POST", "/v1/tickets", body)
        assert status == 201, ticket
        return str(ticket["id"])

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(TICKETS)))


def asleep_until(stack: Stack, ids: list[str]) -> datetime:
    until = datetime.now(UTC) + AHEAD

    def one(id_: str) -> None:
        status, answer = call(stack, "PUT", f"/v1/tickets/{id_}/snooze", {"until": until.isoformat()})
        assert status == 200, answer

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, ids))
    return until


def woken(stack: Stack) -> list[dict[str, Any]]:
    """All events of tickets that woke, as the feed has them."""
    found: list[dict[str, Any]] = []
    after = "0"
    while True:
        status, page = call(stack, "GET", f"/v1/events?types=ticket.woken&limit=500&after={after}")
        assert status == 200, page
        if not page["data"]:
            return found
        found, after = found + page["data"], page["next_cursor"]


def test_tm05_a_hundred_timers_fire_within_a_minute_of_a_restart(tmp_path: Path) -> None:
    process, first = start_stack(tmp_path / "local")
    try:
        ids = opened(first)
        until = asleep_until(first, ids)
        assert stop_stack(process) == 0
        wait_for("time at which they are due", lambda: datetime.now(UTC) > until)
        began = time.monotonic()
        process, second = start_stack(tmp_path / "local")

        def all_of_them() -> bool:
            return len(woken(second)) >= TICKETS

        wait_for("hundred tickets that woke", all_of_them, WITHIN - (time.monotonic() - began))
        took = time.monotonic() - began
        events = woken(second)
        assert Counter(one["subject"]["id"] for one in events) == dict.fromkeys(ids, 1), "each once"
        assert {one["data"]["cause"] for one in events} == {"time"}
        late = sorted((datetime.fromisoformat(one["at"]) - until).total_seconds() for one in events)
        print(f"{TICKETS} timers: all had fired {took:.1f} s after the start, {late[0]:.1f} to {late[-1]:.1f} s late")
        assert late[0] >= 0
    finally:
        stop_stack(process)
