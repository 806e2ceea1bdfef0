"""A desk at one moment of its past, whose tickets are given out by drafts; `routing.choice` chooses, as it does live.

What is done here when follows `routing.service`, `routing.queue` and `routing.reacting`, without a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from helpdesk.core import clock
from helpdesk.people.model import Person
from helpdesk.routing.choice import cause_against, choose
from helpdesk.routing.members import candidate
from helpdesk.routing.model import Candidate, Decision, Wish
from helpdesk.routing.wishes import relaxations, relaxed_at, wish_for
from helpdesk.simulation.cases import Case, Wait
from helpdesk.simulation.ledger import Ledger
from helpdesk.simulation.presence import Presence
from helpdesk.simulation.reading import Words

Routing = dict[str, Any]


@dataclass(frozen=True)
class Terms:
    """By what tickets are given out: teams, who is in them and when, what counts how much."""

    routings: Mapping[str, Routing]  # of the teams that give out
    members: Mapping[str, list[Person]]  # by team, with those of the teams below it
    presence: Mapping[str, Presence]
    weights: Mapping[str, int]
    usual: int  # the capacity of who has none of his own
    scope: frozenset[str]  # the teams whose tickets are told of
    words: Words

    def teams_of(self, person_id: str | None) -> list[str]:
        """The teams for which somebody may take tickets."""
        return [id_ for id_, people in self.members.items() if any(one.id == person_id for one in people)]


@dataclass
class Desk:
    """Who has what, and what waits, at a moment that goes on."""

    terms: Terms
    at: str = ""
    waiting: dict[str, dict[str, Case]] = field(default_factory=dict)  # by team
    held: dict[str, dict[str, Case]] = field(default_factory=dict)  # by owner
    alarms: Callable[[str], None] = lambda _at: None  # asks to be woken at a time

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.terms.weights)

    def put(self, case: Case, before: str | None) -> None:
        """A ticket stands elsewhere, or somebody else has it, than `before` had it."""
        place, id_ = case.then, case.ticket.id
        self.ledger.move(case.ticket, before, place.holder, self.at)
        if before != place.holder:
            self.held.get(before or "", {}).pop(id_, None)
            if place.holder:
                self.held.setdefault(place.holder, {})[id_] = case
        waits = place.active and not place.owner and place.team_id in self.terms.routings
        for team_id, cases in self.waiting.items():
            if team_id != place.team_id or not waits:
                cases.pop(id_, None)
        if waits:
            self.waiting.setdefault(str(place.team_id), {})[id_] = case
        if case.wait and (not waits or case.wait.team_id != place.team_id):
            case.wait.until, case.wait = self.at, None
        case.concerned |= self.concerns(case)

    def concerns(self, case: Case) -> bool:
        """Whether a ticket is now one of those that are told of."""
        return case.then.active and case.then.team_id in self.terms.scope

    def route(
        self, case: Case, *, given_back: str | None = None, leaving: str | None = None, keep: bool = False
    ) -> None:
        """Give a ticket to the best of its team, or note that nobody can take it; see `routing.service.route`."""
        place = case.then
        routing = self.terms.routings.get(place.team_id or "")
        if not routing or not place.active or place.owner != leaving:
            return
        if routing["language"] != "ignore" and not case.language:
            case.language = case.ticket.language or self.terms.words(case, self.at)
        owner = case.last_owner if routing["sticky"] else None
        left = frozenset(filter(None, (given_back, leaving)))
        decision = choose(self._wish(case, last_owner=owner, given_back=left), self.ready(str(place.team_id)))
        if keep and not decision.chosen:
            return
        case.decided = (self.at, decision)
        self.give(case, decision.chosen.id if decision.chosen else None)
        if not decision.chosen:
            self._leave(case, decision, routing)
        if leaving:
            self.fill(self.terms.teams_of(leaving))

    def give(self, case: Case, owner: str | None) -> None:
        """Somebody has it, or nobody."""
        before, had = case.then.holder, case.then.owner
        case.then.owner = owner
        if had and had != owner:
            case.last_owner = had
        self.put(case, before)

    def fill(self, team_ids: Iterable[str]) -> None:
        """Give out what waits in these teams, the oldest first; see `routing.queue.fill`."""
        for team_id in team_ids:
            waiting = sorted(self.waiting.get(team_id, {}).values(), key=_age)
            hopeless: set[tuple[object, ...]] = set()  # what nobody can take now, nobody can when he has more
            ready = self.ready(team_id) if waiting else []
            for case in waiting:
                wish = self._wish(case)
                asks = (wish.language, wish.weight, wish.relaxed)
                if case.wait and (asks in hopeless or not choose(wish, ready).chosen):
                    hopeless.add(asks)
                    continue
                self.route(case)
                ready = self.ready(team_id)

    def relieve(self, person_id: str) -> None:
        """Give what somebody has, who is away and wants it so, to others, or back to the queue."""
        for case in list(self.held.get(person_id, {}).values()):
            self.route(case, leaving=person_id)

    def tick(self) -> None:
        """Hand over what those hold whose shift has ended, and give out what waits."""
        for team_id, routing in self.terms.routings.items():
            if routing["hand_over"] and routing["only_on_shift"]:
                self._shift_end(team_id)
        self.fill(self.terms.routings)

    def stays(self, case: Case) -> bool:
        """Whether the owner of a ticket that was opened again is there to go on with it, or nobody else can get it."""
        if case.then.team_id not in self.terms.routings:
            return True
        owner = next((one for one in self.ready(str(case.then.team_id)) if one.id == case.then.owner), None)
        if not owner:
            return False
        idle = Candidate(owner.id, owner.state, owner.on_shift, capacity=1)
        return cause_against(Wish(str(case.then.team_id), weight=0), idle, "none") is None

    def ready(self, team_id: str) -> list[Candidate]:
        """The members of a team as they are at this moment."""
        return [self._candidate(one, self.terms.routings[team_id]) for one in self.terms.members.get(team_id, ())]

    def _candidate(self, person: Person, routing: Routing) -> Candidate:
        presence, load = self.terms.presence[person.id], self.ledger.load(person.id)
        there = presence.there(self.at, by_shift=routing["only_on_shift"])
        return candidate(person, there, load, self.terms.weights, self.terms.usual, presence.state(self.at))

    def _wish(self, case: Case, **more: Any) -> Wish:
        team_id = str(case.then.team_id)
        routing, since = self.terms.routings[team_id], case.wait.since if case.wait else None
        known = {"language": case.language, "weight": self.terms.weights.get(case.ticket.channel, 1)}
        return wish_for(team_id, routing, relaxed=relaxed_at(since, routing, clock.parse(self.at)), **known | more)

    def _leave(self, case: Case, decision: Decision, routing: Routing) -> None:
        if not case.wait:
            case.wait = Wait(self.at, decision.why, str(case.then.team_id))
            case.waits.append(case.wait)
        case.wait.reason = decision.why
        for moment in relaxations(case.wait.since, routing):
            if (at := clock.iso(moment)) > self.at:
                self.alarms(at)

    def _shift_end(self, team_id: str) -> None:
        ready = self.ready(team_id)
        if not any(one.on_shift and one.state == "available" for one in ready):
            return
        for one in ready:
            for case in list(self.held.get(one.id, {}).values()) if not one.on_shift else ():
                if case.then.team_id == team_id:
                    self.route(case, leaving=one.id, keep=True)


def _age(case: Case) -> tuple[str, str]:
    return case.ticket.created_at, case.ticket.id
