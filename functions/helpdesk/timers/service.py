"""What a ticket is about to do by itself, for people: listed, explained, and cancelled (TM-05)."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import NotFound
from helpdesk.core.events import Cause
from helpdesk.tickets import edit as verbs
from helpdesk.tickets import service
from helpdesk.tickets.due import Step, idle_of, next_step, steps
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Ticket


def timers_of(ticket: Ticket) -> list[dict[str, Any]]:
    """What is to happen to a ticket if nobody does anything, in order: `{id, at, because, rule_id, rule}`."""
    return [_shown(ticket, step) for step in steps(ticket)]


def cancel(actor: Actor, cause: Cause, ticket_id: str, what: str, version: int | None = None) -> Ticket:
    """Cancel a timer: a sleep ends; a ticket that would end by itself stays until its status changes.

    Raises
    ------
    NotFound
        when the ticket has no such timer.
    """

    def apply(edit: Edit) -> None:
        first = next_step(edit.after)
        if not first or what not in [one.what for one in steps(edit.after)]:
            raise NotFound("this ticket has no such timer")
        if first.what == "wake":
            verbs.wake(edit, "agent")
        else:
            edit.record("ticket.timer_cancelled", {"what": what}, idle=idle_of(edit.after) | {"kept_open": True})

    return service.change(actor, cause, ticket_id, apply, version=version)


def _shown(ticket: Ticket, step: Step) -> dict[str, Any]:
    if not step.rule:
        because = "it sleeps until then"
    else:
        idle = idle_of(ticket)
        begun = f"since the reminder of {idle['reminded_at']}" if idle.get("reminded_at") else f"since {idle['since']}"
        because = f"{ticket.category} {begun}, by the rule {step.rule.name}"
    rule = {"rule_id": step.rule.id, "rule": step.rule.name} if step.rule else {"rule_id": None, "rule": None}
    return {"id": step.what, "at": step.at, "because": because} | rule
