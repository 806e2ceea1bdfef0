"""All numbers again from the whole log, to compare with what is stored and to put it right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from helpdesk.feed import reading
from helpdesk.numbers import store
from helpdesk.numbers.counting import WINDOW, catch_up, of_ticket_log
from helpdesk.numbers.model import COUNTS, DURATIONS, Subject
from helpdesk.numbers.store import Sums, sums_of
from helpdesk.tickets.store import get_events

_EVER = ("0000", "9999")
_ROUNDING = 0.0005  # seconds


@dataclass(frozen=True)
class Difference:
    """A number that is not what the log says."""

    subject: Subject
    day: str
    name: str
    stored: float
    counted: float


def recounted(org_id: str, until: int) -> Sums:
    """The numbers of everything up to that place in the feed, without looking at what is stored of them."""
    sums: Sums = {}
    erased = dict(store.erased(org_id))
    for kept in erased.values():
        _add(sums, kept)
    for ticket_id in _tickets(org_id, until):
        if ticket_id in erased:
            continue
        events = [event for event in get_events(org_id, ticket_id) if event.seq and event.seq <= until]
        _add(sums, sums_of(of_ticket_log(org_id, events)))
    return sums


def differences(org_id: str, *, repair: bool = False) -> list[Difference]:
    """Where the stored numbers differ from the log; `repair` puts the log's in their place.

    The feed is counted to its end first. While a repair runs, nothing else may count: what is counted meanwhile to a
    day that is put right is lost with it.
    """
    counted: dict[Subject, dict[str, Counter[str]]] = defaultdict(dict)
    for (subject, day), row in recounted(org_id, catch_up(org_id)).items():
        counted[subject][day] = row
    found: list[Difference] = []
    for subject in sorted(counted, key=lambda one: (one.kind, one.id)):
        stored = store.days_of(org_id, subject, *_EVER)
        for day in sorted({*stored, *counted[subject]}):
            right = counted[subject].get(day, Counter())
            wrong = _wrong(subject, day, stored.get(day, {}), right)
            if wrong and repair:
                store.replace_day(org_id, subject, day, right)
            found += wrong
    return found


def _wrong(subject: Subject, day: str, stored: Mapping[str, float], right: Mapping[str, float]) -> list[Difference]:
    return [
        Difference(subject, day, name, stored.get(name, 0), right.get(name, 0))
        for name in sorted({*right, *stored})
        if name.startswith((*COUNTS, *DURATIONS)) and abs(stored.get(name, 0) - right.get(name, 0)) > _ROUNDING
    ]


def _tickets(org_id: str, until: int) -> Iterator[str]:
    """Each ticket of the feed up to a place, once."""
    seen: set[str] = set()
    after = 0
    while entries := reading.read(org_id, after, WINDOW):
        after = entries[-1]["seq"]
        for entry in entries:
            subject = entry["subject"]
            if entry["seq"] <= until and subject["kind"] == "ticket" and subject["id"] not in seen:
                seen.add(subject["id"])
                yield subject["id"]


def _add(sums: Sums, more: Sums) -> None:
    for key, row in more.items():
        sums.setdefault(key, Counter()).update(row)
