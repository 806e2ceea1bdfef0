"""A webhook as its setting says it: where to, which events, in what form; no AWS in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from helpdesk.core import clock

OLD_SECRET = timedelta(hours=24)  # for which the secret before the present one signs as well


@dataclass(frozen=True)
class Webhook:
    """One endpoint; equal to the row in Settings, without what only lists need."""

    org_id: str
    id: str
    url: str
    events: tuple[str, ...]
    payload: str
    scope: str
    filter: Any
    enabled: bool
    enabled_at: str
    from_seq: int
    secret_generation: int
    rotated_at: str | None
    version: int

    def asks_for(self, type_: str) -> bool:
        """True if events of this type are wanted, whatever the filter says."""
        return "*" in self.events or type_ in self.events

    def is_told(self, event: Mapping[str, Any]) -> bool:
        """True if it asks for such events, or a rule names it in this one."""
        named = event["type"] == "ticket.rule_applied" and self.id in event["data"].get("webhook_ids", ())
        return named or self.asks_for(event["type"])

    @property
    def generations(self) -> tuple[int, ...]:
        """The generations of the secret that sign now, the present one first."""
        newest = self.secret_generation
        old = self.rotated_at and clock.parse(self.rotated_at) + OLD_SECRET > clock.now()
        return (newest, newest - 1) if old else (newest,)


def webhook_from(org_id: str, row: Mapping[str, Any]) -> Webhook:
    """The webhook in a row of the Settings table."""
    names = set(Webhook.__dataclass_fields__) - {"org_id", "events"}
    return Webhook(org_id=org_id, events=tuple(row["events"]), **{name: row[name] for name in names})
