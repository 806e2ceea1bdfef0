"""What a rule does to a ticket: a macro's actions, whole macros, telling a webhook or people; all in one command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.events import Cause
from helpdesk.core.table import Action
from helpdesk.macros import sharing
from helpdesk.macros.actions import MACRO
from helpdesk.macros.applying import perform
from helpdesk.rules.scenes import APPLIED, Scene
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Message

ANSWERED = "another rule has already answered"
MACHINE = "a machine wrote it, and two machines would never stop"


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

    @property
    def replies(self) -> bool:
        """True if the customer is written to."""
        return any(action["type"] == "reply" for action in self.actions)


@dataclass
class Done:
    """What came of a plan."""

    messages: list[Message] = field(default_factory=list)
    also: list[Action] = field(default_factory=list)


def plan_of(actor: Actor, then: Sequence[Mapping[str, Any]], silence: str) -> Plan:
    """What of these actions is to be done, with a reason for `silence` no reply; `NotFound` if a macro is gone."""
    actions: list[Mapping[str, Any]] = []
    macros: list[str] = []
    for action in then:
        if action["type"] == "macro":
            actions += sharing.found(actor, MACRO, action["macro_id"])["actions"]
            macros.append(action["macro_id"])
        elif action["type"] not in ("webhook", "notify"):
            actions.append(action)
    webhooks = dict.fromkeys(one["webhook_id"] for one in then if one["type"] == "webhook")
    notify = dict.fromkeys(one["to"] for one in then if one["type"] == "notify")
    replies = [action for action in actions if action["type"] == "reply"]
    surplus = replies if silence else replies[1:]
    left_out = tuple({"action": "reply", "because": silence or ANSWERED} for _ in surplus)
    kept = [action for action in actions if not any(action is one for one in surplus)]
    return Plan(kept, tuple(webhooks), tuple(notify), tuple(macros), left_out)


def carry_out(actor: Actor, cause: Cause, edit: Edit, plan: Plan, told: Mapping[str, Any]) -> Done:
    """Do a plan, and say so by `ticket.rule_applied` with `told`; what changes nothing and tells nobody says nothing.

    Raises
    ------
    Conflict, Invalid, NotFound
        for what cannot be done; then nothing of it is.
    """
    done = Done()
    for macro_id in plan.macros:
        edit.record("ticket.macro_applied", {"macro_id": macro_id})
    if plan.actions:
        _, done.messages, done.also = perform(actor, cause, edit, [dict(one) for one in plan.actions], automatic=True)
    if len(edit.events) > len(plan.macros) or plan.webhooks or plan.notify:
        edit.record(APPLIED, {**told, "webhook_ids": list(plan.webhooks), "notify": list(plan.notify)})
    else:
        edit.events.clear()
    return done


def silence_for(scene: Scene | None, answered: bool) -> str:
    """Why no reply may go out; "" if one may."""
    if answered:
        return ANSWERED
    return MACHINE if scene and scene.message and scene.message["message.automatic"] else ""
