"""A draft of a rule over the event log of the last days: what it would have done, ticket by ticket (RT-02)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import may_see
from helpdesk.core import clock
from helpdesk.core.events import Event
from helpdesk.rules.evaluate import judge, judge_all
from helpdesk.rules.model import Rule
from helpdesk.rules.running import asked_by, setting_of
from helpdesk.rules.scenes import Scene, message_in
from helpdesk.rules.service import draft_of, rules
from helpdesk.rules.silence import silence_for
from helpdesk.settings.fields.reading import shown_changes
from helpdesk.simulation.draft import faults_below
from helpdesk.simulation.load import load_of
from helpdesk.simulation.log import batches, changed_at, changed_since, commands_of, logs
from helpdesk.simulation.reading import Reading
from helpdesk.simulation.routing import replayed
from helpdesk.simulation.terms import as_it_is
from helpdesk.simulation.timed_rule import timed_trials
from helpdesk.simulation.trial import Trial, folded, tried, without
from helpdesk.tickets import store
from helpdesk.tickets.model import Ticket

MOST_TICKETS = 10_000
MOST_SHOWN = 50
_COUNTED = ("matched", "tickets", "changed", "unchanged", "failed", "replies", "side_conversations", "links")
_OWNING = {"set_assignee", "set_team", "macro"}


def simulate(actor: Actor, body: dict[str, Any], more: Callable[[], bool]) -> dict[str, Any]:
    """What the draft `{id?, rule, days}` would have done; it stops early when there is no time for `more`.

    The log has what the other rules did; what the rule of this `id` did is left out of it. What the draft's own
    effects would have led to is not followed.

    Raises
    ------
    Invalid
        as saving the rule would, each fault below `/rule`.
    """
    days = body["days"]
    since, until = clock.iso(clock.now() - timedelta(days=days)), clock.stamp()
    with faults_below("/rule"):
        draft = draft_of(actor.org_id, body.get("id"), body["rule"])
    order = [*_before(rules(actor.org_id), draft), draft]
    tally, read = Tally(actor), Reading(since)
    for batch in batches(changed_since(actor.org_id, since)):
        if not more() or tally.seen >= MOST_TICKETS:
            read.complete = False
            break
        read.since = changed_at(batch[-1])
        for ticket, events in logs(batch):
            commands = without(draft.id, commands_of(events))
            timed = timed_trials(draft, ticket, commands, since, until) if draft.timed else None
            made = list(timed or trials(order, ticket, commands, since, tally))
            tally.add(ticket, made)
            read.add_drafted(ticket, events, draft.id, made)
    answer = {"days": days, "since": since, "all": read.complete} | tally.shown()
    return answer | _loads(actor.org_id, draft, read, since, until)


def _loads(org_id: str, draft: Rule, read: Reading, since: str, until: str) -> dict[str, Any]:
    """What each colleague would have had to do, where the draft gives tickets to people or teams."""
    if _OWNING.isdisjoint(action["type"] for action in draft.then):
        return {"load": None, "fairness": None}
    read.since = since if read.complete else read.since
    read.stand(org_id)
    now = as_it_is(org_id)
    return load_of(replayed(org_id, read, now, now, until), now.capacities(), now.capacities())


@dataclass
class Tally:
    """Counts over all tickets, and what is shown of them."""

    actor: Actor
    seen: int = 0
    judged: int = 0
    stopped: int = 0
    numbers: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTED, 0))
    found: list[dict[str, Any]] = field(default_factory=list)

    def add(self, ticket: Ticket, every: Sequence[Trial]) -> None:
        """Count what the rule would have done to one ticket."""
        self.seen += 1
        some = [one for one in every if not one.idle]
        self._count(tickets=bool(every), matched=len(every), unchanged=len(every) - len(some))
        self._count(failed=sum(bool(one.error) for one in some), changed=sum(not one.error for one in some))
        self._count(replies=sum(one.replies for one in some), links=sum(len(one.links) for one in some))
        self._count(side_conversations=sum(one.sides for one in some))
        if some and may_see(self.actor, ticket):
            self.found += [self._told(ticket, one) for one in some]

    def shown(self) -> dict[str, Any]:
        """The answer's numbers, and the newest fifty."""
        newest = sorted(self.found, key=lambda one: str(one["at"]), reverse=True)[:MOST_SHOWN]
        counts = {"tickets_seen": self.seen, "judged": self.judged, "stopped": self.stopped}
        return counts | self.numbers | {"found": newest}

    def _count(self, **more: int) -> None:
        for name, number in more.items():
            self.numbers[name] += number

    def _told(self, ticket: Ticket, one: Trial) -> dict[str, Any]:
        named = {"ticket_id": ticket.id, "number": ticket.number, "subject": ticket.subject[:100]}
        changes = shown_changes(self.actor, one.changes)
        what = {"changes": changes, "replies": one.replies, "notes": one.notes, "error": one.error}
        what |= {"side_conversations": one.sides, "links": self._linked(one)}
        return named | {"event": one.event, "at": one.at} | what

    def _linked(self, one: Trial) -> list[dict[str, Any]]:
        """The tickets that would be linked; of one that the reader may not see no number."""
        others = store.get_tickets(self.actor.org_id, {id_ for _, id_ in one.links}) if one.links else {}
        seen = {id_: other.number for id_, other in others.items() if may_see(self.actor, other)}
        return [{"kind": kind, "number": seen.get(id_)} for kind, id_ in one.links]


def trials(
    order: Sequence[Rule], ticket: Ticket, commands: Sequence[tuple[Event, ...]], since: str, tally: Tally
) -> Iterator[Trial]:
    """Each occasion on which the last of these rules would have fired, in the order of the ticket's commands.

    It acts when the rules before it have acted on the same occasion, as the log has it.
    """
    replay = _Replay(order, Ticket(ticket.org_id, ticket.id), tally)
    for command in commands:
        if not replay.is_earlier(command):
            yield from replay.act()
        scene = replay.go_on(command)
        if command[-1].at >= since and order[-1].on & scene.types:
            replay.judge(scene)
    yield from replay.act()


@dataclass
class _Replay:
    """One ticket on its way through its commands, and the occasion that the draft waits to act on."""

    order: Sequence[Rule]
    state: Ticket
    tally: Tally
    waiting: Scene | None = None

    def is_earlier(self, command: tuple[Event, ...]) -> bool:
        """True for what an earlier rule did on the occasion that the draft waits for."""
        ids = {rule.id for rule in self.order[:-1]}
        last = command[-1]
        return bool(self.waiting and last.causation_id == self.waiting.id and last.actor["id"] in ids)

    def go_on(self, command: tuple[Event, ...]) -> Scene:
        """The ticket after one more command."""
        before = self.state if self.state.version else None
        for event in command:
            self.state = folded(self.state, event)
        return Scene(command, before, self.state, None)

    def judge(self, scene: Scene) -> None:
        """Whether the draft fires here; then it waits for the rules before it."""
        self.tally.judged += 1
        asked = asked_by(self.order)
        scene = replace(scene, message=message_in(self.state.org_id, self.state.id, scene.events, asked))
        here = [rule for rule in self.order if rule.on & scene.types and (rule.stop or rule is self.order[-1])]
        verdict = judge_all(here, setting_of(scene, self.state, asked))[-1]
        self.tally.stopped += verdict.stopped
        self.waiting = scene if verdict.fires else self.waiting

    def act(self) -> Iterator[Trial]:
        """What the draft does on the occasion that it has waited for, if its condition still holds."""
        scene, draft, self.waiting = self.waiting, self.order[-1], None
        if scene and judge(draft, setting_of(scene, self.state, asked_by([draft]))).fires:
            trial, self.state = tried(draft, self.state, _named(scene, draft), scene.at, silence_for(scene))
            yield trial


def _named(scene: Scene, rule: Rule) -> str:
    return next(event.type for event in scene.events if event.type in rule.on)


def _before(known: Sequence[Rule], draft: Rule) -> list[Rule]:
    """The rules whose turn comes before the draft's: they act first, and one of them may be the last."""
    ids = [rule.id for rule in known]
    place = ids.index(draft.id) if draft.id in ids else len(ids)
    return [rule for rule in known[:place] if not rule.timed]
