"""The webhooks of an organisation as workers see them: read afresh, and paused when an endpoint is dead."""

from __future__ import annotations

from dataclasses import replace

from helpdesk.access.actor import cause_of, system
from helpdesk.core import clock
from helpdesk.core.cache import forget
from helpdesk.core.events import event_of
from helpdesk.core.table import ConditionFailed
from helpdesk.records import store as records
from helpdesk.records.service import Kind
from helpdesk.webhooks.model import Webhook, webhook_from

WEBHOOK = Kind("webhook", "webhook", most=50)


def find(org_id: str, webhook_id: str) -> Webhook | None:
    """The webhook as it is now, or None."""
    row = records.get_setting(org_id, WEBHOOK.name, webhook_id)
    return webhook_from(org_id, row) if row else None


def enabled(org_id: str) -> list[Webhook]:
    """Those that are to get events."""
    rows = records.list_settings(org_id, WEBHOOK.name)
    return [webhook_from(org_id, row) for row in rows if row["enabled"]]


def pause(webhook: Webhook, reason: str) -> None:
    """Send nothing more to a dead endpoint until somebody turns it on again, and say so: `webhook.paused`.

    Nothing is lost: what it has not got waits in the feed.
    """
    row = records.get_setting(webhook.org_id, WEBHOOK.name, webhook.id)
    if not row or not row["enabled"] or row["version"] != webhook.version:
        return
    at = clock.stamp()
    paused = {"at": at, "reason": reason[:500]}
    after = row | {"enabled": False, "paused": paused, "version": row["version"] + 1, "updated_at": at}
    cause = cause_of(system(webhook.org_id), "system")
    event = event_of(cause, "webhook.paused", {"kind": WEBHOOK.name, "id": webhook.id}, after["version"], at)
    changes = {"enabled": {"from": True, "to": False}, "paused": {"from": row["paused"], "to": paused}}
    try:
        records.commit_setting(replace(event, changes=changes, data={"reason": paused["reason"]}), row, after)
    except ConditionFailed:  # somebody changes it right now; if it is still dead, the next try says so
        return
    forget()
