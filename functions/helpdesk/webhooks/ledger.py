"""What was sent to an endpoint, and what it said: for people to read, and to have it sent again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from helpdesk.core import clock
from helpdesk.core.errors import FieldError, Invalid, NotFound
from helpdesk.core.events import Cause
from helpdesk.core.ids import new_id
from helpdesk.core.items import Item
from helpdesk.feed import times
from helpdesk.webhooks import service, store, turn_store, wake

STATUSES = ("delivered", "pending", "failed")
MOST_IDS = 500
_LISTED = (
    *("id", "event_id", "seq", "type", "subject", "status", "tries", "http_status", "milliseconds", "error"),
    *("next_at", "created_at", "updated_at"),
)


def list_deliveries(
    org_id: str, webhook_id: str, *, status: str | None, before: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Deliveries of a webhook, the newest event first, and the position to go on from."""
    service.get(org_id, webhook_id)
    if status and status not in STATUSES:
        fault = FieldError("/status", "unknown", f"one of {', '.join(STATUSES)}")
        raise Invalid("there is no such status", fault, malformed=True)
    rows, position = store.list_deliveries(org_id, webhook_id, status=status, before=before, limit=limit)
    return [_listed(row) for row in rows], position


def get_delivery(org_id: str, webhook_id: str, delivery_id: str) -> dict[str, Any]:
    """One delivery with its tries, oldest first."""
    row = store.get_delivery(org_id, webhook_id, delivery_id)
    if not row:
        raise NotFound("there is no such delivery, or its row has had its 30 days")
    return _listed(row) | {"attempts": row["attempts"]}


def replay(cause: Cause, webhook_id: str, given: dict[str, Any]) -> dict[str, Any]:
    """Send again what was sent, under the same delivery ids: these deliveries, or all events between two times.

    Events of one ticket keep their order. What is new since then is not part of it: it comes by itself.

    Raises
    ------
    NotFound
        when one of the deliveries is not in the ledger.
    Conflict
        while the webhook is paused.
    """
    org_id = cause.org_id
    webhook = service.require_enabled(org_id, webhook_id)
    state = turn_store.states(org_id, [webhook_id]).get(webhook_id, {})
    cursor = int(state.get("cursor", webhook.from_seq))
    replay_ = {"id": cause.command_id or new_id(), "at": clock.stamp(), "by": cause.actor["id"]}
    if "delivery_ids" in given:
        replay_ |= _of_ids(org_id, webhook_id, given["delivery_ids"])
    else:
        replay_ |= _of_times(org_id, given["from"], given.get("to") or clock.stamp(), cursor)
    store.put_replay(org_id, webhook_id, replay_)
    wake.later(org_id, webhook_id)
    return {"id": replay_["id"], "first_seq": replay_["cursor"] + 1, "last_seq": replay_["until"]}


def _of_ids(org_id: str, webhook_id: str, ids: list[str]) -> Item:
    known = store.get_deliveries(org_id, webhook_id, ids)
    if missing := [id_ for id_ in ids if id_ not in known]:
        raise NotFound("some of these deliveries are not in the ledger", missing=missing[:20])
    numbers = sorted(row["seq"] for row in known.values())
    return {"from": "", "to": "", "numbers": numbers, "cursor": numbers[0] - 1, "until": numbers[-1]}


def _of_times(org_id: str, start: str, end: str, cursor: int) -> Item:
    """The stretch of the feed that has these times in it, an hour wider: clocks and streams may lag."""
    hour = timedelta(hours=1)
    first = times.first_at(org_id, clock.iso(clock.parse(start) - hour))
    beyond = times.first_at(org_id, clock.iso(clock.parse(end) + hour))
    until = max(first - 1, min(beyond, cursor))
    return {"from": start, "to": end, "numbers": [], "cursor": first - 1, "until": until}


def _listed(row: Item) -> dict[str, Any]:
    return {name: row[name] for name in _LISTED}
