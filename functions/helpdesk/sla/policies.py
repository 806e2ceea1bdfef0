"""SLA policies as administrators keep them: ordered, of a ticket the first that fits counts (AD-09)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpdesk.calendars.service import CALENDAR, remove_calendar
from helpdesk.core.errors import Conflict, FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.filters.conditions import Condition, names
from helpdesk.filters.documents import condition_from, to_json
from helpdesk.records.service import Kind
from helpdesk.settings import kept
from helpdesk.settings.fields.model import EVERY_COLLEAGUE
from helpdesk.settings.fields.reading import check_askable
from helpdesk.settings.kept import Derived, Kept
from helpdesk.settings.priorities import check_ranks, priorities

SLA_POLICY = Kept(Kind("sla_policy", "SLA policy", most=100))
TARGETS = ("first_response", "next_response", "update", "resolution")
_USUAL: dict[str, Any] = {
    "filter": {"all": []},
    "calendar_id": None,
    "pause_in": ["waiting", "on_hold"],
    "warn_at_percent": 75,
}
_ASKABLE = frozenset(
    {"priority", "team_id", "requester_id", "company_id", "tag", "channel", "topic_id", "type", "number", "subject",
     "created_at", "cc", "follower"}
)  # fmt: skip


@dataclass(frozen=True)
class Policy:
    """What is promised to which tickets; `targets` are `{target: {priority: minutes}}` of the calendar's time.

    Without a calendar it is the time around the clock. The clock stands in the categories of `pause_in`.
    """

    id: str
    name: str
    version: int
    created_at: str
    filter: Condition
    calendar_id: str | None
    targets: Mapping[str, Mapping[str, int]]
    pause_in: tuple[str, ...]
    warn_at_percent: int


def _built(rows: dict[str, Item]) -> tuple[Policy, ...]:
    return tuple(_policy(row) for row in rows.values() if not row.get("archived"))


def _policy(row: Item) -> Policy:
    as_they_are = ("id", "name", "version", "created_at", "calendar_id", "targets", "warn_at_percent")
    values = {name: row[name] for name in as_they_are}
    return Policy(**values, filter=condition_from(row["filter"]), pause_in=tuple(row["pause_in"]))


policies = Derived(SLA_POLICY, _built)
"""The policies in use, in their order; no round trip when warm."""


def create_policy(cause: Cause, body: dict[str, Any]) -> Item:
    """Add a policy at the end of the order; it counts for open tickets within minutes, from now on.

    Raises
    ------
    Invalid
        for a filter that cannot be asked here, an unknown calendar or priority, and a policy that promises nothing.
    """
    values = _USUAL | body
    return kept.create(cause, SLA_POLICY, values | _checked(cause.org_id, values))


def draft_of(org_id: str, id_: str | None, body: dict[str, Any]) -> Policy:
    """A policy that is not kept, checked as one that is; raises `Invalid` as `create_policy` does."""
    values = _USUAL | body
    return _policy(values | _checked(org_id, values) | {"id": id_ or "", "version": 0, "created_at": ""})


def change_policy(cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> Item:
    """Change a policy; tickets that it counts for are reckoned anew within minutes, each with an event."""
    before = kept.get(cause.org_id, SLA_POLICY, id_)
    return kept.change(cause, SLA_POLICY, id_, changes | _checked(cause.org_id, before | changes), version)


def remove_policy(cause: Cause, id_: str, version: int | None) -> None:
    """Take a policy out of use; tickets that had it get the next that fits, or none."""
    kept.archive(cause, SLA_POLICY, id_, None, version)


def give_up_calendar(cause: Cause, id_: str, version: int | None) -> None:
    """Take a calendar out of use.

    Raises
    ------
    Conflict
        `in_use` while a policy counts by it; `by` names them.
    """
    if users := [policy.name for policy in policies(cause.org_id) if policy.calendar_id == id_]:
        raise Conflict("an SLA policy counts by this calendar", code="in_use", by=users)
    remove_calendar(cause, id_, version)


def _checked(org_id: str, values: dict[str, Any]) -> dict[str, Any]:
    condition = check_askable(EVERY_COLLEAGUE, org_id, check_ranks(org_id, condition_from(values["filter"])))
    faults = _target_faults(org_id, values["targets"])
    if wrong := sorted(name for name in names(condition) if name not in _ASKABLE and not name.startswith("fields.")):
        faults.append(FieldError("/filter", "not_here", f"a policy cannot look at {', '.join(wrong)}"))
    if id_ := values["calendar_id"]:
        calendar = kept.all_of(org_id, CALENDAR).get(id_)
        if not calendar:
            faults.append(FieldError("/calendar_id", "unknown", "there is no such calendar"))
        elif calendar["archived"]:
            faults.append(FieldError("/calendar_id", "archived", "this calendar is out of use"))
    if faults:
        raise Invalid("this policy is not right", *faults)
    return {"filter": to_json(condition)}


def _target_faults(org_id: str, targets: dict[str, dict[str, int]]) -> list[FieldError]:
    known = priorities(org_id)
    faults = [
        FieldError(f"/targets/{target}/{priority}", "unknown", "there is no such priority")
        for target, minutes in targets.items()
        for priority in minutes
        if priority not in known
    ]
    if not any(targets.values()):
        faults.append(FieldError("/targets", "missing", "promise at least one thing for one priority"))
    return faults
