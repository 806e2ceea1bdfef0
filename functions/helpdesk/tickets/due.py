"""What of a ticket happens by itself, and when: a pure reading of its state, its promises and the closing rules.

The time stands in the ticket's own row, as the key of the index `by_due`: so a timer is written with the change that
sets it, and can neither be lost nor be left behind.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from helpdesk.core import clock
from helpdesk.filters.matching import Context, matches
from helpdesk.settings.closing_rules import IDLE, ClosingRule, closing_rules
from helpdesk.settings.priorities import priorities
from helpdesk.settings.teams import automatic
from helpdesk.sla.model import running
from helpdesk.tickets.facts import facts_of
from helpdesk.tickets.model import Ticket


@dataclass(frozen=True)
class Step:
    """Something that is to happen at a time: `wake`, or `warn` or `breach` of a target.

    `send` lets the reply of the id `target` go.
    `route`: who waits for an owner is looked at again.
    """

    what: str
    at: str
    target: str | None = None

    @property
    def id(self) -> str:
        """Its name among the ticket's timers: `close`, `breach:resolution`."""
        return f"{self.what}:{self.target}" if self.target else self.what


@dataclass(frozen=True)
class Ending(Step):
    """What a closing rule does: `remind` or `close`."""

    rule: ClosingRule = field(kw_only=True)


def steps(ticket: Ticket) -> list[Step]:
    """All that is to happen if nobody does anything, in order."""
    if ticket.trashed_at or ticket.merged_into:
        return []
    plans = [Step("send", plan["at"], target=id_) for id_, plan in ticket.planned.items() if not plan["waits"]]
    return sorted([*plans, *_endings(ticket), *_promises(ticket), *_routing(ticket)], key=lambda step: step.at)


def _promises(ticket: Ticket) -> list[Step]:
    found = []
    for name, target in running(ticket.sla).items():
        told, breached = target.get("warned_at"), target.get("breached_at")
        if not (told or breached) and target.get("warn_at"):
            found.append(Step("warn", target["warn_at"], target=name))
        if not breached:
            found.append(Step("breach", target["due_at"], target=name))
    return found


def _routing(ticket: Ticket) -> list[Step]:
    """Who waits for somebody to take him is looked at again when that may have changed."""
    retry_at = (ticket.unmatched or {}).get("retry_at")
    return [Step("route", retry_at)] if retry_at and automatic(ticket.org_id, ticket.team_id) else []


def _endings(ticket: Ticket) -> list[Step]:
    """What sleeps neither is reminded of nor ends until it wakes."""
    if ticket.snooze:
        until = ticket.snooze.get("until")
        return [Step("wake", until)] if until else []
    rule = rule_of(ticket)
    if not rule:
        return []
    idle = idle_of(ticket)
    reminded, since = idle.get("reminded_at"), clock.parse(idle["since"])
    grace = timedelta(hours=rule.close_after_hours)
    if reminded or not rule.remind_after_hours:
        return [Ending("close", clock.iso((clock.parse(reminded) if reminded else since) + grace), rule=rule)]
    remind = since + timedelta(hours=rule.remind_after_hours)
    return [Ending("remind", clock.iso(remind), rule=rule), Ending("close", clock.iso(remind + grace), rule=rule)]


def next_step(ticket: Ticket) -> Step | None:
    """The first thing that is to happen."""
    return next(iter(steps(ticket)), None)


def rule_of(ticket: Ticket) -> ClosingRule | None:
    """The first closing rule that fits; None for a ticket that somebody keeps open."""
    if ticket.category not in IDLE or idle_of(ticket).get("kept_open"):
        return None
    rules = [one for one in closing_rules(ticket.org_id) if one.category == ticket.category]
    if not rules:
        return None
    ranks = {id_: priority.rank for id_, priority in priorities(ticket.org_id).items()}
    facts, context = facts_of(ticket), Context(ranks=ranks)
    return next((one for one in rules if matches(one.filter, facts, context)), None)


def idle_of(ticket: Ticket) -> dict[str, Any]:
    """`{since, reminded_at?, kept_open?}`: since when nothing has happened that counts."""
    last = (ticket.last_message or {}).get("at") or ""
    return ticket.idle or {"since": max(ticket.status_changed_at, last) or ticket.created_at}


def kept_open(ticket: Ticket) -> dict[str, Any]:
    """The value of `idle` with which no rule ends the ticket until its status changes."""
    return idle_of(ticket) | {"kept_open": True}
