"""Firing: every minute the tickets whose time has come are read again, and do what is still due.

Each step is one commit on the version that was read: a customer's word in the last second makes it void, and two
workers at once make one step. What cannot be done is told on the ticket, and is not tried for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from aws_lambda_powertools import Logger

from helpdesk.access.actor import Actor, cause_of, system
from helpdesk.core import clock
from helpdesk.core.errors import Conflict, DeskError, Invalid, NotFound, Unavailable
from helpdesk.core.table import Action
from helpdesk.filters.fields import STATES
from helpdesk.macros.templates import TEMPLATE, render, requester_of
from helpdesk.records import service as records
from helpdesk.settings.defaults import DONE
from helpdesk.sla.model import nearly_due
from helpdesk.tickets import edit as verbs
from helpdesk.tickets import sending, service
from helpdesk.tickets.commands import message_of
from helpdesk.tickets.due import Ending, idle_of, kept_open, next_step
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Message, Ticket
from helpdesk.tickets.promises import followed
from helpdesk.tickets.row_store import due_key
from helpdesk.tickets.speaking import add_message, without_plan
from helpdesk.timers import store

logger = Logger()
_MOST_STEPS = 10  # of one ticket in one turn
_AUTHOR = {"kind": "system", "id": "system", "name": "Lambdesk"}
Written = tuple[Sequence[Message], Sequence[Action]] | None


def run(org_id: str, more: Callable[[], bool]) -> int:
    """Fire all that is due, the longest due first, each ticket once, while there is time for `more`; says how many."""
    looked = 0
    for ticket_id in store.due_now(org_id):
        if not more():
            break
        fire(org_id, ticket_id)
        looked += 1
    return looked


def fire(org_id: str, ticket_id: str) -> None:
    """Do what of a ticket is due now, step by step; harmless to repeat."""
    actor = system(org_id)
    try:
        for _ in range(_MOST_STEPS):
            if not _is_due(_step(actor, ticket_id)):
                return
    except DeskError as gone:
        logger.info("nothing to fire", ticket=ticket_id, reason=gone.code)


def _step(actor: Actor, ticket_id: str) -> Ticket:
    """Do the first thing that is due; where nothing is, the index was wrong, and is put right."""
    cause, edits = cause_of(actor, "system"), list[Edit]()
    try:
        ticket = service.change(actor, cause, ticket_id, _doing(actor, edits))
    except (Conflict, Invalid, NotFound) as failure:
        return service.change(actor, cause, ticket_id, _telling(failure))
    if edits[-1].events:
        return ticket
    return _beyond(ticket)


def _beyond(ticket: Ticket) -> Ticket:
    """What is due, and is not of this ticket alone: who may take it. Where nothing is due, the index is put right."""
    step = next_step(ticket)
    if step and step.what == "route" and step.at <= clock.stamp():
        from helpdesk.routing.service import Call, route

        return route(ticket.org_id, ticket.id, Call("timer")) or ticket
    store.set_due(ticket)
    return ticket


def _is_due(ticket: Ticket) -> bool:
    step = next_step(ticket)
    return step is not None and step.at <= clock.stamp()


def repair(org_id: str, more: Callable[[], bool]) -> int:
    """Bring promises and index up to date with policies and rules as they are; says how many tickets had to move.

    Raises
    ------
    Unavailable
        when the time for `more` was over before it was done; what is done stays so.
    """
    moved = 0
    actor = system(org_id)
    for category in (*STATES["active"], "solved"):
        for ticket, row in store.of_category(org_id, category):
            if not more():
                raise Unavailable("not all tickets have been looked at; try again")
            if category not in DONE and followed(None, ticket, clock.stamp()) != ticket.sla:
                service.change(actor, cause_of(actor, "system"), ticket.id, Edit.review_promises)
            elif due_key(ticket) != row.get("d_sk"):
                store.set_due(ticket)
            else:
                continue
            moved += 1
    return moved


def _doing(actor: Actor, edits: list[Edit]) -> Callable[[Edit], Written]:
    def apply(edit: Edit) -> Written:
        edits.append(edit)
        step = next_step(edit.after)
        if not step or step.at > clock.stamp():
            return None
        if step.what == "send":
            return _send(edit, str(step.target))
        if step.target:
            _tell_of_promises(edit)
            return None
        if step.what == "wake":
            verbs.wake(edit, "time")
            return None
        return _end(actor, edit, step) if isinstance(step, Ending) else None

    return apply


def _end(actor: Actor, edit: Edit, step: Ending) -> Written:
    if step.what == "remind":
        return _remind(actor, edit, step)
    _close(edit, step)
    return None


def _send(edit: Edit, message_id: str) -> Written:
    """Let a planned reply go; one that is not there to send any more is no plan any more."""
    try:
        return sending.going(edit, message_id)
    except (Conflict, NotFound):
        edit.record("message.cancelled", {"message_id": message_id}, planned=without_plan(edit.after, message_id))
        return None


def _tell_of_promises(edit: Edit) -> None:
    """Warnings and breaches that are due; a promise that is broken needs no warning any more."""
    edit.tell_breaches()
    for name in nearly_due(edit.after.sla, edit.at):
        edit.mark_target("ticket.sla_warned", name, "warned_at")


def _remind(actor: Actor, edit: Edit, step: Ending) -> Written:
    row = records.get(edit.after.org_id, TEMPLATE.kind, str(step.rule.template_id))
    words = render(row["variants"], actor, edit.after, requester_of(edit.after))
    if words.undefined:
        raise Conflict(f"{', '.join(words.undefined)} has no value", code="undefined_variables")
    message, also = message_of(actor, edit.cause, edit.after, "reply", _AUTHOR, (words.body_text, words.body_html), [])
    message = replace(message, automatic=True, quotes=False)
    add_message(edit, message, counts=False)
    _told(edit, step, {"message_id": message.id}, idle=idle_of(edit.after) | {"reminded_at": edit.at})
    return [message], also


def _close(edit: Edit, step: Ending) -> None:
    _told(edit, step, {})
    if not verbs.move_into(edit, step.rule.to):
        raise Conflict(f"no status of {step.rule.to} may follow", code="illegal_transition")


def _told(edit: Edit, step: Ending, more: dict[str, Any], **changes: Any) -> None:
    named = {"what": step.what, "due_at": step.at, "rule_id": step.rule.id, "rule": step.rule.name}
    edit.record("ticket.timer_fired", named | more, **changes)


def _telling(failure: DeskError) -> Callable[[Edit], None]:
    def apply(edit: Edit) -> None:
        step = next_step(edit.after)
        if isinstance(step, Ending) and step.at <= clock.stamp():
            reason = {"what": step.what, "rule_id": step.rule.id, "rule": step.rule.name, "reason": failure.code}
            edit.record("ticket.timer_failed", reason, idle=kept_open(edit.after))

    return apply
