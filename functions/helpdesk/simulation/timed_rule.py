"""A draft that waits for the time, over one ticket's past: it is asked only when its answer can have changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from helpdesk.core import clock
from helpdesk.core.events import Event
from helpdesk.filters import dates
from helpdesk.filters.conditions import terms
from helpdesk.rules.evaluate import judge
from helpdesk.rules.model import TIME, Rule
from helpdesk.rules.timed import LOOKED_AT, timed_setting
from helpdesk.simulation.trial import Trial, folded, tried
from helpdesk.tickets.facts import facts_of
from helpdesk.tickets.model import Ticket

STEP = timedelta(minutes=15)  # between two looks
_CLOCK = ("hour", "weekday", "within")
_OTHERS = ("rule", "system")


def timed_trials(
    rule: Rule, ticket: Ticket, commands: Sequence[tuple[Event, ...]], since: str, until: str
) -> Iterator[Trial]:
    """Each time that the rule would have had the ticket between two times."""
    state, stays = Ticket(ticket.org_id, ticket.id), False
    ends = [*(command[0].at for command in commands[1:]), until]
    for command, end in zip(commands, ends, strict=True):
        for event in command:
            state = folded(state, event)
        left = command[-1].actor["kind"] not in _OTHERS
        for at in looks(rule, state, max(command[-1].at, since), end):
            holds = state.category in LOOKED_AT and judge(rule, timed_setting(state, at)).fires
            stays = stays and (holds or not left)
            if holds and not stays:
                stays, left = True, False
                trial, state = tried(rule, state, TIME, at)
                yield trial


def looks(rule: Rule, state: Ticket, start: str, end: str) -> list[str]:
    """The looks of the clock between two times at which the rule's answer can be another than at the one before."""
    if end <= start:
        return []
    first, last = clock.parse(start), clock.parse(end)
    moments = {first, *_ages(rule, state)}
    if not rule.asks.isdisjoint(_CLOCK) or any(dates.is_day(str(term.value)) for term in terms(rule.when)):
        moments |= {first + step * STEP for step in range(int((last - first) / STEP) + 1)}
    return sorted({clock.iso(_next(one)) for one in moments if first <= one and _next(one) < last})


def _ages(rule: Rule, state: Ticket) -> list[datetime]:
    """When each time of the ticket comes to be as old, or as near, as the condition asks."""
    facts, now = facts_of(state), clock.now()
    found = []
    for term in terms(rule.when):
        value = facts.get(term.field)
        if isinstance(value, str) and str(term.value)[:1] in "+-" and dates.is_date(str(term.value)):
            offset = clock.parse(dates.span(str(term.value), now)[0]) - now
            found.append(clock.parse(value) - offset)
    return found


def _next(moment: datetime) -> datetime:
    """The first look after a moment."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return day + (int((moment - day) / STEP) + 1) * STEP
