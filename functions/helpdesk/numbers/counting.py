"""The numbers follow the feed: each stretch of it is counted once, for the cursor moves in the same transaction.

What a stretch adds is worked out from the whole log of its tickets, and of that only what its own events add.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from helpdesk.calendars.service import calendars
from helpdesk.core import clock
from helpdesk.core.errors import Unavailable
from helpdesk.core.events import Event
from helpdesk.core.items import Item
from helpdesk.core.table import ConditionFailed
from helpdesk.feed import reading
from helpdesk.feed.store import get_head
from helpdesk.numbers import store
from helpdesk.numbers.measuring import measured
from helpdesk.numbers.model import Measure, Subject
from helpdesk.numbers.store import Sums, sums_of
from helpdesk.tickets.store import get_events

WINDOW = 100  # entries of the feed looked at together
_SECONDS = 15  # of counting before a ticket is erased
_MOST_ROWS = 99  # of one transaction, beside the cursor's (AWS limit of 100)


def catch_up(org_id: str, more: Callable[[], bool] = lambda: True) -> int:
    """Count what the feed has beyond the cursor while there is time for `more`; gives where the cursor stands."""
    cursor = store.cursor_of(org_id)
    while more():
        entries = reading.read(org_id, cursor, WINDOW)
        if not entries:
            return cursor
        until, sums = _stretch(org_id, entries)
        try:
            store.advance(org_id, cursor, until, sums)
        except ConditionFailed:
            until = store.cursor_of(org_id)  # another worker has counted it
        cursor = until
    return cursor


def _stretch(org_id: str, entries: Sequence[Item]) -> tuple[int, Sums]:
    """How far a transaction reaches into these entries, and what it adds."""
    by_seq = _measures(org_id, entries)
    taken: list[Measure] = []
    rows: set[tuple[Subject, str]] = set()
    until = entries[0]["seq"] - 1
    for entry in entries:
        found = by_seq[entry["seq"]]
        rows.update((subject, measure.day) for measure in found for subject in measure.subjects)
        if len(rows) > _MOST_ROWS:
            break
        taken += found
        until = entry["seq"]
    return until, sums_of(taken)


def _measures(org_id: str, entries: Sequence[Item]) -> dict[int, list[Measure]]:
    """What each of the entries adds, by its number."""
    of_ticket: dict[str, dict[int, int]] = defaultdict(dict)
    for entry in entries:
        if entry["subject"]["kind"] == "ticket":
            of_ticket[entry["subject"]["id"]][entry.get("version", 0)] = entry["seq"]
    found: dict[int, list[Measure]] = defaultdict(list)
    for ticket_id, numbers in of_ticket.items():
        for measure in of_ticket_log(org_id, get_events(org_id, ticket_id)):
            if measure.version in numbers:
                found[numbers[measure.version]].append(measure)
    return found


def of_ticket_log(org_id: str, events: Sequence[Event]) -> list[Measure]:
    """What a ticket's events add, business times by the calendars as they are now."""
    return measured(events, lambda id_: calendars(org_id).get(id_))


def keep_of_erased(org_id: str, ticket_id: str) -> None:
    """Keep what a ticket has added before its log is erased.

    Raises
    ------
    Unavailable
        while not all of the feed is counted: the erasing is to be tried again later.
    """
    if catch_up(org_id, clock.allowance(_SECONDS)) < get_head(org_id)["last"]:
        raise Unavailable("its numbers are not counted yet")
    if events := get_events(org_id, ticket_id):
        store.keep_erased(org_id, ticket_id, sums_of(of_ticket_log(org_id, events)))
