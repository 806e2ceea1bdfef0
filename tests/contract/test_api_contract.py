"""What holds for every route: a permission, a meaning, a model, a place in the description, and the answer's shape."""

from __future__ import annotations

import json
import re

import pytest

from helpdesk.access.roles import PERMISSIONS
from helpdesk.web.answers import shape
from helpdesk.web.api import PUBLIC, SIGNED_IN
from helpdesk.web.bodies import model_of
from helpdesk.web.catalogue import routes
from infra.openapi import TARGET, document
from tests import examples
from tests.callers import Caller, staff
from tests.inbound import a_mail, receive

ROUTES = routes()
IDS = [f"{route.method} {route.path}" for route in ROUTES]
_OPEN = {
    "GET /v1/health",
    "POST /v1/session",
    "POST /v1/session/challenge",
    "POST /v1/password-reset",
    "POST /v1/password-reset/confirmation",
    "POST /v1/portal/sign-in-links",
    "POST /v1/portal/session",
    "GET /v1/portal/brand",
}
NEW_ROLE = {"label": "Tier 1", "permissions": ["tickets:read", "events:read"], "sees": ["teams", "assigned"]}
UNKNOWN = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


def _target(route):
    return re.sub(r"\{\w+\}", UNKNOWN, route.path)


@pytest.mark.parametrize("route", ROUTES, ids=IDS)
def test_every_route_names_its_permission_and_meaning(route):
    assert route.needs in {PUBLIC, SIGNED_IN, *PERMISSIONS}
    assert (route.serve.__doc__ or "").endswith(".")
    assert not route.takes or model_of(route.takes).__doc__
    assert not route.gives or shape(route.gives.rpartition(":")[2])


def test_only_these_routes_are_open_to_anybody():
    assert {name for name, route in zip(IDS, ROUTES, strict=True) if route.needs == PUBLIC} == _OPEN


@pytest.mark.parametrize("route", ROUTES, ids=IDS)
def test_without_a_credential_every_other_route_is_a_401_problem(cloud, route):
    if route.needs == PUBLIC:
        return
    for caller in (Caller(), Caller({"authorization": "Bearer x"}), Caller({"cookie": "desk=a.b.c; portal=a.b.c"})):
        _is_problem(caller.call(route.method, _target(route), {}), 401)


@pytest.mark.parametrize("route", ROUTES, ids=IDS)
def test_no_route_fails_on_odd_input(cloud, route):
    """No 5xx, and always a problem document or an answer."""
    admin = staff("admin", "ada@acme.test")
    for body in (None, "{", "[]", '{"x": 1}', '{"name": null}'):
        reply = admin.call(route.method, _target(route) + "?limit=-1&cursor=%00", body, If_Match="nonsense")
        assert reply.status < 500, (body, reply.body)
        if reply.status >= 400:
            _is_problem(reply, reply.status)


def test_the_description_is_the_committed_one():
    assert json.loads(TARGET.read_text()) == document(), "run `make openapi` and commit docs/openapi.json"


@pytest.mark.parametrize("route", ROUTES, ids=IDS)
def test_every_body_and_answer_has_an_example_that_fits(route):
    """See tests/examples.py for how they are recorded."""
    models = {name.rpartition(":")[2]: model for name, model in ((route.takes, model_of), (route.gives, None)) if name}
    for name, model in models.items():
        shown = examples.example(name)
        assert shown is not None, f"record docs/examples/{name}.json"
        (model(route.takes) if model else shape(name)).model_validate(shown)


def test_answers_have_the_described_shape(cloud, admin, agent, customer, ticket):
    held = receive(a_mail(), spam="FAIL")
    file = agent.post("/v1/attachments", {"filename": "a.txt", "size": 1}).body
    path = f"/v1/tickets/{ticket['id']}"
    note = agent.post(f"{path}/messages", {"kind": "note", "body_text": "x"}).body
    shown = {
        "TicketDetail": [ticket, agent.get(f"{path}?include=messages,events").body],
        "Ticket": agent.get("/v1/tickets?category=new").body["data"],
        "Message": [note, *agent.get(f"{path}/messages").body["data"]],
        "Upload": [file],
        "View": agent.get("/v1/views").body["data"],
        "Person": [agent.get(f"/v1/people/{agent.me['id']}").body, *agent.get("/v1/people").body["data"]],
        "Me": [agent.get("/v1/me").body, customer.get("/v1/portal/me").body],
        "Session": agent.get("/v1/sessions").body["data"],
        "Status": agent.get("/v1/statuses").body["data"],
        "Priority": agent.get("/v1/priorities").body["data"],
        "Team": [admin.post("/v1/teams", {"name": "x"}).body, *agent.get("/v1/teams").body["data"]],
        "NewApiKey": [admin.post("/v1/api-keys", {"name": "x", "scopes": ["tickets:read"]}).body],
        "ApiKey": admin.get("/v1/api-keys").body["data"],
        "Role": [admin.post("/v1/roles", NEW_ROLE).body, *agent.get("/v1/roles").body["data"]],
        "Access": [admin.get(f"/v1/access?actor={agent.me['id']}&ticket={ticket['number']}").body],
        "ReceivedMail": [held, *admin.get("/v1/mail").body["data"]],
        "Health": [Caller().get("/v1/health").body],
        "Brand": [Caller().get("/v1/portal/brand").body],
        "PortalTicket": customer.get("/v1/portal/tickets").body["data"],
        "PortalTicketDetail": [customer.get(f"/v1/portal/tickets/{ticket['id']}").body],
        "PortalMessage": [customer.post(f"/v1/portal/tickets/{ticket['id']}/messages", {"body_text": "x"}).body],
    }
    cloud.pump()
    agent.patch(path, {"tags": {"add": ["vip"]}})
    cloud.pump()
    shown |= {"Event": agent.get("/v1/events?after=0").body["data"], "Tag": agent.get("/v1/tags").body["data"]}
    shown["AuditEntry"] = admin.get("/v1/audit").body["data"]
    for name, bodies in shown.items():
        assert bodies, name
        examples.record(name, bodies[0])
        for body in bodies:
            shape(name).model_validate(body)
    given = {route.gives.rpartition(":")[2] for route in ROUTES if route.gives}
    assert given <= set(shown)


def _is_problem(reply, status):
    assert reply.status == status, reply.body
    assert reply.headers["Content-Type"] == "application/problem+json"
    shape("Problem").model_validate(reply.body)
