"""The trash: a ticket in it is nowhere else, comes back as it was, and is erased after some days (TM-19)."""

from __future__ import annotations

from datetime import timedelta

from helpdesk.access.actor import Actor
from helpdesk.access.policy import require
from helpdesk.core import clock
from helpdesk.core.events import Cause
from helpdesk.settings.organisation import shown
from helpdesk.tickets import service
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Ticket
from helpdesk.tickets.speaking import postpone


def trash(actor: Actor, cause: Cause, ticket_id: str, version: int | None = None) -> Ticket:
    """Move a ticket to the trash; one that lies there stays. Nothing else of it changes."""
    require(actor, "tickets:delete")
    return service.change(actor, cause, ticket_id, throw_away, version=version, trashed=True)


def restore(actor: Actor, cause: Cause, ticket_id: str, version: int | None = None) -> Ticket:
    """Take a ticket back from the trash, as it was."""
    require(actor, "tickets:delete")
    return service.change(actor, cause, ticket_id, take_back, version=version, trashed=True)


def throw_away(edit: Edit) -> None:
    """Record `ticket.trashed`."""
    if not edit.after.trashed_at:
        postpone(edit, "trash")
        edit.record("ticket.trashed", trashed_at=edit.at)


def take_back(edit: Edit) -> None:
    """Record `ticket.restored`."""
    edit.record("ticket.restored", trashed_at=None)


def kept_days(org_id: str) -> int:
    """How long the organisation keeps its trash."""
    return int(shown(org_id)["purge_days"])


def due_before(org_id: str) -> str:
    """What was trashed before this moment is to be erased by now."""
    return clock.iso(clock.now() - timedelta(days=kept_days(org_id)))
