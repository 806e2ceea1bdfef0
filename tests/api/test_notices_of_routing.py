"""NO-02: of a ticket that the desk gives out its owner is told, and its team only if nobody can take it; who planned a
reply that does not leave is told."""

from __future__ import annotations

import pytest

from tests.api.notices import kinds, settle, told
from tests.api.routed import is_, member, opened, owner, team
from tests.api.test_send_later import planned
from tests.api.test_sla import ask
from tests.callers import NEW_TICKET, staff


@pytest.fixture
def everybody(cloud):
    def run() -> None:
        while cloud.run_stream() + cloud.run_routing() + cloud.run_notify():
            pass

    return run


def test_no02_the_owner_of_a_routed_ticket_is_told_and_not_the_team(admin, everybody):
    routed = team(admin)
    ann, ben = member(admin, "ann", routed), member(admin, "ben", routed)
    ticket = opened(admin, routed)
    everybody()
    by_person = {one.me["id"]: kinds(one) for one in (ann, ben)}
    assert by_person.pop(owner(admin, ticket)) == ["assigned"]
    assert list(by_person.values()) == [[]]


def test_no02_a_team_is_told_once_of_a_ticket_that_nobody_can_take(admin, everybody):
    routed, by_hand = team(admin), admin.post("/v1/teams", {"name": "Front desk"}).body["id"]
    ann, cleo = member(admin, "ann", routed), member(admin, "cleo", by_hand)
    assert is_(ann, "away").status == 200
    ticket = opened(admin, routed)
    everybody()
    assert [(one["kind"], one["why"], one["type"]) for one in told(ann)] == [
        ("team_ticket", "team", "ticket.unmatched")
    ]
    assert admin.patch(f"/v1/people/{ann.me['id']}", {"capacity": 0}).status == 200
    assert is_(ann, "available").status == 200
    assert admin.patch(f"/v1/tickets/{ticket}", {"status_id": "open"}).status == 200
    everybody()  # it waits for another reason now: that is no news
    assert admin.get(f"/v1/tickets/{ticket}").body["unmatched"]["reason"] != "away"
    assert kinds(ann) == ["team_ticket"]
    opened(admin, by_hand)
    everybody()
    assert kinds(cleo) == ["team_ticket"], "a team that gives out nothing is told as before"


def test_no02_whoever_planned_a_reply_is_told_that_it_waits(cloud, admin, agent, customer, timeline):
    writer = staff("agent", "eve@acme.test")
    ticket = admin.post("/v1/tickets", NEW_TICKET | {"assignee_id": agent.me["id"]}).body
    planned(writer, ticket, timeline)
    ask(customer, ticket)
    settle(cloud)
    (notice,) = told(writer)
    assert (notice["kind"], notice["why"], notice["type"]) == ("reply_held", "writer", "message.postponed")
    assert notice["channels"]["mail"]["state"] == "sent"
    assert sorted(kinds(agent)) == ["assigned", "customer_replied"]
    ask(customer, ticket)
    settle(cloud)
    assert kinds(writer) == ["reply_held"], "it waited already"
