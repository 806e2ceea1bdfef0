"""Counting loads anew: they are exact, but a desk from before had none, and a restored table may have others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from helpdesk.core import clock
from helpdesk.core.cache import remember
from helpdesk.core.config import config
from helpdesk.core.table import query_all
from helpdesk.people.model import person_of
from helpdesk.people.store import every_colleague
from helpdesk.tickets.load_store import Load, get_loads, note_counted, owner_of, set_load, were_counted
from helpdesk.tickets.model import ticket_from
from helpdesk.tickets.row_store import INDEX_KEYS

_SECONDS = 20  # of a first count
_SETTLED = timedelta(minutes=1)  # by then the index shows what the transaction wrote


def recount(org_id: str, more: Callable[[], bool]) -> int:
    """Put right each load that differs from the tickets; one that moves meanwhile is left for the next time."""
    wrong, left_out = 0, 0
    people = [person_of(row).id for row in every_colleague(org_id)]
    known = get_loads(org_id, people)
    settled = clock.iso(clock.now() - _SETTLED)
    for person_id in people:
        if not more():
            return wrong
        seen = known.get(person_id, Load())
        channels = _counted(org_id, person_id)
        if +Counter(seen.channels) != channels:
            done = seen.moved_at < settled and set_load(org_id, person_id, seen, channels)
            wrong, left_out = wrong + done, left_out + (not done)
    if not left_out:
        note_counted(org_id)
    return wrong


@remember(seconds=60)
def ensure_counted(org_id: str) -> None:
    """Count the loads of a desk whose tickets are older than its loads, before the first of them is relied on."""
    if not were_counted(org_id):
        recount(org_id, clock.allowance(_SECONDS))


def _counted(org_id: str, person_id: str) -> Counter[str]:
    pk, names = f"{org_id}#{person_id}#active", INDEX_KEYS["by_assignee"]
    rows = query_all(config().tickets_table, pk, index="by_assignee", key_names=names)
    tickets = (ticket_from(row) for row in rows)
    return Counter(one.channel for one in tickets if owner_of(one) == person_id)
