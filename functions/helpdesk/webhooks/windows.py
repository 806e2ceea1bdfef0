"""A stretch of events on its way: tickets side by side, the events of one ticket one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Any

from helpdesk.webhooks import store
from helpdesk.webhooks.attempts import attempt
from helpdesk.webhooks.endpoint import Endpoint, subject_of
from helpdesk.webhooks.payload import delivery_id

Rows = Sequence[dict[str, Any]]


def send(endpoint: Endpoint, pool: Executor, rows: Rows, replay: str = "") -> int | None:
    """Deliver events, or let them wait behind others of their tickets; None when all of them are taken care of.

    Gives the number of the first that is not, because time is up or the endpoint is down.
    """
    fresh = _not_done(endpoint, rows, replay)
    blocked = {row["subject"] for row in endpoint.waiting.values()}
    endpoint.queue([row for row in fresh if subject_of(row) in blocked], replay)
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in fresh:
        if subject_of(row) not in blocked:
            groups[subject_of(row)].append(row)
    chains = list(groups.values())
    if endpoint.down:  # of something new one event, now and then; in turn with what waits already
        chains = [chain[:1] for chain in chains[:1] if endpoint.may_probe() and endpoint.turn.probes % 2]
    handled: set[int] = {row["seq"] for row in rows} - {row["seq"] for group in groups.values() for row in group}
    for done in pool.map(lambda chain: _send_chain(endpoint, chain, replay), chains):
        handled |= done
    if endpoint.down and chains:
        endpoint.probed()
    return next((row["seq"] for row in rows if row["seq"] not in handled), None)


def retry(endpoint: Endpoint, pool: Executor, rows: dict[int, dict[str, Any]]) -> bool:
    """Try what waits and is due, with what waits behind it; True if anything has got through or been given up."""
    before = set(endpoint.waiting)
    chains: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for seq in sorted(rows):
        chains[subject_of(rows[seq])].append(rows[seq])
    list(pool.map(lambda chain: _retry_chain(endpoint, chain), chains.values()))
    return set(endpoint.waiting) != before


def probe(endpoint: Endpoint, row: dict[str, Any]) -> bool:
    """Look with what waits longest whether the endpoint is back; True if it is."""
    back = attempt(endpoint, row, probe=True)
    endpoint.probed()
    return back


def _send_chain(endpoint: Endpoint, chain: Rows, replay: str) -> set[int]:
    """Deliver events of one ticket in order; after a failure the others wait behind it."""
    done: set[int] = set()
    probing = endpoint.down
    for place, row in enumerate(chain):
        if not endpoint.open or (endpoint.down and not probing):
            break
        done.add(row["seq"])
        if not attempt(endpoint, row, replay):
            endpoint.queue(chain[place + 1 :], replay)
            return done | {one["seq"] for one in chain}
    return done


def _retry_chain(endpoint: Endpoint, chain: Rows) -> None:
    for row in chain:
        waits = endpoint.waiting[row["seq"]]
        if not endpoint.open or not endpoint.due(waits) or not attempt(endpoint, row):
            return


def _not_done(endpoint: Endpoint, rows: Rows, replay: str) -> Rows:
    """Without what waits already, and without what a worker that was killed had sent."""
    webhook = endpoint.webhook
    fresh = [row for row in rows if row["seq"] not in endpoint.waiting]
    if not endpoint.turn.unclean or not fresh:
        return fresh
    ids = {delivery_id(webhook.id, row): row["seq"] for row in fresh}
    known = store.get_deliveries(webhook.org_id, webhook.id, ids)
    done = {ids[id_] for id_, entry in known.items() if not replay or entry["replay"] == replay}
    return [row for row in fresh if row["seq"] not in done]
