"""What stands on the wall of a team: how much there is, how old, what will be late, who is on, what was done today."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core import clock
from helpdesk.coverage import service as coverage
from helpdesk.filters.conditions import Condition, all_of
from helpdesk.filters.text import parse
from helpdesk.numbers import store
from helpdesk.numbers.model import TEAM, WHOLE, Subject
from helpdesk.numbers.service import figures
from helpdesk.search import service as search
from helpdesk.search.engine import Sort, Wanted

BACKLOG = {
    "new": "category:new",
    "open": "category:open",
    "waiting": "category:waiting",
    "on_hold": "category:on_hold",
    "unassigned": "category:active assignee:none",
}
FORECAST = {
    "late": "category:active due:<=now",
    "within_1h": "category:active due:>now due:<=+1h",
    "within_4h": "category:active due:>now due:<=+4h",
    "within_24h": "category:active due:>now due:<=+24h",
}


def wallboard(actor: Actor, team_id: str | None = None) -> dict[str, Any]:
    """`{at, backlog, forecast, oldest, on, today}` of a team, or of the whole desk, as far as the actor sees tickets.

    One question to search for all counts, one for the oldest ticket; `today` is the day in UTC.
    """
    within: list[Condition] = [parse(f"team:{team_id}")] if team_id else []
    asked = {name: all_of([parse(text), *within]) for name, text in (BACKLOG | FORECAST).items()}
    counts = dict(zip(asked, search.count(actor, list(asked.values())), strict=True))
    active = all_of([parse("category:active"), *within])
    wanted = Wanted(active, search.context_of(actor), sort=(Sort("created_at"),), limit=1)
    oldest = next((ticket for _, ticket in search.find(actor, wanted)[0]), None)
    subject, day = Subject(TEAM, team_id) if team_id else WHOLE, clock.stamp()[:10]
    now = coverage.who_is_on(coverage.rotas(actor.org_id, team_id, reasons=False), clock.now())
    return {
        "at": clock.stamp(),
        "backlog": {name: counts[name] for name in BACKLOG},
        "forecast": {name: counts[name] for name in FORECAST},
        "oldest": oldest
        and {"id": oldest.id, "number": oldest.number, "subject": oldest.subject, "created_at": oldest.created_at},
        "on": now["on"],
        "today": figures(store.days_of(actor.org_id, subject, day, day).values()),
    }
