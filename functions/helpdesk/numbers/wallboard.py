"""What stands on the wall of a team: how much there is, how old, what falls due, who is on, and what was done."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core import clock
from helpdesk.coverage import service as coverage
from helpdesk.filters.conditions import all_of
from helpdesk.filters.text import parse
from helpdesk.numbers import store
from helpdesk.numbers.model import AGENT, TEAM, WHOLE, Subject
from helpdesk.numbers.service import figures
from helpdesk.search import service as search
from helpdesk.search.engine import Sort, Wanted

ACTIVE = "category:active"
WITH_US = "category:new,open"
WAITING = "category:waiting,on_hold"
LATE = f"{ACTIVE} due:<=now"
_HOURS = ("now", *(f"+{hour}h" for hour in range(1, 9)))
FALLS_DUE = (LATE, *(f"{ACTIVE} due:>{since} due:<={until}" for since, until in pairwise(_HOURS)))
"""Late, and by the hours in which they fall due."""
_BOUNDS = ("1h", "4h", "24h", "3d", "7d")
AGES = (
    f"created:>-{_BOUNDS[0]}",
    *(f"created:<=-{young} created:>-{old}" for young, old in pairwise(_BOUNDS)),
    f"created:<=-{_BOUNDS[-1]}",
)
"""Younger than an hour, and on to older than a week."""
MOST_PEOPLE = 60
DAYS = 30


def wallboard(actor: Actor, team_id: str | None = None) -> dict[str, Any]:
    """The wall of a team, or of the whole desk, as far as the actor sees tickets; days are UTC.

    One question to search for all counts, one for the oldest ticket. What each colleague did today is for whoever
    may read numbers; null for others.
    """
    rotas = coverage.rotas(actor.org_id, team_id, reasons=False)[:MOST_PEOPLE]
    people = [person for person, _ in rotas]
    counts = _counts(actor, team_id, [person.id for person in people])
    now = coverage.who_is_on(rotas, clock.now())
    there = {one["person_id"]: {"on": True, "until": one["until"], "away": False} for one in now["on"]}
    there |= {one["person_id"]: {"on": False, "until": one["next"], "away": bool(one["away"])} for one in now["off"]}
    days = _days(actor.org_id, Subject(TEAM, team_id) if team_id else WHOLE)
    today = clock.stamp()[:10]
    done = _of_each(actor.org_id, [person.id for person in people], today) if actor.may("numbers:read") else {}
    return {
        "at": clock.stamp(),
        "team_id": team_id,
        "active": counts[ACTIVE],
        "unassigned": counts[f"{ACTIVE} assignee:none"],
        "falls_due": [counts[text] for text in FALLS_DUE],
        "ages": [{"with_us": counts[f"{WITH_US} {age}"], "waiting": counts[f"{WAITING} {age}"]} for age in AGES],
        "oldest": _oldest(actor, team_id),
        "people": [
            {"person_id": person.id, "name": person.name or person.email, **there[person.id]}
            | {"active": counts[f"{ACTIVE} assignee:{person.id}"], "late": counts[f"{LATE} assignee:{person.id}"]}
            | {"today": done.get(person.id)}
            for person in people
        ],
        "today": figures([days.get(today, {})]),
        "usual": figures(row for day, row in days.items() if day != today),
        "days": [{"day": day} | figures([row]) for day, row in sorted(days.items())],
    }


def _counts(actor: Actor, team_id: str | None, people: list[str]) -> dict[str, int]:
    texts = [ACTIVE, f"{ACTIVE} assignee:none", *FALLS_DUE]
    texts += [f"{whose} {age}" for age in AGES for whose in (WITH_US, WAITING)]
    texts += [f"{which} assignee:{id_}" for id_ in people for which in (ACTIVE, LATE)]
    within = [parse(f"team:{team_id}")] if team_id else []
    asked = [all_of([parse(text), *within]) for text in texts]
    return dict(zip(texts, search.count(actor, asked), strict=True))


def _oldest(actor: Actor, team_id: str | None) -> dict[str, Any] | None:
    condition = parse(f"{ACTIVE} team:{team_id}" if team_id else ACTIVE)
    wanted = Wanted(condition, search.context_of(actor), sort=(Sort("created_at"),), limit=1)
    for _, ticket in search.find(actor, wanted)[0]:
        return {name: getattr(ticket, name) for name in ("id", "number", "subject", "created_at")}
    return None


def _days(org_id: str, subject: Subject) -> dict[str, dict[str, float]]:
    today: date = clock.now().date()
    return store.days_of(org_id, subject, (today - timedelta(days=DAYS)).isoformat(), today.isoformat())


def _of_each(org_id: str, people: list[str], day: str) -> dict[str, dict[str, Any]]:
    each = store.days_of_each(org_id, [Subject(AGENT, id_) for id_ in people], day, day)
    return {id_: figures(days.values()) for id_, days in zip(people, each, strict=True)}
