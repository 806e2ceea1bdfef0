"""Snooze: a ticket that wants no attention until a time or a reply (TM-22); `timers` wakes it by time."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core import clock
from helpdesk.core.errors import Conflict, FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.settings.defaults import DONE
from helpdesk.tickets import service
from helpdesk.tickets.edit import Edit, wake
from helpdesk.tickets.model import Ticket


def snooze(actor: Actor, cause: Cause, ticket_id: str, body: dict[str, Any], version: int | None = None) -> Ticket:
    """Put a ticket to sleep until `until`, or until the customer writes (`on_reply`); his words wake it in any case.

    Raises
    ------
    Invalid
        when neither is given, or the time is none, or is over.
    Conflict
        `done`: what is solved or closed has nothing to wake for.
    """
    until = _checked(body)

    def apply(edit: Edit) -> None:
        if edit.after.category in DONE:
            raise Conflict("a ticket that is done does not sleep", code="done")
        wish = {"until": until, "on_reply": True}
        now = edit.after.snooze or {}
        if {name: now.get(name) for name in wish} != wish:
            edit.record("ticket.snoozed", snooze=wish | {"at": edit.at, "by": actor.id})

    return service.change(actor, cause, ticket_id, apply, version=version)


def wake_up(actor: Actor, cause: Cause, ticket_id: str, version: int | None = None) -> Ticket:
    """End the sleep by hand; one that is awake stays as it is."""
    return service.change(actor, cause, ticket_id, lambda edit: wake(edit, "agent"), version=version)


def _checked(body: dict[str, Any]) -> str | None:
    text = body.get("until")
    if not text:
        if not body.get("on_reply"):
            raise Invalid("say until when", FieldError("/until", "missing", "a time, or on_reply: true"))
        return None
    try:
        until = clock.parse(text)
    except ValueError:
        fault = FieldError("/until", "not_a_time", "RFC 3339 with a zone, e.g. 2030-01-31T09:00:00Z")
        raise Invalid("this is not a time", fault) from None
    if until <= clock.now():
        raise Invalid("this time is over", FieldError("/until", "past", "a time to come"))
    return clock.iso(until)
