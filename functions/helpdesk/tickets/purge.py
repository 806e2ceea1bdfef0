"""Erasing a ticket begins here: it becomes a tombstone, and the event of that makes `privacy` erase the rest."""

from __future__ import annotations

from helpdesk.access.actor import Actor
from helpdesk.access.policy import require, require_sight
from helpdesk.core.errors import Conflict, Unavailable
from helpdesk.core.events import Cause
from helpdesk.core.table import ConditionFailed, transact
from helpdesk.core.tries import tries
from helpdesk.tickets import purge_store, store
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.versions import check_version

_TRIES = 8


def begin(actor: Actor, cause: Cause, ticket_id: str, version: int | None = None) -> None:
    """Erase a ticket that lies in the trash: nobody finds it from now on, and nothing brings it back.

    Raises
    ------
    NotFound
        when there is none, also when it has been erased.
    Conflict
        `not_trashed`: only what lies in the trash is erased.
    """
    require(actor, "tickets:purge")
    for _ in tries(_TRIES):
        ticket = store.get_ticket(actor.org_id, ticket_id)
        require_sight(actor, ticket)
        assert ticket is not None  # noqa: S101 - require_sight has raised otherwise
        if not ticket.trashed_at:
            raise Conflict("only what lies in the trash is erased; move it there first", code="not_trashed")
        check_version(ticket, version)
        edit = Edit(ticket, cause)
        edit.record("ticket.purged", {"was": None})
        try:
            transact(purge_store.burial(ticket, edit.events[0]))
        except ConditionFailed:
            continue
        return
    raise Unavailable("this ticket is being changed by too many at once; try again")
