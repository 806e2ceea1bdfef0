"""Invariant 5: lists, counts, search, suggestions and facets agree with `may_see`, whoever asks (EI-01)."""

from __future__ import annotations

import itertools

import pytest

from helpdesk.access.actor import Actor
from helpdesk.access.policy import may_see
from helpdesk.access.roles import BUILT_IN
from helpdesk.access.sight import sight_of
from helpdesk.filters.conditions import EVERYTHING, Term
from helpdesk.filters.matching import Context, matches
from helpdesk.search import service as search
from helpdesk.search.engine import FACETS, Wanted
from helpdesk.search.service import Asked
from helpdesk.tickets.facts import facts_of
from helpdesk.tickets.store import get_tickets
from helpdesk.views import counts, lists
from helpdesk.views.asking import asked_of
from tests.callers import NEW_TICKET

_SIGHTS = [set(some) for size in range(4) for some in itertools.combinations(("assigned", "teams", "unassigned"), size)]


def _actors(agent_id, teams, customer):
    staff = BUILT_IN["agent"].permissions
    for sees in [{"all"}, *_SIGHTS]:
        yield Actor("agent", agent_id, "acme", staff, team_ids=(teams[0],), sees=frozenset(sees))
        yield Actor("key", "KEY", "acme", staff, team_ids=(), sees=frozenset(sees), behind=agent_id)
    yield Actor("agent", agent_id, "acme", frozenset())
    yield Actor("agent", agent_id, "other", staff)
    yield Actor("contact", customer["id"], "acme", frozenset({"own:read"}), email="carla@customer.test")
    yield Actor("contact", "NOBODY", "acme", frozenset({"own:read"}), email="friend@customer.test")


@pytest.fixture
def desk(cloud, agent, admin):
    teams = [admin.post("/v1/teams", {"name": name}).body["id"] for name in ("One", "Two")]
    made = []
    for place, (team, assignee) in enumerate(itertools.product([None, *teams], [None, agent.me["id"], admin.me["id"]])):
        who = "carla" if place % 2 else "dora"
        body = NEW_TICKET | {"requester": {"email": f"{who}@customer.test", "name": who.title()}, "tags": ["zebra"]}
        given = {name: value for name, value in (("team_id", team), ("assignee_id", assignee)) if value}
        made.append(agent.post("/v1/tickets", {**body, **given, "subject": f"Charger {place}"}).body)
    path = f"/v1/tickets/{made[0]['id']}"
    agent.post(f"{path}/messages", {"kind": "reply", "body_text": "copy", "cc": ["friend@customer.test"]})
    for ticket in made[::3]:
        agent.put(f"/v1/tickets/{ticket['id']}/resolution")
    cloud.pump_search()
    customer = next(one["requester"] for one in made if one["requester"]["email"].startswith("carla"))
    return {"tickets": [one["id"] for one in made], "teams": teams, "customer": customer}


def _walk(actor, query):
    found, after = [], None
    while True:
        page, after = lists.page(actor, asked_of(actor, query), after=after, limit=2)
        found += [ticket.id for ticket in page]
        if after is None:
            return found


def test_every_reader_agrees_with_the_policy(agent, desk):
    tickets = list(get_tickets("acme", desk["tickets"]).values())
    for actor in _actors(agent.me["id"], desk["teams"], desk["customer"]):
        seen = {ticket.id for ticket in tickets if may_see(actor, ticket)}
        sight = sight_of(actor)
        by_condition = {one.id for one in tickets if sight is not None and matches(sight, facts_of(one), Context())}
        if actor.org_id == "acme":
            assert by_condition == seen, actor
        for query in ({}, {"category": "active"}, {"view": "open"}, {"tag": "zebra"}, {"q": "charger"}):
            wanted = {
                id_ for id_ in seen if (query.get("view") is None and "category" not in query) or _active(tickets, id_)
            }
            walked = _walk(actor, query)
            assert sorted(walked) == sorted(wanted), (actor, query)
        assert search.count(actor, [EVERYTHING, Term("category", "is", "active")]) == [
            len(seen),
            sum(1 for id_ in seen if _active(tickets, id_)),
        ]


def test_search_suggestions_and_facets_tell_of_no_other_ticket(agent, desk):
    tickets = list(get_tickets("acme", desk["tickets"]).values())
    for actor in _actors(agent.me["id"], desk["teams"], desk["customer"]):
        seen = {ticket.id for ticket in tickets if may_see(actor, ticket)}
        found = search.search(actor, Asked("charger", facets=FACETS, limit=50))
        assert {ticket.id for _, ticket, _ in found.hits} == seen
        assert found.total == len(seen)
        tags = [("zebra", len(seen))] if seen else []
        assert found.facets["tag"] == tags or actor.kind == "contact"
        assert sum(count for _, count in found.facets["category"]) == len(seen)
        suggested = search.suggest(actor, "zeb")
        assert suggested["tags"] == ([] if actor.kind == "contact" else tags)
        assert {ticket.id for ticket in search.suggest(actor, "10")["tickets"]} <= seen
        rows, _ = search.find(actor, Wanted(EVERYTHING, Context(), limit=50))
        assert {ticket.id for _, ticket in rows} == seen


def test_ei01_every_view_counts_what_its_list_shows(agent, desk):
    for actor in _actors(agent.me["id"], desk["teams"], desk["customer"]):
        if not actor.may("tickets:read"):
            continue
        for view in counts.views(actor):
            query = {name: str(value) for name, value in view["query"].items()}
            assert view["count"] == len(_walk(actor, query)), (actor, view)


def _active(tickets, id_):
    return next(ticket for ticket in tickets if ticket.id == id_).category not in ("solved", "closed")
