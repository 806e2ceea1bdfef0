"""What happened between two times: a bounded walk of the feed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from helpdesk.core import clock
from helpdesk.core.errors import Invalid
from helpdesk.core.items import Item
from helpdesk.feed import reading, times

MOST_EVENTS = 100_000
_SKEW = timedelta(minutes=2)  # clocks of containers, and the time from commit to feed
_PAGE = 500


def entries_between(org_id: str, since: str, until: str, most: int = MOST_EVENTS) -> Iterator[Item]:
    """The feed's entries of a time, in order.

    Raises
    ------
    Invalid
        `too_wide` when there are more than `most`.
    """
    after, read = before(org_id, since), 0
    last = clock.iso(clock.parse(until) + _SKEW)
    while page := reading.read(org_id, after, _PAGE):
        for entry in page:
            if entry["at"] > last:
                return
            if since <= entry["at"] <= until:
                read += 1
                yield entry
        if read > most:
            raise Invalid(f"more than {most} events happened in this time; take a shorter one", code="too_wide")
        after = page[-1]["seq"]


def tickets_of(org_id: str, actor_id: str, since: str, until: str) -> Iterator[str]:
    """The tickets to which somebody did something in a time, each once, in the order of the first."""
    seen: set[str] = set()
    for entry in entries_between(org_id, since, until):
        subject = entry["subject"]
        if entry["actor"]["id"] == actor_id and subject["kind"] == "ticket" and subject["id"] not in seen:
            seen.add(subject["id"])
            yield subject["id"]


def before(org_id: str, at: str) -> int:
    """The number of an entry that is surely older than a time."""
    return times.first_at(org_id, clock.iso(clock.parse(at) - _SKEW)) - 1
