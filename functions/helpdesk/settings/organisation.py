"""What the organisation itself is set to, as administrators read and change it."""

from __future__ import annotations

from typing import Any

from helpdesk.core.events import Cause
from helpdesk.records import service as records
from helpdesk.records.service import Kind
from helpdesk.settings.service import organisation

ORGANISATION = Kind("org", "organisation")
PURGE_DAYS = 30  # that the trash is kept, unless the organisation says otherwise
DEFAULT_CAPACITY = 20  # points of load that a colleague takes
CHANNEL_WEIGHTS = {"chat": 2}  # points of load; a ticket of any other channel is one
_ID = "org"  # the one record of its kind


def shown(org_id: str) -> dict[str, Any]:
    """`{id, name, locale, support_address, purge_days, default_capacity, channel_weights, version}`."""
    row = organisation(org_id)
    names = ("id", "name", "locale", "support_address", "version")
    return {name: row[name] for name in names} | {
        "purge_days": row.get("purge_days") or PURGE_DAYS,
        "default_capacity": default_capacity(org_id),
        "channel_weights": channel_weights(org_id),
    }


def default_capacity(org_id: str) -> int:
    """The load that a colleague without a capacity of his own takes, in points."""
    return int(organisation(org_id).get("default_capacity", DEFAULT_CAPACITY))


def channel_weights(org_id: str) -> dict[str, int]:
    """What an active ticket of a channel adds to its owner's load; one point for a channel that is not named."""
    return dict(organisation(org_id).get("channel_weights", CHANNEL_WEIGHTS))


def change(cause: Cause, changes: dict[str, Any], version: int | None) -> dict[str, Any]:
    """Change it; gives it as `shown` does. `Stale` if `version` is not the current one."""
    records.change(cause, ORGANISATION, _ID, changes, version)
    return shown(cause.org_id)
