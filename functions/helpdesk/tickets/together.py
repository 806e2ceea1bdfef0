"""A command on several tickets: all of them change in one transaction, or none does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from helpdesk.access.actor import Actor
from helpdesk.access.policy import require_sight
from helpdesk.core.errors import Stale, Unavailable
from helpdesk.core.events import Cause
from helpdesk.core.table import Action, ConditionFailed
from helpdesk.core.tries import tries
from helpdesk.tickets import once, store
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Ticket
from helpdesk.tickets.store import Change
from helpdesk.tickets.thread import require_living, require_untrashed
from helpdesk.tickets.versions import check_version

_TRIES = 12
Apply = Callable[[list[Edit]], tuple[Sequence[Change], Sequence[Action]] | None]


def change_together(
    actor: Actor, cause: Cause, ids: Sequence[str], apply: Apply, *, version: int | None = None, merged: bool = False
) -> list[Ticket]:
    """Read the tickets, apply a command to the edits of all, commit them as one; gives them as they are then.

    `apply` may give further changes (a new ticket) and writes. Tried again on the newer states unless the caller
    named a version, which is the first ticket's. `merged=True` lets it touch tickets that were merged into others.

    Raises
    ------
    NotFound
        when one is not there, or the actor may not see it: permission is asked for on every ticket.
    Conflict
        `merged` when one lives on in another.
    """
    for _ in tries(_TRIES):
        edits = [Edit(before, cause) for before in _read(actor, ids, merged=merged)]
        check_version(edits[0].after, version)
        further, also = apply(edits) or ((), ())
        changes = [Change(edit.before, edit.after, edit.events) for edit in edits]
        marks = once.mark(edits[0], None)
        if once.is_rehearsal(cause):
            return [edit.after for edit in edits]
        try:
            store.commit_all([*changes, *further], [*marks, *also])
        except Stale:
            continue
        except ConditionFailed as failure:
            if once.done_by(cause, failure):
                return _read(actor, ids, merged=True)
            if failure.action in also:  # what `apply` looked at has changed: look again
                continue
            raise
        return [edit.after for edit in edits]
    raise Unavailable("these tickets are being changed by too many at once; try again")


def _read(actor: Actor, ids: Sequence[str], *, merged: bool) -> list[Ticket]:
    found = store.get_tickets(actor.org_id, ids)
    tickets = []
    for id_ in ids:
        ticket = found.get(id_)
        require_sight(actor, ticket)
        assert ticket is not None  # noqa: S101 - require_sight has raised otherwise
        require_untrashed(ticket)
        if not merged:
            require_living(ticket)
        tickets.append(ticket)
    return tickets
