"""TM-16: links are on both sides, acyclic under concurrency, seen by who sees both; a problem solves its incidents."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.callers import NEW_TICKET, contact, staff

HEADS = {"parent": "child", "problem": "incident", "duplicate_of": "duplicate"}


def _make(agent, count):
    return [agent.post("/v1/tickets", NEW_TICKET | {"subject": f"T{index}"}).body["id"] for index in range(count)]


def _link(agent, one, kind, two):
    return agent.post(f"/v1/tickets/{one}/links", {"kind": kind, "ticket_id": two})


def _links(agent, one):
    return {(link["kind"], link["ticket"]["id"]) for link in agent.get(f"/v1/tickets/{one}/links").body["data"]}


@pytest.mark.parametrize("kind", [*HEADS, *HEADS.values(), "related"])
def test_tm16_a_link_shows_on_both_sides_with_an_event_each_and_goes_from_both(agent, kind):
    opposite = {**HEADS, **{down: up for up, down in HEADS.items()}, "related": "related"}[kind]
    one, two = _make(agent, 2)
    made = _link(agent, one, kind, two)
    assert made.status == 201, made.body
    assert (_links(agent, one), _links(agent, two)) == ({(kind, two)}, {(opposite, one)})
    assert _link(agent, one, kind, two).body["version"] == made.body["version"]
    for id_, other in ((one, two), (two, one)):
        event = agent.get(f"/v1/tickets/{id_}?include=events").body["events"][-1]
        assert (event["type"], event["data"]["ticket_id"]) == ("ticket.linked", other)
    number = agent.get(f"/v1/tickets/{one}").body["number"]
    assert agent.delete(f"/v1/tickets/{two}/links/{opposite}/{number}").status == 200
    assert (_links(agent, one), _links(agent, two)) == (set(), set())


@pytest.mark.parametrize("kind", list(HEADS))
def test_tm16_a_circle_is_a_409_that_names_it(agent, kind):
    a, b, c = _make(agent, 3)
    _link(agent, a, kind, b)
    _link(agent, b, kind, c)
    refused = _link(agent, c, kind, a)
    numbers = [agent.get(f"/v1/tickets/{one}").body["number"] for one in (c, a, b, c)]
    assert (refused.status, refused.body["code"], refused.body["path"]) == (409, "cycle", numbers)
    assert _link(agent, a, HEADS[kind], c).body["code"] == "cycle"
    assert _link(agent, a, kind, a).status == 422
    again = _link(agent, a, kind, c)
    assert (again.body["code"], again.body["ticket_id"]) == ("already_linked", b)


def test_tm16_two_opposite_links_at_once_are_exactly_one(agent):
    for _ in range(5):
        a, b = _make(agent, 2)
        with ThreadPoolExecutor(2) as pool:
            replies = list(pool.map(lambda pair: _link(agent, pair[0], "parent", pair[1]), [(a, b), (b, a)]))
        assert sorted(reply.status for reply in replies) == [201, 409]
        assert len(_links(agent, a)) == len(_links(agent, b)) == 1


def test_tm16_four_links_that_would_make_a_circle_together_never_all_stand(agent):
    """Links of disjoint pairs: what each passed on its way up is checked in its transaction."""
    rng = random.Random(3)
    for _ in range(4):
        ring = _make(agent, 4)
        pairs = [(ring[index], ring[(index + 1) % 4]) for index in range(4)]
        rng.shuffle(pairs)
        with ThreadPoolExecutor(4) as pool:
            replies = list(pool.map(lambda pair: _link(agent, pair[0], "parent", pair[1]), pairs))
        assert sorted(reply.status for reply in replies) == [201, 201, 201, 409]


def test_tm16_the_way_up_has_a_bound(agent):
    chain = _make(agent, 12)
    statuses = [_link(agent, one, "parent", two).status for one, two in zip(chain[1:], chain[:-1], strict=True)]
    assert statuses == [201] * 10 + [409]


def test_tm16_permission_and_sight_are_asked_for_on_both_tickets(admin, agent):
    team = admin.post("/v1/teams", {"name": "Hardware"}).body["id"]
    role = {"label": "Tier 1", "permissions": ["tickets:read", "tickets:write"], "sees": ["teams"]}
    role_id = admin.post("/v1/roles", role).body["id"]
    narrow = staff(role_id, "tina@acme.test")
    admin.patch(f"/v1/people/{narrow.me['id']}", {"team_ids": [team]})
    seen, hidden = _make(agent, 2)
    agent.patch(f"/v1/tickets/{seen}", {"team_id": team})
    assert narrow.get(f"/v1/tickets/{seen}").status == 200
    assert _link(narrow, seen, "related", hidden).status == 404
    assert _link(narrow, hidden, "related", seen).status == 404
    _link(agent, seen, "parent", hidden)
    assert _links(narrow, seen) == set()
    assert narrow.delete(f"/v1/tickets/{seen}/links/parent/{hidden}").status == 404
    viewer = staff("viewer", "vera@acme.test")
    assert _link(viewer, seen, "related", hidden).status == 403


def test_tm16_a_solved_problem_offers_its_incidents_and_each_is_solved_with_one_reply(cloud, agent):
    from helpdesk.access.actor import cause_of, system
    from helpdesk.relations import incidents
    from helpdesk.tickets import service

    problem, *three = _make(agent, 4)
    for one in three:
        _link(agent, one, "problem", problem)
    agent.put(f"/v1/tickets/{three[0]}/resolution")
    solved = agent.put(f"/v1/tickets/{problem}/resolution").body
    assert solved["open_incidents"] == 2
    actor = system("acme")
    ids = list(incidents.open_ids(actor, service.get_ticket("acme", problem)))
    assert sorted(ids) == sorted(three[1:])
    for id_ in ids * 2:
        cause = cause_of(actor, "system", command_id=f"01JOB{id_[5:]}")
        incidents.solve_with_reply(actor, cause, id_, {"body_text": "The outage is over."})
    for id_ in ids:
        shown = agent.get(f"/v1/tickets/{id_}").body
        assert (shown["status"]["category"], shown["message_count"]) == ("solved", 2)
    assert agent.put(f"/v1/tickets/{problem}/resolution").body["open_incidents"] == 0
    assert agent.put(f"/v1/tickets/{three[0]}/resolution").body["open_incidents"] == 0


def test_tm16_links_page(agent):
    head, *rest = _make(agent, 6)
    for one in rest:
        _link(agent, one, "parent", head)
    seen, cursor = [], ""
    while cursor is not None:
        page = agent.get(f"/v1/tickets/{head}/links?kind=child&limit=2{cursor and f'&cursor={cursor}'}").body
        seen += [link["ticket"]["id"] for link in page["data"]]
        cursor = page["next_cursor"]
    assert sorted(seen) == sorted(rest)
    assert agent.get(f"/v1/tickets/{head}/links?kind=problem").body["data"] == []
    assert agent.get(f"/v1/tickets/{head}/links?kind=x").status == 400


def test_tm16_a_customer_learns_nothing_of_links(agent, customer):
    one, two = _make(agent, 2)
    _link(agent, one, "problem", two)
    shown = customer.get(f"/v1/portal/tickets/{one}").body
    assert two not in str(shown)
    assert contact("carla@customer.test").get(f"/v1/tickets/{one}/links").status == 401
