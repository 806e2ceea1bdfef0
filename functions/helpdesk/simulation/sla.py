"""A draft of an SLA policy on the tickets of the last days, against the policies as they are (AD-09)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import may_see
from helpdesk.core import clock
from helpdesk.core.ids import new_id
from helpdesk.simulation.draft import faults_below
from helpdesk.simulation.log import batches, changed_since, logs
from helpdesk.simulation.replay import Promise, replay
from helpdesk.sla.policies import TARGETS, Policy, draft_of, policies
from helpdesk.tickets.model import Ticket

MOST_TICKETS = 1_000
MOST_SHOWN = 50
_SIDES = ("before", "after")
_STATES = ("met", "late", "open")


def simulate(actor: Actor, body: dict[str, Any], more: Callable[[], bool]) -> dict[str, Any]:
    """What the draft `{id?, policy, days}` would have kept and broken; it stops early when there is no time for `more`.

    Both sides are reckoned anew over the events of the tickets that were opened in these days, the newest first and
    at most a thousand; so a policy that was made yesterday is compared over all of them, too.

    Raises
    ------
    Invalid
        as saving the policy would, each fault below `/policy`.
    """
    days = body["days"]
    since, until = clock.iso(clock.now() - timedelta(days=days)), clock.stamp()
    with faults_below("/policy"):
        draft = draft_of(actor.org_id, body.get("id"), body["policy"])
    as_they_are = _always(policies(actor.org_id))
    changed = _always(_with(as_they_are, draft))
    tally = _Tally(actor)
    complete = True
    for batch in batches(ticket for ticket in changed_since(actor.org_id, since) if ticket.created_at >= since):
        if not more() or tally.tickets >= MOST_TICKETS:
            complete = False
            break
        for ticket, events in logs(batch):
            tally.add(ticket, replay(ticket, events, as_they_are, until), replay(ticket, events, changed, until))
    return {"days": days, "since": since, "tickets": tally.tickets, "all": complete} | tally.shown()


class _Tally:
    """Counts of promises before and after, and those that would newly be late."""

    def __init__(self, actor: Actor) -> None:
        self.actor, self.tickets = actor, 0
        self.counts = {target: {side: dict.fromkeys(_STATES, 0) for side in _SIDES} for target in TARGETS}
        self.newly_late: list[dict[str, Any]] = []
        self.late_anyway = self.no_longer_late = 0

    def add(self, ticket: Ticket, before: list[Promise], after: list[Promise]) -> None:
        """Count one ticket's promises."""
        self.tickets += 1
        for side, promises in zip(_SIDES, (before, after), strict=True):
            for one in promises:
                self.counts[one.target][side][one.state] += 1
        was, now = ({(one.target, one.since): one for one in side if one.state == "late"} for side in (before, after))
        self.late_anyway += len(was.keys() & now.keys())
        self.no_longer_late += len(was.keys() - now.keys())
        if may_see(self.actor, ticket):
            self.newly_late += [_told(ticket, now[key]) for key in now.keys() - was.keys()]

    def shown(self) -> dict[str, Any]:
        """The answer's numbers; of those newly late the latest due first, at most fifty."""
        sums = {side: {state: self._sum(side, state) for state in _STATES} for side in _SIDES}
        by_target = [{"target": target, **counts} for target, counts in self.counts.items() if _any(counts)]
        latest = sorted(self.newly_late, key=lambda one: one["due_at"] or "", reverse=True)
        more = {"late_anyway": self.late_anyway, "no_longer_late": self.no_longer_late}
        return sums | more | {"by_target": by_target, "newly_late": latest[:MOST_SHOWN]}

    def _sum(self, side: str, state: str) -> int:
        return sum(counts[side][state] for counts in self.counts.values())


def _any(counts: dict[str, dict[str, int]]) -> bool:
    return any(any(side.values()) for side in counts.values())


def _told(ticket: Ticket, promise: Promise) -> dict[str, Any]:
    times = {"due_at": promise.due_at, "met_at": promise.met_at}
    return {"ticket_id": ticket.id, "number": ticket.number, "target": promise.target} | times


def _with(known: Iterable[Policy], draft: Policy) -> list[Policy]:
    """The policies with the draft in its place; a new one comes last, as it would when it is saved."""
    order = list(known)
    if any(one.id == draft.id for one in order):
        return [draft if one.id == draft.id else one for one in order]
    return [*order, draft]


def _always(known: Iterable[Policy]) -> list[Policy]:
    """The policies as if they had been there from the beginning."""
    return [replace(one, created_at="", id=one.id or new_id()) for one in known]
