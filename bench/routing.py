"""Routing: 500 tickets to 20 agents, how evenly, and what one decision costs."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench import desk
from bench.meter import metered
from helpdesk.access.actor import Actor, cause_of, system
from helpdesk.people import store as people
from helpdesk.people.service import create_staff
from helpdesk.routing.choice import choose
from helpdesk.routing.model import Candidate, Wish
from helpdesk.routing.service import Call, route
from helpdesk.settings.teams import create_team
from helpdesk.tickets import store

TICKETS, AGENTS, WORKERS = 500, 20, 2  # as many workers as the template allows


def measure(key: str) -> list[dict[str, Any]]:
    """Seconds from the commit of a ticket to its owner, when all of them come at once; each row one way of coming."""
    team = _team(system(desk.ORG))
    routed = {"subject": "x", "body_text": "Good morning, the charger stops.", "team_id": team}
    wish = routed | {"requester": {"email": "bench@customer.test"}}
    tickets = [str(desk.call(key, "POST", "/v1/tickets", wish)["id"]) for _ in range(TICKETS)]
    with metered() as meter:
        route(desk.ORG, tickets[0], Call("created"))
    calls = meter.round_trips
    with metered() as meter:
        route(desk.ORG, tickets[1], Call("created"))
    warm, units = meter.round_trips, f"{meter.read_units:g} + {meter.write_units:g}"
    with ThreadPoolExecutor(WORKERS) as pool:
        spent = list(pool.map(_timed, tickets[2:]))
    owners = Counter(found.assignee_id for found in store.get_tickets(desk.ORG, tickets).values())
    return [
        {
            "operation": f"{TICKETS} tickets to {AGENTS} agents",
            "workers": WORKERS,
            "max - min": max(owners.values()) - min(owners.values()),
            "p50 ms": round(statistics.median(spent) * 1000, 1),
            "p95 ms": round(statistics.quantiles(spent, n=20)[-1] * 1000, 1),
            "calls": f"{calls} cold, {warm} warm",
            "units": units,
        }
    ]


def chosen(rounds: int = 2_000, people: int = 200) -> dict[str, Any]:
    """How often a second the choice among 200 people with skills is made."""
    skills = {f"skill{number}": 3 for number in range(10)}
    known = [Candidate(f"p{number:03}", skills=skills, load=number % 20) for number in range(people)]
    wish = Wish("team", requires={"skill1": 2, "skill2": 3}, relaxed="skills")
    began = time.perf_counter()
    for _ in range(rounds):
        choose(wish, known)
    return {"operation": f"choice among {people}", "a second": round(rounds / (time.perf_counter() - began))}


def _timed(ticket_id: str) -> float:
    began = time.perf_counter()
    route(desk.ORG, ticket_id, Call("created"))
    return time.perf_counter() - began


def _team(actor: Actor) -> str:
    routing = {"mode": "automatic", "requires": [], "only_on_shift": False}
    team = create_team(cause_of(actor, "system"), {"name": "Bench", "routing": routing})
    for number in range(AGENTS):
        email = f"routed{number}@acme.test"
        person = create_staff(desk.ORG, email, role="agent", team_ids=(team["id"],))
        able = person.changed(person.updated_at, capacity=TICKETS)
        people.save(people.replacements(person, able, cause_of(actor, "system")))
    return str(team["id"])
