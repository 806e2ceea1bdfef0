"""One try of one delivery, and what it comes to in the ledger."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from helpdesk.core import clock
from helpdesk.core.items import Item
from helpdesk.webhooks import store
from helpdesk.webhooks.endpoint import Endpoint, queued
from helpdesk.webhooks.payload import body_of
from helpdesk.webhooks.posting import Outcome, post
from helpdesk.webhooks.schedule import TRIES, WAITS, wait_after
from helpdesk.webhooks.signing import signed_headers

MOST_KEPT = 20  # tries that a row of the ledger remembers
GONE = 410  # the endpoint's way to say that it does not want any more (Standard Webhooks)
_FIXED = {"content-type": "application/json", "user-agent": "Lambdesk-Webhooks/1", "connection": "close"}


def attempt(endpoint: Endpoint, row: dict[str, Any], replay: str = "", *, probe: bool = False) -> bool:
    """Send an event of the feed to the endpoint; False if it has to wait, and those behind it with it.

    A `probe` that fails is none of its tries: it only asks whether the endpoint is back.

    Dying after the endpoint has it and before it is noted sends it again, under the same id.
    """
    webhook = endpoint.webhook
    there = endpoint.waiting.get(row["seq"])
    waiting = _begun(there or queued(webhook.id, row, replay))
    known = None
    if waiting["tries"] or waiting["replay"] or endpoint.turn.unclean:
        known = store.get_delivery(webhook.org_id, webhook.id, waiting["delivery_id"])
    at = clock.now()
    body = body_of(webhook, row)
    headers = signed_headers(webhook, waiting["delivery_id"], body, at)
    outcome = post(webhook.url, body.encode(), _FIXED | headers)
    still = None if outcome.delivered else _waiting(endpoint, waiting, outcome, at, probe)
    status = "delivered" if outcome.delivered else "pending" if still else "failed"
    entry = _entry(row, known, waiting, outcome, status, at)
    entry["next_at"] = still and still["next_at"]
    store.settle(webhook.org_id, webhook.id, entry, still, was_waiting=there is not None)
    if outcome.delivered:
        endpoint.succeeded(row["seq"], at)
    elif still:
        endpoint.failed(still)
    else:
        endpoint.gave_up(row["seq"])
    return still is None


def _begun(waiting: Item) -> Item:
    """The row before its try; one that was tried to the end, and may be tried again, begins anew."""
    if waiting["tries"] >= TRIES:
        waiting = waiting | {"tries": 0, "since": ""}
    return waiting


def _waiting(endpoint: Endpoint, waiting: Item, outcome: Outcome, at: datetime, probe: bool) -> Item | None:
    """The row as it waits after a failure; None when it is given up, because others have got through meanwhile.

    When nothing has got through since the first try, the endpoint is dead: it is paused, and everything is kept.
    """
    if probe and outcome.http_status != GONE:
        return waiting | {"tried_at": clock.iso(at)}
    tries, since = waiting["tries"] + 1, waiting["since"] or clock.iso(at)
    seconds = wait_after(tries, outcome.retry_after)
    if outcome.http_status == GONE:
        endpoint.pause_reason = "the endpoint answered 410: it does not want any more"
    elif seconds is None:
        if endpoint.turn.last_success > since:
            return None
        endpoint.pause_reason = f"{tries} tries since {since} have failed: {outcome.error}"
    next_at = clock.iso(at + timedelta(seconds=seconds or WAITS[-1]))
    return waiting | {"tries": tries, "since": since, "tried_at": clock.iso(at), "next_at": next_at}


def _entry(
    row: dict[str, Any], known: Item | None, waiting: Item, outcome: Outcome, status: str, at: datetime
) -> dict[str, Any]:
    this = {
        "at": clock.iso(at),
        "http_status": outcome.http_status,
        "milliseconds": outcome.milliseconds,
        "response": outcome.response,
        "error": outcome.error,
    }
    first: Item = {"created_at": this["at"], "attempts": [], "tries": 0}
    known = known or first
    return {
        "id": waiting["delivery_id"],
        "event_id": row["id"],
        "seq": row["seq"],
        "type": row["type"],
        "subject": row["subject"],
        "status": status,
        "tries": known["tries"] + 1,
        "created_at": known["created_at"],
        "updated_at": this["at"],
        "http_status": outcome.http_status,
        "milliseconds": outcome.milliseconds,
        "error": outcome.error,
        "attempts": [*known["attempts"], this][-MOST_KEPT:],
        "replay": waiting["replay"],
    }
