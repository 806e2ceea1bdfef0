"""One command on a ticket through the rules: which fire, what they do, and what is written down of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aws_lambda_powertools import Logger

from helpdesk.core import clock
from helpdesk.core.items import Item
from helpdesk.filters.matching import Context
from helpdesk.rules import store
from helpdesk.rules.decisions import Occasion, rest_of
from helpdesk.rules.evaluate import Setting, judge_all
from helpdesk.rules.firing import Firing
from helpdesk.rules.model import Rule, Verdict
from helpdesk.rules.scenes import Scene, facts_at, scene_of
from helpdesk.rules.service import rules
from helpdesk.rules.silence import silence_for
from helpdesk.settings.priorities import priorities
from helpdesk.tickets.model import Ticket

logger = Logger()


def run(org_id: str, ticket_id: str, version: int) -> None:
    """Take the command whose first event has this version through the rules; harmless to repeat."""
    waiting = [rule for rule in rules(org_id) if not rule.timed]
    if not waiting:
        return
    scene = scene_of(org_id, ticket_id, version, asked_by(waiting))
    wanted = [rule for rule in waiting if scene and rule.on & scene.types]
    if not scene or not wanted:
        return
    known = store.decisions_since(org_id, ticket_id, scene.root_id)
    if not any(store.is_rest(row) and row["event_id"] == scene.id for row in known):
        _Turn(scene, known).take(wanted)


def setting_of(scene: Scene, ticket: Ticket, asked: frozenset[str]) -> Setting:
    """What rules are judged by when a command has been done: a ticket's values, and that moment as now."""
    ranks = {one.id: one.rank for one in priorities(ticket.org_id).values()}
    context = Context(ranks=ranks, now=clock.parse(scene.at))
    return Setting(facts_at(scene, ticket, asked), context, scene.at, scene.chain)


def asked_by(wanted: Sequence[Rule]) -> frozenset[str]:
    """The fields that the conditions of these rules look at."""
    return frozenset[str]().union(*(rule.asks for rule in wanted))


@dataclass
class _Turn:
    """One command's way through the rules; `known` is what was decided on all that its root has led to."""

    scene: Scene
    known: list[Item]
    failure: Exception | None = None

    def take(self, wanted: Sequence[Rule]) -> None:
        verdicts = judge_all(wanted, setting_of(self.scene, self.scene.after, asked_by(wanted)))
        done = [row.get("rule_id") for row in self.known if row["event_id"] == self.scene.id]
        for verdict in verdicts:
            if verdict.fires and verdict.rule.id not in done:
                self._fire(verdict.rule)
        if self.failure:
            raise self.failure
        self._end([verdict for verdict in verdicts if not verdict.fires])

    def _fire(self, rule: Rule) -> None:
        """What breaks here keeps no other rule from its turn; it is tried again with the whole command."""
        scene = self.scene

        def judged_by(ticket: Ticket) -> Setting:
            return setting_of(scene, ticket, rule.asks)

        try:
            firing = Firing(rule, scene.after, Occasion.of(scene), judged_by, silence_for(scene, self.known))
            self.known.append(firing.fire() | {"sk": ""})
        except Exception as failure:
            logger.exception("rule failed", rule=rule.id, ticket=scene.after.id)
            self.failure = failure

    def _end(self, silent: Sequence[Verdict]) -> None:
        org_id, ticket_id = self.scene.after.org_id, self.scene.after.id
        for verdict in silent:
            if verdict.because == "broken":
                store.note_error(org_id, verdict.rule.id, clock.stamp(), verdict.detail)
        place = store.rest_place(self.scene.root_id, self.scene.id)
        store.add_decision(store.decision_row(org_id, ticket_id, place, rest_of(Occasion.of(self.scene), silent)))
