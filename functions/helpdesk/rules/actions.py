"""What a rule does to a ticket: a macro's actions, whole macros, links, mail on the side, telling a webhook or people;
all in one command.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.events import Cause
from helpdesk.core.table import Action
from helpdesk.macros import sharing
from helpdesk.macros.actions import MACRO
from helpdesk.macros.applying import perform
from helpdesk.rules import linking, side_talks
from helpdesk.rules.scenes import APPLIED
from helpdesk.rules.side_talks import Talks
from helpdesk.rules.silence import ANSWERED, Silence
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Message

_APART = ("webhook", "notify", linking.TYPE, side_talks.TYPE)
_NO_TALKS = Talks((), (), ())


@dataclass(frozen=True)
class Plan:
    """A rule's actions with its macros written out: what is done, who is told, and what is left out.

    `notify` has `assignee`, `team` and ids of colleagues.
    """

    actions: Sequence[Mapping[str, Any]] = ()
    webhooks: tuple[str, ...] = ()
    notify: tuple[str, ...] = ()
    macros: tuple[str, ...] = ()
    left_out: tuple[Mapping[str, str], ...] = ()
    links: tuple[Mapping[str, Any], ...] = ()
    talks: Talks = _NO_TALKS

    @property
    def replies(self) -> bool:
        """True if the customer is written to."""
        return any(action["type"] == "reply" for action in self.actions)

    @property
    def types(self) -> list[str]:
        """The types of what is done, in the order in which it is."""
        told = [*("webhook" for _ in self.webhooks), *("notify" for _ in self.notify)]
        return [one["type"] for one in (*self.actions, *self.links, *self.talks.actions)] + told


@dataclass
class Done:
    """What came of a plan: `plan` as it was done, and the edits of the other tickets that it `touched`."""

    plan: Plan
    messages: list[Message] = field(default_factory=list)
    also: list[Action] = field(default_factory=list)
    touched: list[Edit] = field(default_factory=list)
    linked: list[tuple[str, str]] = field(default_factory=list)


def plan_of(actor: Actor, then: Sequence[Mapping[str, Any]], silence: Silence) -> Plan:
    """What of these actions is to be done, as far as `silence` lets it; `NotFound` if a macro is gone."""
    actions: list[Mapping[str, Any]] = []
    macros: list[str] = []
    for action in then:
        if action["type"] == "macro":
            actions += sharing.found(actor, MACRO, action["macro_id"])["actions"]
            macros.append(action["macro_id"])
        elif action["type"] not in _APART:
            actions.append(action)
    webhooks = dict.fromkeys(one["webhook_id"] for one in then if one["type"] == "webhook")
    notify = dict.fromkeys(one["to"] for one in then if one["type"] == "notify")
    links = tuple(one for one in then if one["type"] == linking.TYPE)
    talks = side_talks.talks_of(actor.org_id, then, silence)
    kept, left_out = _without_surplus(actions, silence.reply)
    return Plan(kept, tuple(webhooks), tuple(notify), tuple(macros), (*left_out, *talks.left_out), links, talks)


def carry_out(actor: Actor, cause: Cause, edit: Edit, plan: Plan, told: Mapping[str, Any]) -> Done:
    """Do a plan, and say so by `ticket.rule_applied` with `told`; what changes nothing and tells nobody says nothing.

    Raises
    ------
    Conflict, Invalid, NotFound
        for what cannot be done; then nothing of it is.
    """
    done = Done(plan)
    for macro_id in plan.macros:
        edit.record("ticket.macro_applied", {"macro_id": macro_id})
    if plan.actions:
        _, done.messages, done.also = perform(actor, cause, edit, [dict(one) for one in plan.actions], automatic=True)
    _link(actor, cause, edit, done, told)
    for talk in plan.talks.actions:
        done.also += side_talks.begin(actor, replace(cause, command_id=None), edit, talk)
    if len(edit.events) > len(plan.macros) or plan.webhooks or plan.notify:
        edit.record(APPLIED, {**told, "webhook_ids": list(plan.webhooks), "notify": list(plan.notify)})
    else:
        edit.events.clear()
    return done


def _link(actor: Actor, cause: Cause, edit: Edit, done: Done, told: Mapping[str, Any]) -> None:
    """Make the links; the other tickets know by which rule, so that it does not fire on what it did to them."""
    linked = linking.link_all(actor, cause, edit, done.plan.links)
    done.plan = replace(done.plan, links=tuple(linked.made), left_out=(*done.plan.left_out, *linked.left_out))
    done.also += linked.also
    done.linked = linked.numbers
    done.touched = [other for other in linked.others.values() if other.events]
    for other in done.touched:
        other.record(APPLIED, {**told, "webhook_ids": [], "notify": []})


def _without_surplus(
    actions: Sequence[Mapping[str, Any]], silence: str
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, str]]]:
    """The actions with at most one reply, and why the others are left out."""
    replies = [action for action in actions if action["type"] == "reply"]
    surplus = replies if silence else replies[1:]
    left_out: list[Mapping[str, str]] = [{"action": "reply", "because": silence or ANSWERED} for _ in surplus]
    return [action for action in actions if not any(action is one for one in surplus)], left_out
