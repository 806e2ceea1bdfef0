"""Counting loads anew: they are exact, but a desk from before had none, and a restored table may have others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.table import query_all
from helpdesk.people.model import person_of
from helpdesk.people.store import every_colleague
from helpdesk.tickets.load_store import Load, get_loads, owner_of, set_load
from helpdesk.tickets.model import ticket_from
from helpdesk.tickets.row_store import INDEX_KEYS

_SETTLED = timedelta(minutes=1)  # by then the index shows what the transaction wrote


def recount(org_id: str, more: Callable[[], bool]) -> int:
    """Put right each load that differs from the tickets; one that moves meanwhile is left for the next time."""
    wrong = 0
    people = [person_of(row).id for row in every_colleague(org_id)]
    known = get_loads(org_id, people)
    settled = clock.iso(clock.now() - _SETTLED)
    for person_id in people:
        if not more():
            break
        seen = known.get(person_id, Load())
        channels = _counted(org_id, person_id)
        if +Counter(seen.channels) != channels and seen.moved_at < settled:
            wrong += set_load(org_id, person_id, seen, channels)
    return wrong


def _counted(org_id: str, person_id: str) -> Counter[str]:
    pk, names = f"{org_id}#{person_id}#active", INDEX_KEYS["by_assignee"]
    rows = query_all(config().tickets_table, pk, index="by_assignee", key_names=names)
    tickets = (ticket_from(row) for row in rows)
    return Counter(one.channel for one in tickets if owner_of(one) == person_id)
