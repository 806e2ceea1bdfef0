"""The log once more, with a draft in force: who has what in the end, and what each had to do on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

from helpdesk.simulation.cases import Case, Step
from helpdesk.simulation.desk import Desk, Terms
from helpdesk.simulation.ledger import Ledger

_LOOK = 500  # steps between two looks at the time that is left


@dataclass
class Replay:
    """Both worlds beside each other: `desk` is as it would be, `was` has the loads of what was."""

    terms: Terms
    weights: Mapping[str, int]  # by which loads were counted
    since: str
    until: str
    by_hand_left_out: int = 0  # owners that people set, and that they would have found set otherwise
    agenda: list[str] = field(default_factory=list)  # times at which the clock looks
    live: bool = False

    def __post_init__(self) -> None:
        self.desk = Desk(self.terms, alarms=lambda at: heappush(self.agenda, at))
        self.was = Ledger(self.weights)
        self.cases: dict[str, Case] = {}

    def stand(self, cases: Iterable[Case]) -> None:
        """Begin with tickets that stand all the time."""
        for case in cases:
            self.cases[case.ticket.id] = case
            self.was.move(case.ticket, None, case.was.holder, "")
            self.desk.put(case, None)

    def run(self, steps: Sequence[Step], more: Callable[[], bool]) -> str:
        """Go through the steps, which are in order; says until when it came before there was no time for `more`."""
        for number, step in enumerate(steps):
            if number % _LOOK == 0 and not more():
                self.until = step.at
                break
            if not self.live and step.at >= self.since:
                self._begin()
            self._pass(step.at)
            self._take(step)
        if not self.live:
            self._begin()
        self._pass(self.until)
        return self.until

    def _begin(self) -> None:
        """From here on drafts give out; what waits is looked at first, as when a team is saved."""
        self.live, self.desk.at = True, self.since
        for ledger in (self.was, self.desk.ledger):
            ledger.begin()
        for case in self.cases.values():
            case.concerned = self.desk.concerns(case)
        moments = {at for presence in self.terms.presence.values() for at in presence.changes()}
        moments |= {said.at for presence in self.terms.presence.values() for said in presence.said}
        self.agenda = sorted(at for at in moments if self.since < at <= self.until)
        self.desk.fill(self.terms.routings)

    def _pass(self, at: str) -> None:
        """Let the time go on until `at`."""
        while self.live and self.agenda and self.agenda[0] <= at:
            moment = self.desk.at = heappop(self.agenda)
            while self.agenda and self.agenda[0] == moment:
                heappop(self.agenda)
            for person_id, presence in self.terms.presence.items():
                if any(said.at == moment and said.reassign for said in presence.said):
                    self.desk.relieve(person_id)
            self.desk.tick()
        self.desk.at = max(at, self.desk.at)

    def _take(self, step: Step) -> None:
        case = self.cases.setdefault(step.case.ticket.id, step.case)
        if step.of != "then":
            before = case.was.holder
            vars(case.was).update(step.places)
            case.was.owner = step.owner[1] if step.owner else case.was.owner
            self.was.move(case.ticket, before, case.was.holder, step.at)
        if step.of != "was":
            self._follow(case, step)

    def _follow(self, case: Case, step: Step) -> None:
        """What the step does in the world that would have been, and what follows from it."""
        before, had = case.then.holder, case.then.owner
        vars(case.then).update(step.places)
        case.language = step.language or case.language
        if step.owner and self._happens(case, step):
            case.then.owner = step.owner[1]
            case.last_owner = step.owner[0] or case.last_owner
        self.desk.put(case, before)
        if not self.live or not (step.places or step.owner):
            return
        lost = had if had != case.then.owner else None
        if not case.then.owner:
            self.desk.route(case, given_back=lost)
        elif step.opened and not self.desk.stays(case):
            self.desk.route(case, leaving=case.then.owner)
        if before and before != case.then.holder:
            self.desk.fill(self.terms.teams_of(before))

    def _happens(self, case: Case, step: Step) -> bool:
        """Whether a change of the owner happens: what the desk gave out not, what people did where they find the same.

        A ticket that begins with an owner, and what the draft itself does, always do.
        """
        if not self.live or step.of == "then":
            return True
        if step.routed or not step.owner:
            return False
        same = step.owner[0] == case.then.owner
        self.by_hand_left_out += not same
        return same
