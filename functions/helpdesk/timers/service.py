"""What a ticket is about to do by itself, for people: listed, explained, and cancelled (TM-05)."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import Conflict, NotFound
from helpdesk.core.events import Cause
from helpdesk.tickets import edit as verbs
from helpdesk.tickets import service
from helpdesk.tickets.due import Ending, Step, idle_of, kept_open, steps
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
    Conflict
        `not_cancellable` for a promise, which ends by keeping it or by another policy, for a reply's leaving, and for
        what waits for somebody.
    """

    def apply(edit: Edit) -> None:
        step = next((one for one in steps(edit.after) if one.id == what), None)
        if not step:
            raise NotFound("this ticket has no such timer")
        if step.what == "send":
            raise Conflict("take the reply back instead", code="not_cancellable")
        if step.target:
            raise Conflict("a promise is kept, not cancelled", code="not_cancellable")
        if step.what == "route":
            raise Conflict("give the ticket to somebody, and it waits no more", code="not_cancellable")
        if step.what == "wake":
            verbs.wake(edit, "agent")
        else:
            edit.record("ticket.timer_cancelled", {"what": what}, idle=kept_open(edit.after))

    return service.change(actor, cause, ticket_id, apply, version=version)


def _shown(ticket: Ticket, step: Step) -> dict[str, Any]:
    if step.what == "send":
        because = "a reply was written to leave then"
    elif step.target:
        sla = ticket.sla or {}
        target = sla["targets"][step.target]
        because = (
            f"{step.target} within {target['minutes']} minutes since {target['since']}, by the policy {sla['policy']}"
        )
    elif step.what == "route":
        because = f"nobody could take it ({(ticket.unmatched or {})['reason']}); it is looked at again then"
    elif not isinstance(step, Ending):
        because = "it sleeps until then"
    else:
        idle = idle_of(ticket)
        begun = f"since the reminder of {idle['reminded_at']}" if idle.get("reminded_at") else f"since {idle['since']}"
        because = f"{ticket.category} {begun}, by the rule {step.rule.name}"
    rule = step.rule if isinstance(step, Ending) else None
    return {"id": step.id, "at": step.at, "because": because} | {
        "rule_id": rule and rule.id,
        "rule": rule and rule.name,
    }
