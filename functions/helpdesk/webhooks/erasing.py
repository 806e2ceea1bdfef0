"""What the ledger and the waiting rows of webhooks hold of a purged ticket's events is removed (TM-19)."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk.core.items import Item
from helpdesk.records import store as records
from helpdesk.webhooks import store
from helpdesk.webhooks.payload import delivery_id
from helpdesk.webhooks.registry import WEBHOOK


def erase(org_id: str, events: Sequence[Item]) -> None:
    """Remove deliveries of these events, with what endpoints answered, and that they wait; safe to repeat."""
    live = [row["id"] for row in records.list_settings(org_id, WEBHOOK.name)]
    for webhook_id in dict.fromkeys([*live, *store.deleted(org_id)]):
        ids = [delivery_id(webhook_id, event) for event in events]
        store.forget_events(org_id, webhook_id, ids, [event["seq"] for event in events])
