"""One rule on one ticket: its effect and its decision in one commit, and so once, however often it is tried."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from helpdesk.access.actor import system
from helpdesk.core import clock
from helpdesk.core.effects import Effect
from helpdesk.core.errors import Conflict, DeskError, Forbidden, Invalid, NotFound
from helpdesk.core.events import Cause
from helpdesk.core.ids import derived_id, time_of
from helpdesk.core.items import Item
from helpdesk.core.table import Action, Put
from helpdesk.filters.matching import matches
from helpdesk.rules import store
from helpdesk.rules.actions import carry_out, plan_of
from helpdesk.rules.decisions import Occasion, decision_of
from helpdesk.rules.evaluate import Setting, unmet, with_clock
from helpdesk.rules.model import DONE, FAILED, UNCHANGED, Rule, Verdict
from helpdesk.rules.silence import NONE, Silence
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.message_store import message_row
from helpdesk.tickets.model import Ticket
from helpdesk.tickets.store import Change
from helpdesk.tickets.together import change_together


class Firing:
    """A rule that is to act on a ticket: `judged_by` says by what, once more, when the ticket is at hand."""

    def __init__(
        self,
        rule: Rule,
        ticket: Ticket,
        on: Occasion,
        judged_by: Callable[[Ticket], Setting],
        silence: Silence = NONE,
    ) -> None:
        self.rule, self.on, self.judged_by, self.silence = rule, on, judged_by, silence
        self.org_id, self.ticket_id = ticket.org_id, ticket.id
        self.actor = system(self.org_id)
        command_id = derived_id(time_of(on.event_id), on.event_id, self.ticket_id, rule.id)
        who = {"kind": "rule", "id": rule.id, "ip": None}
        self.effect = Effect()
        self.cause = Cause(self.org_id, who, "rule", command_id, on.caused_by, command_id, effect=self.effect)
        self.decision: Item = {}

    def fire(self) -> Item:
        """Do it, or say why it cannot be done; gives the decision.

        Raises
        ------
        Unavailable
            when it is to be tried again.
        """
        try:
            change_together(self.actor, self.cause, [self.ticket_id], self._apply)
        except (Conflict, Invalid, NotFound, Forbidden) as failure:
            self.effect.edits.clear()
            self._decide(FAILED, "error", error=_words(failure))
            store.note_error(self.org_id, self.rule.id, clock.stamp(), self.decision["detail"])
        if self.effect.changed:
            store.note_hit(self.org_id, self.rule.id, clock.stamp())
        else:
            store.add_decision(self.decision_row())
        return self.decision

    def marker(self, _edit: Edit) -> Put:
        """The row that says that it is done, written with the effect, on condition that it is not there."""
        return self.decision_row()

    def decision_row(self) -> Put:
        """The decision as it is written down."""
        place = (self.on.root_id, self.on.event_id, self.rule.id)
        return store.decision_row(self.org_id, self.ticket_id, place, self.decision)

    def _apply(self, edits: list[Edit]) -> tuple[Sequence[Change], Sequence[Action]] | None:
        (edit,) = edits
        if verdict := self._unmet(edit.after):
            self._decide(UNCHANGED, verdict.because, verdict)
            return None
        plan = plan_of(self.actor, self.rule.then, self.silence)
        done = carry_out(self.actor, self.cause, edit, plan, self._told())
        outcome, because = (DONE, "") if edit.events else (UNCHANGED, "nothing_to_do")
        self._decide(outcome, because, plan=done.plan, version=edit.after.version)
        self.effect.row = self.marker(edit)
        said = [message_row(self.org_id, self.ticket_id, message) for message in done.messages]
        return [Change(one.before, one.after, one.events) for one in done.touched], [*said, *done.also]

    def _unmet(self, ticket: Ticket) -> Verdict | None:
        """Why the condition holds no more of the ticket as it is now; None if it does."""
        setting = self.judged_by(ticket)
        facts = with_clock(self.rule, setting)
        if matches(self.rule.when, facts, setting.context):
            return None
        return unmet(self.rule, facts, setting.context, "changed_since")

    def _told(self) -> dict[str, Any]:
        named = {"rule_id": self.rule.id, "rule": self.rule.name}
        return named | {
            "event_id": self.on.caused_by,
            "root_id": self.on.root_id,
            "chain": [*self.on.chain, self.rule.id],
        }

    def _decide(self, outcome: str, because: str, verdict: Verdict | None = None, **more: Any) -> None:
        self.decision = decision_of(self.on, verdict or Verdict(self.rule, True, because), outcome, **more)


def _words(failure: DeskError) -> str:
    faults = "; ".join(f"{one.pointer}: {one.message}" for one in getattr(failure, "errors", ()))
    return f"{failure.detail}{f' ({faults})' if faults else ''}"[:300]
