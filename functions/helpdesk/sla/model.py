"""What a policy promises one ticket, and how far that has come; plain values, kept in the ticket's row as `sla`.

`{policy_id, policy, policy_version, calendar_id, paused_at, pauses: [[from, until]], targets: {name: target}}`, where a
target is `{minutes, since, due_at, warn_at, left_seconds, met_at, warned_at, breached_at}` without what has no value: a
clock that stands has `left_seconds` and no `due_at`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpdesk.calendars.model import Calendar

Target = dict[str, Any]
Sla = dict[str, Any]


@dataclass(frozen=True)
class Terms:
    """A policy's word for one ticket: minutes by target, counted by the calendar from `begins` on at the earliest."""

    policy_id: str
    policy: str
    version: int
    calendar_id: str | None
    calendar: Calendar | None
    begins: str
    minutes: Mapping[str, int]
    warn_share: float


@dataclass(frozen=True)
class Situation:
    """What of a ticket the promises hang on; `stands` while their clock does not run."""

    stands: bool
    first_response_at: str | None
    resolved_at: str | None
    last_message: Mapping[str, Any] | None


def running(sla: Sla | None) -> dict[str, Target]:
    """The targets that are neither met nor standing still, by name."""
    targets = (sla or {}).get("targets", {})
    return {name: target for name, target in targets.items() if target.get("due_at") and not target.get("met_at")}


def due_at(sla: Sla | None, name: str | None = None) -> str | None:
    """When a target is due, or the first of all that run; None if nothing is."""
    targets = running(sla)
    if name:
        return targets[name]["due_at"] if name in targets else None
    return min((target["due_at"] for target in targets.values()), default=None)


def overdue(sla: Sla | None, at: str) -> list[str]:
    """Targets whose time is over, and of which that was not said yet."""
    return [name for name, one in running(sla).items() if one["due_at"] <= at and not one.get("breached_at")]


def nearly_due(sla: Sla | None, at: str) -> list[str]:
    """Targets of which a warning is due; none of those whose time is over."""
    silent = {
        name: one for name, one in running(sla).items() if not one.get("warned_at") and not one.get("breached_at")
    }
    return [name for name, one in silent.items() if one.get("warn_at", "~") <= at < one["due_at"]]


def marked(sla: Sla, name: str, mark: str, at: str) -> Sla:
    """The same with `mark` (`warned_at` or `breached_at`) on one target."""
    return sla | {"targets": sla["targets"] | {name: sla["targets"][name] | {mark: at}}}


def shown(sla: Sla | None) -> dict[str, Any] | None:
    """What readers get: the policy, since when its clock stands, and each target with its state."""
    if not sla:
        return None
    targets = [_shown(name, target) for name, target in sla["targets"].items()]
    return {name: sla[name] for name in ("policy_id", "policy", "calendar_id", "paused_at")} | {"targets": targets}


def _shown(name: str, target: Target) -> dict[str, Any]:
    always = ("minutes", "since", "due_at", "warn_at", "left_seconds", "met_at", "warned_at", "breached_at")
    return {"target": name, "state": _state(target)} | {key: target.get(key) for key in always}


def _state(target: Target) -> str:
    if target.get("met_at"):
        return "met_late" if target.get("breached_at") else "met"
    if target.get("breached_at"):
        return "breached"
    if not target.get("due_at"):
        return "paused"
    return "warned" if target.get("warned_at") else "running"
