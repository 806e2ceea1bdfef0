"""Every route without a credential and with odd input; one desk serves all of them, for none may change it."""

from __future__ import annotations

import re
from itertools import product

import pytest

from helpdesk.web.answers import shape
from helpdesk.web.api import PUBLIC
from helpdesk.web.catalogue import routes
from tests import cloud as clouds
from tests import ses
from tests.callers import Caller, contact, staff

ROUTES = routes()
IDS = [f"{route.method} {route.path}" for route in ROUTES]
UNKNOWN = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


@pytest.fixture(scope="module")
def desk():
    """An administrator's key to a desk, and a customer of it."""
    from helpdesk.settings.service import set_up_organisation

    cloud = clouds.start()
    ses.tell_of_the_account()
    set_up_organisation(clouds.ORG, "Acme", clouds.SUPPORT)
    admin = staff("admin", "ada@acme.test")
    wanted = {"name": "x", "scopes": admin.get("/v1/me").body["permissions"], "per_minute": 60_000}
    key = admin.post("/v1/api-keys", wanted).body["key"]
    yield {"desk": Caller({"authorization": f"Bearer {key}"}), "portal": contact("carla@customer.test")}
    cloud.mock.stop()


@pytest.mark.parametrize("route", ROUTES, ids=IDS)
def test_without_a_credential_every_other_route_is_a_401_problem(desk, route):
    if route.needs == PUBLIC:
        return
    for caller in (Caller(), Caller({"authorization": "Bearer x"}), Caller({"cookie": "desk=a.b.c; portal=a.b.c"})):
        _is_problem(caller.call(route.method, _target(route), {}), 401)


_OWN_ERRORS = ("/v1/oauth/token", "/v1/oauth/revocation")  # RFC 6749 5.2: {"error": ...}


@pytest.mark.parametrize("route", ROUTES, ids=IDS)
def test_no_route_fails_on_odd_input(desk, route):
    """No 5xx, and always a problem document or an answer."""
    if route.method == "DELETE" and route.path.endswith("/session"):
        return  # it would end the caller's own
    caller = desk["portal" if route.path.startswith("/v1/portal") else "desk"]
    for body, query in product((None, "{", "[]", '{"x": 1}', '{"name": null}'), ("", "?limit=-1&cursor=%00")):
        reply = caller.call(route.method, _target(route) + query, body, If_Match="nonsense")
        assert reply.status < 500, (body, reply.body)
        assert reply.status != 401 or route.needs == PUBLIC
        if reply.status >= 400 and route.path not in _OWN_ERRORS:
            _is_problem(reply, reply.status)


def _target(route):
    return re.sub(r"\{\w+\}", UNKNOWN, route.path)


def _is_problem(reply, status):
    assert reply.status == status, reply.body
    assert reply.headers["Content-Type"] == "application/problem+json"
    shape("Problem").model_validate(reply.body)
