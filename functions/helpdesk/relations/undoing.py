"""Undo of commands that touch two tickets: each has its own way back, which changes both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import Conflict
from helpdesk.core.events import Cause, Event
from helpdesk.relations import links, merging
from helpdesk.tickets import history, service, store
from helpdesk.tickets.model import Ticket


def undo(actor: Actor, cause: Cause, ticket_id: str, wish: dict[str, Any], version: int | None = None) -> Ticket:
    """Take a command back as `history.undo` does; a merge or link is taken back on both tickets.

    Raises as `history.undo` does; `not_undoable` for a split and for what has been merged again.
    """
    ticket = service.find_ticket(actor, ticket_id)
    events = history.command_of(store.get_events(ticket.org_id, ticket.id), wish)
    told = next((event for event in events if event.type in _WAYS), None)
    if not told:
        return history.undo(actor, cause, ticket.id, wish, version)
    _require_alone(events)
    _WAYS[told.type](actor, cause, ticket.id, told, version)
    return service.find_ticket(actor, ticket.id)


def _require_alone(events: Sequence[Event]) -> None:
    """What a rule did beside its link would stay: then the link is taken back by hand, and the rest, too."""
    by_rule = [one for one in events if one.actor["kind"] == "rule" and one.type != "ticket.rule_applied"]
    if len(by_rule) > 1:
        raise Conflict("a rule did more than link tickets here; take the link back by itself", code="not_undoable")


def _unmerge(actor: Actor, cause: Cause, ticket_id: str, _told: Event, version: int | None) -> None:
    merging.unmerge(actor, cause, ticket_id, version)


def _release(actor: Actor, cause: Cause, _ticket_id: str, told: Event, _version: int | None) -> None:
    merging.unmerge(actor, cause, told.data["ticket_id"])


def _unlink(actor: Actor, cause: Cause, ticket_id: str, told: Event, version: int | None) -> None:
    links.unlink(actor, cause, ticket_id, told.data["kind"], told.data["ticket_id"], version)


def _link(actor: Actor, cause: Cause, ticket_id: str, told: Event, version: int | None) -> None:
    links.link(actor, cause, ticket_id, told.data["kind"], told.data["ticket_id"], version)


_WAYS = {
    "ticket.merged": _unmerge,
    "ticket.absorbed": _release,
    "ticket.linked": _unlink,
    "ticket.unlinked": _link,
}
