"""What administrators do with webhooks: make, change, remove, give a new secret, try out, replay."""

from __future__ import annotations

from typing import Any

from helpdesk.core import clock
from helpdesk.core.errors import Conflict, FieldError, Invalid
from helpdesk.core.events import Cause, event_of
from helpdesk.core.ids import new_id
from helpdesk.core.items import Item
from helpdesk.feed.store import get_head
from helpdesk.records import service as records
from helpdesk.webhooks import event_types, store, targets, turn_store, wake
from helpdesk.webhooks.model import OLD_SECRET, Webhook, webhook_from
from helpdesk.webhooks.payload import body_of
from helpdesk.webhooks.posting import Outcome, post
from helpdesk.webhooks.registry import WEBHOOK
from helpdesk.webhooks.signing import secret_of, signed_headers
from helpdesk.webhooks.wishes import checked_filter

_SHOWN = ("id", "url", "events", "description", "payload", "filter", "scope", "enabled", "paused", "position")
_SETTLING = 3  # seconds until a change of a webhook is surely seen by those whom an event has woken


def create(cause: Cause, given: dict[str, Any]) -> dict[str, Any]:
    """Make a webhook, which gets what happens from now on; the answer carries `secret`, shown this once.

    Raises
    ------
    Invalid
        for a URL that is not public https, an event type that there is not, a filter that means nothing.
    """
    _check(cause.org_id, given)
    usual = {"description": "", "payload": "full", "filter": None, "scope": "internal"}
    own = {
        "enabled": True,
        "enabled_at": clock.stamp(),
        "paused": None,
        "from_seq": get_head(cause.org_id)["last"],
        "secret_generation": 1,
        "rotated_at": None,
    }
    row = records.create(cause, WEBHOOK, usual | given | own)
    wake.later(cause.org_id, row["id"], _SETTLING)
    return _with_secret(cause.org_id, row)


def list_all(org_id: str) -> list[dict[str, Any]]:
    """All webhooks in their order, with how each fares."""
    rows = list(records.all_of(org_id, WEBHOOK).values())
    states = turn_store.states(org_id, [row["id"] for row in rows])
    last = get_head(org_id)["last"]
    return [_shape(row, states.get(row["id"]), last) for row in rows]


def get(org_id: str, webhook_id: str) -> dict[str, Any]:
    """One webhook, with how it fares; NotFound if there is none."""
    return _fresh(org_id, records.get(org_id, WEBHOOK, webhook_id))


def change(cause: Cause, webhook_id: str, changes: dict[str, Any], version: int | None) -> dict[str, Any]:
    """Change a webhook; one that is enabled again gets everything that it missed, in order."""
    _check(cause.org_id, changes)
    before = records.get(cause.org_id, WEBHOOK, webhook_id)
    if changes.get("enabled") and not before["enabled"]:
        changes = changes | {"paused": None, "enabled_at": clock.stamp()}
    row = records.change(cause, WEBHOOK, webhook_id, changes, version)
    if row["enabled"]:
        wake.later(cause.org_id, webhook_id, _SETTLING)
    return _fresh(cause.org_id, row)


def delete(cause: Cause, webhook_id: str, version: int | None) -> None:
    """Remove a webhook and what it would still have sent."""
    records.get(cause.org_id, WEBHOOK, webhook_id)
    store.note_deleted(cause.org_id, webhook_id)
    records.delete(cause, WEBHOOK, webhook_id, version)
    store.forget_endpoint(cause.org_id, webhook_id)


def rotate(cause: Cause, webhook_id: str, version: int | None) -> dict[str, Any]:
    """Give a new secret, shown this once; for 24 hours signatures of the old one are sent as well."""
    row = records.get(cause.org_id, WEBHOOK, webhook_id)
    changes = {"secret_generation": row["secret_generation"] + 1, "rotated_at": clock.stamp()}
    changed = records.change(cause, WEBHOOK, webhook_id, changes, version or row["version"])
    return _with_secret(cause.org_id, changed)


def try_out(cause: Cause, webhook_id: str) -> dict[str, Any]:
    """Send a `webhook.test` event now, past the feed and the ledger, and tell what the endpoint said."""
    webhook = webhook_from(cause.org_id, records.get(cause.org_id, WEBHOOK, webhook_id))
    at = clock.now()
    subject = {"kind": WEBHOOK.name, "id": webhook.id}
    event = event_of(cause, "webhook.test", subject, webhook.version, clock.iso(at)).public() | {"seq": 0}
    body, id_ = body_of(webhook, event), new_id(at)
    headers = signed_headers(webhook, id_, body, at) | {"content-type": "application/json", "connection": "close"}
    return _said(id_, post(webhook.url, body.encode(), headers))


def require_enabled(org_id: str, webhook_id: str) -> Webhook:
    """The webhook, if it gets events now; Conflict if not."""
    webhook = webhook_from(org_id, records.get(org_id, WEBHOOK, webhook_id))
    if not webhook.enabled:
        raise Conflict("this webhook is paused; enable it first", code="webhook_paused")
    return webhook


def _check(org_id: str, given: dict[str, Any]) -> None:
    faults = []
    unknown = [one for one in given.get("events", ()) if one != "*" and one not in event_types.names()]
    if unknown:
        faults.append(FieldError("/events", "unknown_type", f"there is no event type {', '.join(unknown)}"))
    if "url" in given:
        try:
            targets.checked(given["url"])
        except targets.Refused as refused:
            faults.append(FieldError("/url", refused.code, str(refused)))
    if given.get("filter"):
        checked_filter(org_id, given["filter"])
    if faults:
        raise Invalid("some fields are not right", *faults)


def _with_secret(org_id: str, row: Item) -> dict[str, Any]:
    secret = secret_of(webhook_from(org_id, row), row["secret_generation"])
    return _fresh(org_id, row) | {"secret": secret}


def _fresh(org_id: str, row: Item) -> dict[str, Any]:
    state = turn_store.states(org_id, [row["id"]]).get(row["id"])
    return _shape(row, state, get_head(org_id)["last"])


def _shape(row: Item, state: Item | None, last: int) -> dict[str, Any]:
    state = state or {}
    cursor: int = state["cursor"] if "cursor" in state else row["from_seq"]
    old_until = row["rotated_at"] and clock.iso(clock.parse(row["rotated_at"]) + OLD_SECRET)
    armed = state.get("armed") or None
    return {name: row[name] for name in _SHOWN} | {
        "old_secret_until": old_until if old_until and old_until > clock.stamp() else None,
        "behind": last - cursor,
        "last_success_at": state.get("last_success") or None,
        "next_try_at": armed if armed and armed > clock.stamp() else None,
        "version": row["version"],
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
    }


def _said(id_: str, outcome: Outcome) -> dict[str, Any]:
    return {
        "id": id_,
        "delivered": outcome.delivered,
        "http_status": outcome.http_status,
        "milliseconds": outcome.milliseconds,
        "response": outcome.response,
        "error": outcome.error,
    }
