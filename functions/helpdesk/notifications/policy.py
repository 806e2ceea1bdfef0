"""What an organisation wishes of notices: the defaults of its people, levels of escalation, and what a storm is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.notifications.model import CHANNELS, KINDS
from helpdesk.records.service import Kind
from helpdesk.settings import kept
from helpdesk.settings.kept import Derived, Kept

ID = "notification_policy"
_DEFAULT = {
    "id": ID,
    "channels": {kind: sorted(channels) for kind, channels in KINDS.items()},
    "mail": "at_once",
    "lead_after_minutes": 30,
    "admin_after_minutes": 60,
    "mails_per_minute": 5,
}
POLICY = Kept(Kind("notification_policy", "notification policy"), (_DEFAULT,))


@dataclass(frozen=True)
class NotificationPolicy:
    """The settings; minutes after a broken promise None is never, `mails_per_minute` is of one person."""

    channels: Mapping[str, frozenset[str]]
    mail: str
    lead_after_minutes: int | None
    admin_after_minutes: int | None
    mails_per_minute: int

    def after_minutes(self, level: int) -> int | None:
        """When a level of escalation is told."""
        return self.lead_after_minutes if level == 2 else self.admin_after_minutes


def _built(rows: dict[str, Item]) -> NotificationPolicy:
    row = rows[ID]
    names = NotificationPolicy.__dataclass_fields__
    values = {name: row[name] for name in names if name != "channels"}
    return NotificationPolicy(channels=channels_of(row["channels"]), **values)


notification_policy = Derived(POLICY, _built)
"""The organisation's policy; no round trip when warm."""


def channels_of(given: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    """Which channels tell of each kind; a kind that is not named is told as the desk comes."""
    return {kind: frozenset(given[kind]) if kind in given else usual for kind, usual in KINDS.items()}


def shown_policy(org_id: str) -> dict[str, Any]:
    """The policy as the API shows it."""
    row = kept.get(org_id, POLICY, ID)
    return _shown(row)


def change_policy(cause: Cause, changes: dict[str, Any], version: int | None) -> dict[str, Any]:
    """Change the policy; kinds that `channels` does not name stay as they are. `Stale` if `version` is not current."""
    if "channels" in changes:
        before = kept.get(cause.org_id, POLICY, ID)["channels"]
        changes = changes | {"channels": before | changes["channels"]}
    return _shown(kept.change(cause, POLICY, ID, changes, version))


def matrix(channels: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """The channels of each kind, in the order of both."""
    return {kind: [one for one in CHANNELS if one in channels[kind]] for kind in KINDS}


def _shown(row: Item) -> dict[str, Any]:
    names = ("mail", "lead_after_minutes", "admin_after_minutes", "mails_per_minute", "version")
    return {"channels": matrix(channels_of(row["channels"]))} | {name: row[name] for name in names}
