"""Rules that wait for the time: every quarter of an hour they look at all tickets that are not closed.

A rule has a ticket once for each stay in its condition. A stay is a row that is written with the effect; it ends when
somebody else has changed the ticket and a look finds that the condition does not hold any more. So what the rule
itself does to a ticket, such as its being updated, does not make it fire again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aws_lambda_powertools import Logger

from helpdesk.core import clock
from helpdesk.core.errors import Unavailable
from helpdesk.core.ids import new_id
from helpdesk.core.table import Put
from helpdesk.filters.fields import STATES
from helpdesk.filters.matching import Context
from helpdesk.rules import store
from helpdesk.rules.decisions import Occasion
from helpdesk.rules.evaluate import Setting, judge
from helpdesk.rules.firing import Firing
from helpdesk.rules.model import DONE, TIME, UNCHANGED, Rule
from helpdesk.rules.scenes import open_at, ticket_facts
from helpdesk.rules.service import rules
from helpdesk.settings.priorities import priorities
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Ticket
from helpdesk.tickets.store import get_events
from helpdesk.timers.store import of_category

logger = Logger()
LOOKED_AT = (*STATES["active"], "solved")


def look(org_id: str, more: Callable[[], bool]) -> int:
    """Let each timed rule have the tickets that have come into its condition; says how many it had.

    Raises
    ------
    Unavailable
        when the time for `more` was over before all tickets had been looked at; what is done stays so.
    """
    waiting = [rule for rule in rules(org_id) if rule.timed]
    if not waiting:
        return 0
    turn = _Look(org_id, waiting)
    for category in LOOKED_AT:
        for ticket, _ in of_category(org_id, category):
            if not more():
                raise Unavailable("not all tickets have been looked at; try again")
            turn.at(ticket)
    turn.end()
    return turn.fired


def timed_setting(ticket: Ticket, at: str) -> Setting:
    """What timed rules are judged by: a ticket's own values and the moment."""
    ranks = {one.id: one.rank for one in priorities(ticket.org_id).values()}
    facts = ticket_facts(ticket) | {"within": open_at(ticket.org_id, at)}
    return Setting(facts, Context(ranks=ranks, now=clock.parse(at)), at)


class _Look:
    """One look of the clock at all tickets."""

    def __init__(self, org_id: str, waiting: Sequence[Rule]) -> None:
        self.org_id, self.waiting, self.fired = org_id, waiting, 0
        self.event_id, self.now = new_id(), clock.stamp()
        self.stays = {rule.id: store.stays(org_id, rule.id) for rule in waiting}
        self.left = {rule.id: set(self.stays[rule.id]) for rule in waiting}
        for rule in waiting:
            if rule.broken:
                store.note_error(org_id, rule.id, self.now, f"cannot be evaluated: {rule.broken}")

    def at(self, ticket: Ticket) -> None:
        """Look at one ticket."""
        setting = timed_setting(ticket, self.now)
        stopped = False
        for rule in self.waiting:
            version = self.stays[rule.id].get(ticket.id)
            holds = judge(rule, setting).fires
            if version is not None and (holds or rule.broken or self._untouched(ticket, version)):
                self.left[rule.id].discard(ticket.id)
            if holds and version is None and not stopped:
                self.fired += self._had(rule, ticket)
            stopped = stopped or (holds and rule.stop)

    def end(self) -> None:
        """The stays of tickets that are in the condition no more, or are closed."""
        for rule_id, ticket_ids in self.left.items():
            for ticket_id in ticket_ids:
                store.end_stay(self.org_id, rule_id, ticket_id)

    def _untouched(self, ticket: Ticket, version: int) -> bool:
        """True if nobody but rules and the desk itself has changed the ticket since a version."""
        if ticket.version == version:
            return True
        events = get_events(self.org_id, ticket.id, since=version)
        return all(event.actor["kind"] in ("rule", "system") for event in events)

    def _had(self, rule: Rule, ticket: Ticket) -> bool:
        occasion = Occasion(self.event_id, self.event_id, TIME, self.now)
        firing = _TimedFiring(rule, ticket, occasion, lambda now: timed_setting(now, self.now))
        try:
            decision = firing.fire()
        except Unavailable:
            logger.exception("rule failed", rule=rule.id, ticket=ticket.id)
            return False
        store.add_decision(firing.decision_row())
        if decision["outcome"] != UNCHANGED or decision["because"] == "nothing_to_do":
            store.add_decision(store.stay_row(self.org_id, rule.id, ticket.id, ticket.version))
        return bool(decision["outcome"] == DONE)


class _TimedFiring(Firing):
    """Its stay is the marker; the decision follows, and is lost if the worker is killed just then."""

    def marker(self, _edit: Edit) -> Put:
        return store.stay_row(self.org_id, self.rule.id, self.ticket_id, _edit.after.version)
