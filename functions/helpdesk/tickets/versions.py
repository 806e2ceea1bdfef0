"""Whether a caller's version of a ticket still stands."""

from __future__ import annotations

from helpdesk.core.errors import Stale
from helpdesk.tickets import store
from helpdesk.tickets.model import Ticket


def check_version(current: Ticket, version: int | None) -> None:
    """Raise `Stale` if a field differs from that version (None: any): a delivery receipt alone stops nobody."""
    if version in (None, current.version):
        return
    events = store.get_events(current.org_id, current.id, since=version or 0)
    differing = sorted({name for event in events for name in event.changes})
    if differing or (version or 0) > current.version:
        raise Stale("the ticket has changed since you read it", current=current, differing=differing)
