"""Notices and what people wish of them; pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CHANNELS = ("inbox", "mail", "push")
_ALL, _SEEN, _NONE = frozenset(CHANNELS), frozenset({"inbox"}), frozenset[str]()
KINDS: dict[str, frozenset[str]] = {
    "mentioned": _ALL,
    "assigned": _ALL,
    "customer_replied": _ALL,
    "sla_breached": _ALL,
    "sla_warned": _ALL,
    "rule": _ALL,
    "reply_held": _ALL,
    "team_ticket": frozenset({"inbox", "push"}),
    "colleague_wrote": _SEEN,
    "status_changed": _SEEN,
    "priority_changed": _SEEN,
    "view_match": _SEEN,
    "new_ticket": _NONE,
}
"""Kinds of notices, the most pressing first, with the channels that tell of them unless somebody wishes otherwise."""
URGENT = frozenset({"sla_warned", "sla_breached"})  # told only while the receiver is on
MAIL_MODES = ("off", "at_once", "hourly", "daily")
REASONS = (
    *("preference", "quiet_hours", "off_shift", "digest", "storm"),
    *("no_device", "not_in_sight", "read", "over", "address", "disabled", "not_taken"),
)
"""Why a channel is `held`, `suppressed` or `failed`."""


@dataclass(frozen=True)
class Wish:
    """Somebody is to be told: of a kind, because of what he is to the ticket."""

    person_id: str
    kind: str
    why: str
    level: int = 1  # of an escalation


@dataclass(frozen=True)
class Quiet:
    """Hours in which nothing is mailed or pushed, `HH:MM` on the days on which they begin; also over midnight."""

    since: str
    until: str
    days: tuple[str, ...]


@dataclass(frozen=True)
class Preferences:
    """How one person wants to be told."""

    person_id: str
    channels: Mapping[str, frozenset[str]] = field(default_factory=lambda: KINDS)
    mail: str = "at_once"
    daily_at: str = "08:00"
    zone: str = "UTC"
    quiet: Quiet | None = None
    version: int = 0

    def wants(self, kind: str, channel: str) -> bool:
        """Whether a channel may tell of a kind at all."""
        if channel == "mail" and self.mail == "off":
            return False
        return channel in self.channels.get(kind, KINDS[kind])


@dataclass(frozen=True)
class State:
    """What became of one channel of a notice: sent, sending, held (`until`), suppressed or failed, and why."""

    state: str
    at: str
    reason: str | None = None
    until: str | None = None

    def plain(self) -> dict[str, Any]:
        """As it is stored and shown."""
        return {"state": self.state, "at": self.at, "reason": self.reason, "until": self.until}


@dataclass(frozen=True)
class Happening:
    """What a notice is about: an event of a ticket, which of a rule has its name as `text`."""

    id: str
    at: str
    actor: Mapping[str, Any]
    ticket_id: str
    type: str
    message_id: str | None = None
    target: str | None = None  # the promise that is nearly or indeed broken
    text: str | None = None
