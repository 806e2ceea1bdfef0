"""What a rule would have done to one ticket: its actions on the ticket as it was, kept in mind and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from helpdesk.access.actor import system
from helpdesk.core.errors import Conflict, Forbidden, Invalid, NotFound
from helpdesk.core.events import Cause, Event
from helpdesk.core.ids import new_id
from helpdesk.rules.actions import carry_out, plan_of
from helpdesk.rules.model import Rule
from helpdesk.rules.silence import NONE, Silence
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Ticket, differences, fold_on

TOLD = ("status_id", "category", "priority", "assignee_id", "team_id", "topic_id", "type", "tags", "fields")
_SETS = ("tags", "cc", "followers")


@dataclass(frozen=True)
class Trial:
    """One occasion on which the rule fired: what it would have changed and said, or why it could not."""

    event: str
    at: str
    changes: dict[str, Any]
    replies: int = 0
    notes: int = 0
    webhooks: int = 0
    sides: int = 0
    links: tuple[tuple[str, str], ...] = ()
    error: str | None = None

    @property
    def idle(self) -> bool:
        """True if nothing would have come of it."""
        told = self.replies or self.notes or self.webhooks or self.sides or self.links
        return not (self.changes or told or self.error)


def tried(rule: Rule, ticket: Ticket, event: str, at: str, silence: Silence = NONE) -> tuple[Trial, Ticket]:
    """The rule's actions on a ticket at a time, and the ticket that would have come of them."""
    actor = system(ticket.org_id)
    cause = Cause(ticket.org_id, {"kind": "rule", "id": rule.id, "ip": None}, "rule", new_id())
    edit = Edit(ticket, cause)
    edit.at = at
    try:
        plan = plan_of(actor, rule.then, silence)
        done = carry_out(actor, cause, edit, plan, {})
    except (Conflict, Invalid, NotFound, Forbidden) as failure:
        return Trial(event, at, {}, error=failure.detail), ticket
    if not edit.events:
        return Trial(event, at, {}), ticket
    moved = differences(ticket, edit.after)
    changes = {name: moved[name] for name in TOLD if name in moved}
    kinds = [message.kind for message in done.messages]
    said = (kinds.count("reply"), kinds.count("note"), len(plan.webhooks), len(plan.talks.actions))
    trial = Trial(event, at, changes, *said, tuple(done.linked))
    return trial, replace(edit.after, version=ticket.version)


def folded(state: Ticket, event: Event) -> Ticket:
    """The ticket after an event that was made without the rule: sets and fields keep what the rule added or took."""
    after = fold_on(state, event)
    values: dict[str, Any] = {}
    for name in _SETS:
        if change := event.changes.get(name):
            was, now = set(change["from"] or ()), set(change["to"] or ())
            values[name] = tuple(sorted((set(getattr(state, name)) | (now - was)) - (was - now)))
    if change := event.changes.get("fields"):
        old, new = change["from"] or {}, change["to"] or {}
        moved = {id_: new.get(id_) for id_ in {*old, *new} if old.get(id_) != new.get(id_)}
        values["fields"] = {id_: value for id_, value in (state.fields | moved).items() if value is not None}
    return replace(after, **values)


def without(rule_id: str, commands: Sequence[tuple[Event, ...]]) -> list[tuple[Event, ...]]:
    """The commands that there would be without a rule: neither its own nor what they have led to."""
    return [
        command
        for command in commands
        if command[-1].actor != {"kind": "rule", "id": rule_id, "ip": None}
        and not any(rule_id in event.data.get("chain", ()) for event in command)
    ]
