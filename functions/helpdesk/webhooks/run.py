"""Delivering to one endpoint: what is due again, then what is new in the feed, then replays, until there is no more.

The feed is the queue: an endpoint is a number in it (the cursor) and the few events before that which still wait.
An endpoint that is down costs nothing but a look now and then, and what it missed stays where it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import timedelta
from time import monotonic
from typing import Any

from helpdesk.core import clock
from helpdesk.core.items import Item
from helpdesk.core.table import ConditionFailed
from helpdesk.feed import reading
from helpdesk.webhooks import registry, store, turn_store, wake
from helpdesk.webhooks.endpoint import Endpoint
from helpdesk.webhooks.turn_store import Lost, Turn
from helpdesk.webhooks.windows import probe, retry, send
from helpdesk.webhooks.wishes import wanted

SECONDS = 25.0  # after which a run ends and queues behind others
SIDE_BY_SIDE = 8  # tickets that are delivered at once
WINDOW = 100  # entries of the feed looked at together
_LONGEST = 900  # seconds that SQS can delay a message


def deliver(org_id: str, webhook_id: str) -> None:
    """Deliver what there is for an endpoint, unless another worker does."""
    webhook = registry.find(org_id, webhook_id)
    if not webhook or not webhook.enabled:
        return
    turn = turn_store.take(org_id, webhook_id, webhook.from_seq)
    if turn:
        try:
            with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
                _hold(turn, pool, monotonic() + SECONDS)
        except Lost:
            return


def _hold(turn: Turn, pool: Executor, until: float) -> None:
    while True:
        webhook = registry.find(turn.org_id, turn.webhook_id)
        if not webhook or not webhook.enabled:
            turn_store.give_back(turn, whatever=True)
            return
        waiting, replays = store.get_work(turn.org_id, turn.webhook_id)
        endpoint = Endpoint(webhook, turn, until, {row["seq"]: row for row in waiting})
        moved = any([_try_again(endpoint, pool), _go_on(endpoint, pool), *_replayed(endpoint, pool, replays)])
        moved = _look(endpoint) or moved
        if endpoint.pause_reason:
            registry.pause(webhook, endpoint.pause_reason)
        elif monotonic() > until:
            wake.later(turn.org_id, turn.webhook_id)
        elif moved:
            turn_store.keep(turn)
            continue
        else:
            _arm(endpoint)
            if turn_store.give_back(turn):
                return
            continue
        turn_store.give_back(turn, whatever=True)
        return


def _try_again(endpoint: Endpoint, pool: Executor) -> bool:
    heads = endpoint.heads
    subjects = {subject for subject, row in heads.items() if endpoint.due(row)}
    numbers = [seq for seq, row in endpoint.waiting.items() if row["subject"] in subjects]
    if numbers:
        return retry(endpoint, pool, _read(endpoint, sorted(numbers)[:WINDOW]))
    return False


def _look(endpoint: Endpoint) -> bool:
    """See whether an endpoint that is down is back, if it is time and nothing new has been tried."""
    if not endpoint.may_probe() or not endpoint.open:
        return False
    rows = _read(endpoint, [min(row["seq"] for row in endpoint.heads.values())])
    return any(probe(endpoint, row) for row in rows.values())


def _read(endpoint: Endpoint, numbers: list[int]) -> dict[int, dict[str, Any]]:
    """Events that wait, by number; one that was erased meanwhile waits no longer."""
    rows = reading.read_some(endpoint.webhook.org_id, numbers)
    for seq in set(numbers) - set(rows):
        store.drop_waiting(endpoint.webhook.org_id, endpoint.webhook.id, seq)
        endpoint.gave_up(seq)
    return rows


def _go_on(endpoint: Endpoint, pool: Executor) -> bool:
    """Take the next stretch of the feed; True if the cursor has moved."""
    turn = endpoint.turn
    rows = reading.read(turn.org_id, turn.cursor, WINDOW)
    if not rows:
        return False
    stopped = send(endpoint, pool, wanted(endpoint.webhook, rows))
    before, turn.cursor = turn.cursor, rows[-1]["seq"] if stopped is None else stopped - 1
    return turn.cursor > before


def _replayed(endpoint: Endpoint, pool: Executor, replays: Iterable[Item]) -> Iterable[bool]:
    for replay in replays:
        turn = endpoint.turn
        rows, end = _stretch(turn.org_id, replay)
        stopped = send(endpoint, pool, _chosen(endpoint, replay, rows), replay["id"])
        position = end if stopped is None else stopped - 1
        try:
            over = position >= replay["until"]
            store.move_replay(turn.org_id, turn.webhook_id, replay, None if over else position)
        except ConditionFailed:  # the webhook was deleted
            continue
        yield position > replay["cursor"]


def _stretch(org_id: str, replay: Item) -> tuple[list[dict[str, Any]], int]:
    """The next events of a replay, and the number up to which that was everything."""
    if replay["numbers"]:
        numbers = [seq for seq in replay["numbers"] if seq > replay["cursor"]][:WINDOW]
        found = reading.read_some(org_id, numbers)
        return [found[seq] for seq in sorted(found)], numbers[-1] if numbers else replay["until"]
    rows = reading.read(org_id, replay["cursor"], WINDOW)
    end = rows[-1]["seq"] if rows else replay["until"]
    return [row for row in rows if row["seq"] <= replay["until"]], min(end, replay["until"])


def _chosen(endpoint: Endpoint, replay: Item, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if replay["numbers"]:
        return rows
    return wanted(endpoint.webhook, [row for row in rows if replay["from"] <= row["at"] <= replay["to"]])


def _arm(endpoint: Endpoint) -> None:
    """See to it that somebody looks again when something is due; SQS waits 15 minutes at most, so perhaps in steps."""
    at = endpoint.next_at()
    if not at:
        return
    now = clock.now()
    soon = clock.iso(now + timedelta(seconds=1))
    if soon < endpoint.turn.armed <= at:
        return
    seconds = min(_LONGEST, max(1, math.ceil((clock.parse(at) - now).total_seconds())))
    wake.later(endpoint.turn.org_id, endpoint.turn.webhook_id, seconds)
    endpoint.turn.armed = clock.iso(now + timedelta(seconds=seconds))
