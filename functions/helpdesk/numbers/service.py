"""The numbers as people read them: of oneself, or for whoever may, of colleagues, teams, SLA policies and the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import require
from helpdesk.core import clock
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.numbers import store
from helpdesk.numbers.model import AGENT, COUNTS, DESK, DURATIONS, POLICY, STEPS, TEAM, WHOLE, Subject
from helpdesk.people.colleagues import colleagues
from helpdesk.settings.service import teams
from helpdesk.sla.policies import policies

OF = ("me", AGENT, TEAM, POLICY, DESK)
MOST_DAYS = 92


def numbers(actor: Actor, of: str, first: str | None, last: str | None) -> dict[str, Any]:
    """`{from, until, rows: [{id, name, total, days}]}` of `me`, each `agent`, `team` or `policy`, or the `desk`.

    Days are UTC, `YYYY-MM-DD`, both with it; without them the last 30. Rows stand by name; one without a number in
    that time is there, too, unless the colleague is disabled.

    Raises
    ------
    Forbidden
        for others' numbers without `numbers:read`.
    Invalid
        for what is no date, or more than 92 days.
    """
    since, until = _range(first, last)
    if of != "me":
        require(actor, "numbers:read")
    subjects = _subjects(actor, of)
    days = store.days_of_each(actor.org_id, subjects, since, until)
    rows = [_row(subject, name, found) for (subject, name), found in zip(subjects.items(), days, strict=True)]
    return {"from": since, "until": until, "of": of, "rows": rows}


def figures(days: Iterable[Mapping[str, float]]) -> dict[str, Any]:
    """The sum of some days' rows: counts, and of each duration its count, means and median."""
    sums: Counter[str] = Counter()
    for row in days:
        sums.update({name: value for name, value in row.items() if isinstance(value, (int, float))})
    return {name: int(sums[name]) for name in COUNTS} | {name: _duration(sums, name) for name in DURATIONS}


def _duration(sums: Counter[str], name: str) -> dict[str, Any]:
    """`{count, mean, mean_business, median_within}` in seconds; null without any, and beyond the last step."""
    count = int(sums[f"{name}_count"])
    if count <= 0:
        return {"count": 0, "mean": None, "mean_business": None, "median_within": None}
    reached, median = 0, None
    for place, step in enumerate(STEPS):
        reached += int(sums[f"{name}_step_{place}"])
        if reached * 2 >= count:
            median = step
            break
    seconds, business = (round(sums[f"{name}_{one}"] / count) for one in ("seconds", "business"))
    return {"count": count, "mean": seconds, "mean_business": business, "median_within": median}


def _row(subject: Subject, name: str, days: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    each = [{"day": day} | figures([row]) for day, row in sorted(days.items())]
    return {"id": subject.id, "name": name, "total": figures(days.values()), "days": each}


def _subjects(actor: Actor, of: str) -> dict[Subject, str]:
    """Whose numbers are asked for, with their names, by name."""
    if of == "me":
        return {Subject(AGENT, actor.colleague_id or actor.id): ""}
    if of == DESK:
        return {WHOLE: ""}
    if of == AGENT:
        found = {one.id: one.name or one.email for one in colleagues(actor.org_id)}
    elif of == TEAM:
        found = {id_: row["name"] for id_, row in teams(actor.org_id).items()}
    else:
        found = {one.id: one.name for one in policies(actor.org_id)}
    ordered = sorted(found.items(), key=lambda one: (one[1].casefold(), one[0]))
    return {Subject(of, id_): name for id_, name in ordered}


def _range(first: str | None, last: str | None) -> tuple[str, str]:
    today = clock.now().date()
    until = _day("until", last) if last else today
    since = _day("from", first) if first else until - timedelta(days=29)
    if not 0 <= (until - since).days < MOST_DAYS:
        fault = FieldError("/from", "out_of_range", f"a day before `until`, at most {MOST_DAYS} days with it")
        raise Invalid("these days cannot be told of", fault, malformed=True)
    return since.isoformat(), until.isoformat()


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        fault = FieldError(f"/{name}", "not_a_date", "such as 2026-11-16")
        raise Invalid("this is no day", fault, malformed=True) from None
