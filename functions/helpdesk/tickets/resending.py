"""Sending a reply again to those whom it did not reach, once whatever was wrong has been put right (NO-01, EM-35)."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk.access.actor import Actor
from helpdesk.core.errors import Conflict, NotFound
from helpdesk.core.events import Cause
from helpdesk.core.table import Action
from helpdesk.tickets import message_store, service
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Message

_NOT_REACHED = ("failed", "bounced", "suppressed")


def send_again(actor: Actor, cause: Cause, ticket_id: str, message_id: str) -> Message:
    """Send a reply to the requester, as the ticket names him now, and to its copies, as far as they do not have it.

    Gives the message, queued again for them. An address that is suppressed still is told so again.

    Raises
    ------
    NotFound
        when the ticket has no such reply.
    Conflict
        `not_failed` when it has reached everybody, or is on its way.
    """

    def apply(edit: Edit) -> tuple[Sequence[Message], Sequence[Action]]:
        ticket = edit.after
        message = message_store.get_message(ticket.org_id, ticket.id, message_id)
        if not message or message.kind != "reply":
            raise NotFound("there is no such reply")
        reached = [one for one in message.recipients if one["status"] not in _NOT_REACHED]
        have = {one["email"] for one in reached}
        to = [one for one in dict.fromkeys([ticket.requester["email"], *message.cc]) if one not in have]
        if message.delivery["status"] not in _NOT_REACHED or not to:
            raise Conflict("this reply has gone out to everybody, or is on its way", code="not_failed")
        edit.record("message.resent", {"message_id": message_id, "to": to})
        states = [{"email": one, "status": "queued", "detail": None, "at": edit.at} for one in to] + reached
        delivery = {"status": "queued", "detail": None}
        return [], [message_store.set_delivery(ticket.org_id, ticket.id, message_id, delivery, states, None)]

    service.change(actor, cause, ticket_id, apply)
    return service.read_message(service.get_ticket(actor.org_id, ticket_id), message_id)
