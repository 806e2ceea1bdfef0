"""One ticket's past under other policies: its events in order, and its promises as they would have followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from helpdesk.core.events import Event
from helpdesk.sla.model import Sla, Target
from helpdesk.sla.policies import Policy
from helpdesk.tickets.model import Ticket, fold_on
from helpdesk.tickets.promises import followed


@dataclass(frozen=True)
class Promise:
    """Something that was promised once: kept, broken, or still open."""

    target: str
    since: str
    due_at: str | None
    met_at: str | None
    state: str  # met, late or open


def replay(ticket: Ticket, events: Sequence[Event], known: Sequence[Policy], until: str) -> list[Promise]:
    """Every promise that these policies would have made of a ticket, as it stands at `until`."""
    state, found = Ticket(ticket.org_id, ticket.id), dict[tuple[str, str], Promise]()
    at = ""
    for event in events:
        before, at = state, event.at
        state = replace(fold_on(state, event), sla=before.sla)
        state = replace(state, sla=followed(before, state, at, known))
        _note(found, before.sla, state.sla, at)
    _note(found, state.sla, None, until)
    return list(found.values())


def _note(found: dict[tuple[str, str], Promise], before: Sla | None, after: Sla | None, at: str) -> None:
    """Keep how each promise stands that a change has met, replaced or dropped."""
    now = (after or {}).get("targets", {})
    for name, target in (before or {}).get("targets", {}).items():
        same = now.get(name)
        if not same or same["since"] != target["since"]:
            found[name, target["since"]] = _ended(name, target, at, superseded=name == "update" and same is not None)
    for name, target in now.items():
        if target.get("met_at"):
            found[name, target["since"]] = _ended(name, target, at)


def _ended(name: str, target: Target, at: str, *, superseded: bool = False) -> Promise:
    due, met = target.get("due_at"), target.get("met_at") or (at if superseded else None)
    late = (met or at) > due if due else target.get("left_seconds", 1) <= 0
    state = "late" if late else "met" if met else "open"
    return Promise(name, target["since"], due, met, state)
