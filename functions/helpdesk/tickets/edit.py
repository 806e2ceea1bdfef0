"""One command on one ticket: the verbs, each of which adds one typed event to the edit."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from helpdesk.core import clock
from helpdesk.core.errors import Conflict, FieldError, Invalid
from helpdesk.core.events import Cause, Event, event_of
from helpdesk.settings.closing_rules import IDLE
from helpdesk.settings.defaults import DONE, Status
from helpdesk.settings.fields.entering import merged
from helpdesk.settings.statuses import status_in, status_of, statuses
from helpdesk.sla import model as sla_model
from helpdesk.tickets.model import Ticket, differences, is_active
from helpdesk.tickets.promises import followed

MOST_TAGS = 100
MOST_FIELD_CHARS = 60_000


class Edit:
    """Collects the events of one command; `after` is always the fold of what was and what is collected."""

    def __init__(self, before: Ticket | None, cause: Cause, *, ticket_id: str = "") -> None:
        self.before = before
        self.after = before or Ticket(org_id=cause.org_id, id=ticket_id)
        self.cause = cause
        self.at = max(clock.stamp(), self.after.updated_at)  # clocks differ; a ticket's time never runs back
        self.events: list[Event] = []

    def record(self, type_: str, data: dict[str, Any] | None = None, **changes: Any) -> None:
        """Add one event, with what follows from it for the ticket's promises, after those that were broken before it.

        Without data, a change that changes nothing leaves no event.
        """
        if not data and all(getattr(self.after, name) == value for name, value in changes.items()):
            return
        self.tell_breaches()
        after = matched(replace(self.after, **changes))
        self._add(type_, data, replace(after, sla=followed(self.after, after, self.at)))

    def review_promises(self) -> None:
        """Reckon the promises anew by the policies as they are."""
        if followed(None, self.after, self.at) != self.after.sla:
            self.tell_breaches()
            self._add("ticket.sla_applied", None, replace(self.after, sla=followed(None, self.after, self.at)))

    def tell_breaches(self) -> None:
        """Say of each promise that is broken by now, once, that it is."""
        for name in sla_model.overdue(self.after.sla, self.at):
            self.mark_target("ticket.sla_breached", name, "breached_at")

    def mark_target(self, type_: str, name: str, mark: str) -> None:
        """Say something of a target, as the desk and not as who came by, and keep on it when that was said."""
        sla = self.after.sla
        assert sla is not None  # noqa: S101 - it has the target
        data = {"target": name, "due_at": sla["targets"][name]["due_at"], "policy_id": sla["policy_id"]}
        marked = sla_model.marked(sla, name, mark, self.at)
        own = replace(self.cause, actor={"kind": "system", "id": "system", "ip": None}, via="system")
        self._add(type_, data | {"policy": sla["policy"]}, replace(self.after, sla=marked), own)

    def _add(self, type_: str, data: dict[str, Any] | None, after: Ticket, cause: Cause | None = None) -> None:
        version, moved = self.after.version + 1, differences(self.after, after)
        subject = {"kind": "ticket", "id": self.after.id}
        event = event_of(cause or self.cause, type_, subject, version, self.at)
        self.events.append(replace(event, changes=moved, data=data or {}))
        self.after = replace(after, version=version, updated_at=self.at)


def matched(ticket: Ticket) -> Ticket:
    """The ticket without `unmatched` where it waits for nobody any more."""
    waits = ticket.unmatched and is_active(ticket) and not ticket.assignee_id
    if not ticket.unmatched or (waits and ticket.unmatched["team_id"] == ticket.team_id):
        return ticket
    return replace(ticket, unmatched=None)


def move_to(edit: Edit, status_id: str) -> None:
    """Change the status along the graph.

    Raises
    ------
    Conflict
        `illegal_transition`, with the legal ones in `legal`.
    """
    status = status_of(edit.after.org_id, edit.after.status_id, edit.after.category)
    if status_id == status.id:
        return
    if status_id not in status.next:
        raise Conflict(
            f"a ticket that is {status.id} cannot become {status_id}",
            code="illegal_transition",
            legal=list(status.next),
        )
    enter(edit, statuses(edit.after.org_id)[status_id])


def move_into(edit: Edit, category: str) -> bool:
    """Move to the first status of a category that the graph allows; False, and nothing done, if it allows none."""
    known = statuses(edit.after.org_id)
    legal = status_of(edit.after.org_id, edit.after.status_id, edit.after.category).next
    there = next((one for one in known.values() if one.id in legal and one.category == category), None)
    if there:
        enter(edit, there)
    return there is not None


def solve(edit: Edit) -> None:
    """Move to solved; a ticket that is done already stays as it is. `Conflict` if the graph has no way there."""
    if edit.after.category not in DONE and not move_into(edit, "solved"):
        move_to(edit, status_in(edit.after.org_id, "solved").id)


def reopen(edit: Edit) -> None:
    """Move a solved or closed ticket back to open; one that is active stays as it is. `Conflict` as `solve`."""
    if edit.after.category in DONE and not move_into(edit, "open"):
        move_to(edit, status_in(edit.after.org_id, "open").id)


def wake(edit: Edit, reason: str) -> None:
    """End a snooze: `reason` is reply, agent, done, time or undo; one that is awake stays so."""
    if edit.after.snooze:
        edit.record("ticket.woken", {"cause": reason}, snooze=None, idle=_without_sleep(edit))


def _without_sleep(edit: Edit) -> dict[str, Any] | None:
    """The time that a ticket slept does not count as time in which nothing happened (TM-05)."""
    idle, slept = edit.after.idle, (edit.after.snooze or {}).get("at")
    if not idle or not slept:
        return idle
    names = [name for name in ("since", "reminded_at") if idle.get(name)]
    length = {name: clock.parse(edit.at) - clock.parse(max(idle[name], slept)) for name in names}
    return idle | {name: clock.iso(clock.parse(idle[name]) + length[name]) for name in names}


def tag(edit: Edit, add: list[str], remove: list[str]) -> None:
    """Add and remove tags as sets, so that two people's changes both hold."""
    tags = (set(edit.after.tags) | set(add)) - set(remove)
    if len(tags) > MOST_TAGS:
        fault = FieldError("/tags/add", "too_many", f"a ticket has at most {MOST_TAGS} tags")
        raise Invalid("the ticket has too many tags", fault)
    edit.record("ticket.tags_changed", tags=tuple(sorted(tags)))


def set_fields(edit: Edit, values: dict[str, Any]) -> None:
    """Set custom fields that were checked before; those not named stay, None takes one away."""
    edit.record("ticket.fields_changed", fields=bounded_fields(merged(edit.after.fields, values)))


def bounded_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields, if together they fit a row beside everything else."""
    if len(json.dumps(fields)) > MOST_FIELD_CHARS:
        fault = FieldError("/fields", "too_large", f"all fields together have at most {MOST_FIELD_CHARS} characters")
        raise Invalid("the fields are too large", fault)
    return fields


def enter(edit: Edit, status: Status) -> None:
    """Give the ticket a status without asking the graph: for `move_to`, undo, and what replaces an archived one."""
    done = status.category in DONE
    resolved_at = (edit.after.resolved_at or edit.at) if done else None
    edit.record(
        "ticket.status_changed",
        status_id=status.id,
        category=status.category,
        status_changed_at=edit.at,
        resolved_at=resolved_at,
        idle={"since": edit.at} if status.category in IDLE else None,
    )
    if done:
        wake(edit, "done")
