"""What the organisation itself is set to, as administrators read and change it."""

from __future__ import annotations

from typing import Any

from helpdesk.core.events import Cause
from helpdesk.records import service as records
from helpdesk.records.service import Kind
from helpdesk.settings.service import organisation

ORGANISATION = Kind("org", "organisation")
PURGE_DAYS = 30  # that the trash is kept, unless the organisation says otherwise
_ID = "org"  # the one record of its kind


def shown(org_id: str) -> dict[str, Any]:
    """`{id, name, locale, support_address, purge_days, version}`."""
    row = organisation(org_id)
    names = ("id", "name", "locale", "support_address", "version")
    return {name: row[name] for name in names} | {"purge_days": row.get("purge_days") or PURGE_DAYS}


def change(cause: Cause, changes: dict[str, Any], version: int | None) -> dict[str, Any]:
    """Change it; gives it as `shown` does. `Stale` if `version` is not the current one."""
    records.change(cause, ORGANISATION, _ID, changes, version)
    return shown(cause.org_id)
