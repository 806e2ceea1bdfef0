"""Who is on at a moment, and the coverage of a week."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from helpdesk.calendars.business_time import Span, without
from helpdesk.calendars.model import Calendar
from helpdesk.core import clock
from helpdesk.coverage.leaves import leaves
from helpdesk.coverage.model import Rota
from helpdesk.coverage.shifts import shifts
from helpdesk.coverage.spans import next_change, shift_spans, uncovered
from helpdesk.people.colleagues import colleagues
from helpdesk.people.model import Person

Rotas = list[tuple[Person, Rota]]


def who_is_on(known: Rotas, at: datetime) -> dict[str, Any]:
    """`{at, on: [{person_id, name, until}], off: [{person_id, name, next, away}]}` of these people.

    `until` and `next` are null where nothing changes within 400 days; `away` says of a leave until when and why.
    """
    on: list[dict[str, Any]] = []
    off: list[dict[str, Any]] = []
    for person, rota in known:
        is_on, change = next_change(rota, at)
        who = _named(person)
        if is_on:
            on.append(who | {"until": _told(change)})
        else:
            off.append(who | {"next": _told(change), "away": _away(rota, at)})
    return {"at": clock.iso(at), "on": on, "off": off}


def week_of(known: Rotas, first: date, zone: str, calendar: Calendar | None = None) -> dict[str, Any]:
    """Seven days of a zone: when these people are on or on leave, and the times of the calendar at which nobody is."""
    start, end = (
        datetime.combine(first + timedelta(days=days), time(), ZoneInfo(zone)).astimezone(UTC) for days in (0, 7)
    )
    bare = uncovered(calendar, [rota for _, rota in known], start, end) if calendar else []
    return {
        "from": clock.iso(start),
        "until": clock.iso(end),
        "zone": zone,
        "people": [_row(person, rota, start, end) for person, rota in known],
        "uncovered": [_shown(span) for span in bare],
    }


def rotas(org_id: str, team_id: str | None = None, *, reasons: bool = True) -> Rotas:
    """The colleagues who are not disabled, by name, with their shifts and leaves.

    Without `reasons` every leave is just a leave: that somebody is ill is not everybody's business.
    """
    wanted = [one for one in colleagues(org_id) if not team_id or team_id in one.team_ids]
    planned, absent = shifts(org_id), leaves(org_id)
    ordered = sorted(wanted, key=lambda one: (one.name.casefold(), one.id))
    if not reasons:
        absent = {id_: tuple(replace(one, reason="leave") for one in held) for id_, held in absent.items()}
    return [(one, Rota(planned.get(one.id, ()), absent.get(one.id, ()))) for one in ordered]


def _row(person: Person, rota: Rota, start: datetime, end: datetime) -> dict[str, Any]:
    away = rota.away()
    stops = [span for span, _ in away]
    spans = [
        _shown(span) | {"shift_id": shift.id}
        for shift in rota.shifts
        for span in without(shift_spans(shift, start, end), stops)
    ]
    absent = [
        _shown((max(since, start), min(until, end))) | {"reason": leave.reason, "leave_id": leave.id}
        for (since, until), leave in away
        if since < end and until > start
    ]
    by_time = {"spans": sorted(spans, key=_start), "leaves": sorted(absent, key=_start)}
    return _named(person) | by_time


def _named(person: Person) -> dict[str, Any]:
    return {"person_id": person.id, "name": person.name}


def _away(rota: Rota, at: datetime) -> dict[str, Any] | None:
    """The leave that ends last of those that hold."""
    held = [(until, leave) for (since, until), leave in rota.away() if since <= at < until]
    if not held:
        return None
    until, leave = max(held, key=lambda one: one[0])
    return {"until": clock.iso(until), "reason": leave.reason}


def _start(shown: dict[str, Any]) -> str:
    return str(shown["from"])


def _told(at: datetime | None) -> str | None:
    return clock.iso(at) if at else None


def _shown(span: Span) -> dict[str, Any]:
    return {"from": clock.iso(span[0]), "until": clock.iso(span[1])}
