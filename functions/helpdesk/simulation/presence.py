"""When somebody was there in the days that have passed: by his shifts and leaves, and by what he said of himself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from helpdesk.core import clock, log
from helpdesk.coverage.model import Rota
from helpdesk.coverage.service import Rotas
from helpdesk.coverage.spans import on_spans
from helpdesk.people.model import Person

_AVAILABLE = "availability"
_AT_ONCE = 8
_Span = tuple[str, str]


@dataclass(frozen=True)
class Said:
    """What somebody said of himself from a time on; `reassign`: his tickets are to go to others."""

    at: str
    state: str
    reassign: bool = False


@dataclass(frozen=True)
class Presence:
    """One colleague; spans are `[from, until)`, all times RFC 3339."""

    on: tuple[_Span, ...]
    away: tuple[_Span, ...]
    said: tuple[Said, ...]  # the first one from the beginning

    def there(self, at: str, *, by_shift: bool) -> bool:
        """Whether he works at a time, as `routing.members.is_there` has it for now."""
        return _within(self.on, at) if by_shift else not _within(self.away, at)

    def state(self, at: str) -> str:
        """What he said of himself last."""
        return self.said[bisect_right(self.said, at, key=_at) - 1].state

    def changes(self) -> set[str]:
        """The times at which he comes or goes."""
        return {at for span in (*self.on, *self.away) for at in span}


def presences(org_id: str, known: Rotas, since: str, until: str) -> dict[str, Presence]:
    """Each of these people by id; their logs are read side by side, as far back as the time goes."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        said = list(pool.map(lambda one: _said(org_id, one[0], since), known))
    return {person.id: _presence(rota, told, since, until) for (person, rota), told in zip(known, said, strict=True)}


def _presence(rota: Rota, said: tuple[Said, ...], since: str, until: str) -> Presence:
    first, last = clock.parse(since), clock.parse(until)
    on = tuple((clock.iso(start), clock.iso(end)) for start, end in on_spans(rota, first, last))
    away = tuple((clock.iso(start), clock.iso(end)) for (start, end), _ in rota.away())
    return Presence(on, away, said)


def _said(org_id: str, person: Person, since: str) -> tuple[Said, ...]:
    changes = [event for event in log.events_since(org_id, "person", person.id, since) if _AVAILABLE in event.changes]
    first = changes[0].changes[_AVAILABLE]["from"] if changes else person.available
    return (_told("", first), *(_told(event.at, event.changes[_AVAILABLE]["to"]) for event in changes))


def _told(at: str, said: dict[str, object] | None) -> Said:
    values = said or {}
    return Said(at, str(values.get("state", "available")), bool(values.get("reassign")))


def _within(spans: Sequence[_Span], at: str) -> bool:
    """Spans of shifts are in order; leaves may overlap, and are few."""
    return any(since <= at < until for since, until in spans)


def _at(said: Said) -> str:
    return said.at
