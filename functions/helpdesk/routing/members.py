"""The members of a team as routing sees them: what they can do, whether they are there, what they have to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from helpdesk.core import clock
from helpdesk.core.cache import remember
from helpdesk.coverage.model import Rota
from helpdesk.coverage.service import Rotas, rotas
from helpdesk.coverage.spans import next_change, on_spans
from helpdesk.people.model import Person
from helpdesk.routing.model import Candidate
from helpdesk.settings.organisation import channel_weights, default_capacity
from helpdesk.settings.teams import below
from helpdesk.tickets.load_store import Load, get_loads

_MOMENT = timedelta(seconds=1)


def members(org_id: str, team_id: str) -> Rotas:
    """The colleagues of a team and of those below it, who are not disabled; no round trip when warm."""
    wanted = below(org_id, team_id)
    return [(person, rota) for person, rota in _everybody(org_id) if wanted & set(person.team_ids)]


def candidates(org_id: str, routing: dict[str, Any], known: Rotas) -> list[Candidate]:
    """These people as they are now; one round trip for each 100."""
    loads = get_loads(org_id, [person.id for person, _ in known])
    weights, usual, at = channel_weights(org_id), default_capacity(org_id), clock.now()
    return [
        candidate(person, is_there(rota, at, by_shift=routing["only_on_shift"]), loads.get(person.id), weights, usual)
        for person, rota in known
    ]


def candidate(
    person: Person, there: bool, load: Load | None, weights: Mapping[str, int], usual: int, state: str | None = None
) -> Candidate:
    """Somebody as routing sees him; `usual` is the capacity of who has none of his own, `state` other than he says."""
    load = load or Load()
    return Candidate(
        id=person.id,
        state=state or person.available["state"],
        on_shift=there,
        skills={one["skill"].casefold(): one["level"] for one in person.skills},
        languages=frozenset(person.languages),
        load=load.points(weights),
        capacity=usual if person.capacity is None else person.capacity,
        assigned_at=load.assigned_at,
        moves=load.moves,
    )


def is_there(rota: Rota, at: datetime, *, by_shift: bool) -> bool:
    """Whether somebody works at a moment: by his shifts, or where those do not count, by not being on leave."""
    if by_shift:
        return bool(on_spans(rota, at, at + _MOMENT))
    return not any(since <= at < until for (since, until), _ in rota.away())


def next_arrival(known: Rotas) -> str | None:
    """When the first of those who are off comes, as far as it is known."""
    at = clock.now()
    comes = [change for _, rota in known if (found := next_change(rota, at)) and not found[0] and (change := found[1])]
    return clock.iso(min(comes)) if comes else None


@remember(seconds=5)
def _everybody(org_id: str) -> Rotas:
    """All staff, for some tickets in a row: what is exact, the loads, is read for each."""
    return rotas(org_id)
