"""Promises of canned tickets, reckoned from now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any


def promised(**targets: tuple[float, float]) -> dict[str, Any]:
    """What a ticket is promised: `{target: (minutes since it began, minutes until it is due)}`."""
    rows = [target(name, *times) for name, times in targets.items()]
    return {"policy_id": "S1", "policy": "Gold", "calendar_id": None, "paused_at": None, "targets": rows}


def target(name: str, since: float, due: float, **more: Any) -> dict[str, Any]:
    """A target that runs, or is as `more` says."""
    warn = (since + due) * 0.75 - since
    times = {"since": _at(-since), "due_at": _at(due), "warn_at": _at(warn)}
    nothing = dict.fromkeys(("left_seconds", "met_at", "warned_at", "breached_at"))
    return {"target": name, "state": "running", "minutes": round(since + due)} | times | nothing | more


def met(name: str, after: float) -> dict[str, Any]:
    """A target that was met so many minutes after it began, three hours ago."""
    return target(name, 180, 60, state="met", met_at=_at(after - 180))


def paused(name: str, left: float) -> dict[str, Any]:
    """A target whose clock stands, with so many minutes left."""
    standing = {"due_at": None, "warn_at": None, "left_seconds": round(left * 60)}
    return target(name, 60, left, state="paused") | standing


def _at(minutes: float) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")
