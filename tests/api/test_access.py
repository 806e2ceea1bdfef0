"""What each caller may not do: other doors, other customers, other tenants, other roles."""

from __future__ import annotations

import json

from tests.callers import NEW_TICKET, Caller, contact, staff
from tests.cloud import ENVIRONMENT


def test_writes_by_cookie_need_our_own_page(agent):
    """CSRF."""
    bare = Caller({"cookie": agent.headers["cookie"]})
    assert bare.get("/v1/me").status == 200
    assert bare.post("/v1/tickets", NEW_TICKET).body["code"] == "cross_site"
    assert agent.post("/v1/tickets", NEW_TICKET, Origin="https://evil.test").body["code"] == "cross_site"
    assert agent.post("/v1/tickets", NEW_TICKET, Origin=ENVIRONMENT["ORIGIN"]).status == 201


def test_the_two_doors_do_not_open_each_other(agent, customer):
    as_desk = Caller(customer.headers | {"cookie": customer.headers["cookie"].replace("portal=", "desk=")})
    as_portal = Caller(agent.headers | {"cookie": agent.headers["cookie"].replace("desk=", "portal=")})
    assert customer.get("/v1/tickets?category=new").status == 401
    assert as_desk.get("/v1/me").status == 401
    assert agent.get("/v1/portal/tickets").status == 401
    assert as_portal.get("/v1/portal/tickets").status == 401


def test_a_customer_sees_nothing_of_others_and_no_notes(agent, ticket, customer):
    """Pain points 23, 25."""
    agent.post(f"/v1/tickets/{ticket['id']}/messages", {"kind": "note", "body_text": "SECRET"})
    own = customer.get(f"/v1/portal/tickets/{ticket['id']}")
    assert own.status == 200
    assert "SECRET" not in json.dumps(own.body)
    stranger = contact("eve@elsewhere.test", "Eve")
    path = f"/v1/portal/tickets/{ticket['id']}"
    words = {"body_text": "Let me in"}
    refused = [
        stranger.get(path),
        stranger.post(f"{path}/messages", words),
        stranger.put(f"{path}/resolution"),
        stranger.delete(f"{path}/resolution"),
        stranger.get(f"/v1/portal/tickets/{ticket['number']}"),
    ]
    assert {reply.status for reply in refused} == {404}


def test_another_organisation_sees_nothing(cloud, agent, ticket):
    """AD-07: ids of one tenant mean nothing to another."""
    from helpdesk.settings.service import set_up_organisation

    set_up_organisation("umbra", "Umbra", "support@umbra.test")
    spy = staff("admin", "spy@umbra.test", "umbra")
    file = agent.post("/v1/attachments", {"filename": "a", "size": 1}).body
    path = f"/v1/tickets/{ticket['id']}"
    refused = [
        spy.get(path),
        spy.get(f"/v1/tickets/{ticket['number']}"),
        spy.patch(path, {"priority": "low"}),
        spy.post(f"{path}/messages", {"kind": "note", "body_text": "x"}),
        spy.put(f"{path}/resolution"),
        spy.get(f"/v1/attachments/{file['id']}"),
        spy.get(f"/v1/people/{agent.me['id']}"),
    ]
    assert {reply.status for reply in refused} == {404}
    cloud.pump()
    assert {event["actor"]["id"] for event in spy.get("/v1/events?after=0").body["data"]} == {"system", spy.me["id"]}
    kinds = {event["subject"]["kind"] for event in spy.get("/v1/events?after=0").body["data"]}
    assert kinds == {"person", "session"}
    assert spy.get("/v1/people?kind=staff").body["data"][0]["email"] == "spy@umbra.test"
    assert spy.get("/v1/tickets?view=open").body["data"] == []


def test_roles_decide(agent, ticket):
    viewer = staff("viewer", "vic@acme.test")
    path = f"/v1/tickets/{ticket['id']}"
    assert viewer.get(path).status == 200
    assert viewer.patch(path, {"priority": "low"}).status == 403
    assert viewer.post(f"{path}/messages", {"kind": "reply", "body_text": "x"}).status == 403
    assert agent.post("/v1/teams", {"name": "x"}).status == 403
    assert agent.post("/v1/people", {"email": "x@y.test", "role": "admin"}).status == 403
    assert agent.patch(f"/v1/people/{viewer.me['id']}", {"name": "x"}).status == 403
    assert agent.patch(f"/v1/people/{agent.me['id']}", {"role": "admin"}).status == 403
