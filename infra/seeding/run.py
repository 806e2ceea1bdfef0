"""Seeding in parallel: plans in one process, commits in several, until the feed has caught up."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from functools import partial
from multiprocessing import get_context

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.feed.store import get_head
from infra.seeding import people as staff
from infra.seeding import tickets

YEAR = timedelta(days=365)
CHUNK = 20
PROCESSES = 3
CATCH_UP_SECONDS = 300

Advance = Callable[[int], None]


def seed(count: int, number: int, advance: Advance) -> int:
    """Make `count` tickets over the last year; `advance` hears of each batch; says how many events."""
    rng = random.Random(number)  # noqa: S311 - made-up data
    org_id, now = config().org_id, clock.now()
    teams = staff.make_teams(org_id)
    cast = {
        "teams": teams,
        "colleagues": staff.make_colleagues(org_id, teams),
        "customers": staff.make_customers(org_id, max(5, count // 4), now - YEAR, rng),
    }
    times = sorted(now - YEAR * rng.random() for _ in range(count))
    plans = [tickets.plan(at, now, cast, rng) for at in times]
    before = get_head(org_id)["last"]
    events = 0
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        for made, told in pool.map(partial(_write, org_id), _chunks(plans)):
            events += told
            advance(made)
    _wait_for_feed(org_id, before + events)
    return events


def _write(org_id: str, chunk: list[tickets.Plan]) -> tuple[int, int]:
    rng = random.Random(str(chunk[0].created))  # noqa: S311 - made-up data
    return len(chunk), sum(tickets.write(plan, org_id, rng) for plan in chunk)


def _chunks(plans: list[tickets.Plan]) -> Iterator[list[tickets.Plan]]:
    for start in range(0, len(plans), CHUNK):
        yield plans[start : start + CHUNK]


def _wait_for_feed(org_id: str, last: int) -> None:
    """The stream publishes what was committed; counts and feed are right when it is through.

    Raises
    ------
    TimeoutError
        when it is not after five minutes.
    """
    deadline = time.monotonic() + CATCH_UP_SECONDS
    while get_head(org_id)["last"] < last:
        if time.monotonic() > deadline:
            raise TimeoutError("the feed has not caught up; is the stack healthy?")
        time.sleep(0.2)
