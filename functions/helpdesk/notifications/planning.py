"""What becomes of a notice by each channel: pure, so that a person can be told why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from helpdesk.core import clock
from helpdesk.coverage.model import Rota
from helpdesk.notifications.hours import digest_at, storm_until, told_at
from helpdesk.notifications.model import CHANNELS, URGENT, Preferences, State


@dataclass(frozen=True)
class Receiver:
    """What is known of somebody who is to be told."""

    wishes: Preferences
    rota: Rota = field(default_factory=Rota)
    devices: int = 0
    in_storm: Callable[[], bool] = lambda: False  # asked only where a mail would go at once


def planned(receiver: Receiver, kind: str, at: datetime) -> dict[str, State]:
    """The state of each channel; none at all for a kind that the person wants to hear nothing of."""
    if not any(receiver.wishes.wants(kind, channel) for channel in CHANNELS):
        return {}
    return {channel: _state(receiver, kind, channel, at) for channel in CHANNELS}


def _state(receiver: Receiver, kind: str, channel: str, at: datetime) -> State:
    now = clock.iso(at)
    if not receiver.wishes.wants(kind, channel):
        return State("suppressed", now, "preference")
    if channel == "inbox":
        return State("sent", now)
    if channel == "push" and not receiver.devices:
        return State("suppressed", now, "no_device")
    ready, reason = (at, None) if channel == "push" else _mail_ready(receiver, at)
    rota = receiver.rota if kind in URGENT else None
    due, kept = told_at(receiver.wishes, rota, ready)
    if due is None:
        return State("suppressed", now, kept)
    if due > at:
        return State("held", now, kept or reason, clock.iso(due))
    return State("sending", now)


def _mail_ready(receiver: Receiver, at: datetime) -> tuple[datetime, str | None]:
    if receiver.wishes.mail != "at_once":
        return digest_at(receiver.wishes, at), "digest"
    later, _ = told_at(receiver.wishes, None, at)
    if later == at and receiver.in_storm():
        return storm_until(at), "storm"
    return at, None
