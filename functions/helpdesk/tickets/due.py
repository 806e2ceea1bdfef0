"""What of a ticket happens by itself, and when: a pure reading of its state and the closing rules.

The time stands in the ticket's own row, as the key of the index `by_due`: so a timer is written with the change that
sets it, and can neither be lost nor be left behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from helpdesk.core import clock
from helpdesk.filters.matching import Context, matches
from helpdesk.settings.closing_rules import IDLE, ClosingRule, closing_rules
from helpdesk.settings.priorities import priorities
from helpdesk.tickets.facts import facts_of
from helpdesk.tickets.model import Ticket


@dataclass(frozen=True)
class Step:
    """Something that is to happen: `wake`, `remind` or `close`, at a time, by a rule (None for a sleep's end)."""

    what: str
    at: str
    rule: ClosingRule | None = None


def steps(ticket: Ticket) -> list[Step]:
    """All that is to happen if nobody does anything, in order; what sleeps does nothing else until it wakes."""
    if ticket.trashed_at or ticket.merged_into:
        return []
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
        return [Step("close", clock.iso((clock.parse(reminded) if reminded else since) + grace), rule)]
    remind = since + timedelta(hours=rule.remind_after_hours)
    return [Step("remind", clock.iso(remind), rule), Step("close", clock.iso(remind + grace), rule)]


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
