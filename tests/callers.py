"""Handlers called with payload-2.0 events, as API Gateway calls them; moto behind."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests import cloud as clouds
from tests import examples

_FEATURE_OF = {
    "tickets": "tickets",
    "attachments": "tickets",
    "views": "tickets",
    "people": "people",
    "companies": "people",
    "imports": "people",
    "me": "auth",
    "session": "auth",
    "sessions": "auth",
    "password-reset": "auth",
    "oauth": "auth",
    "grants": "auth",
    "events": "feed",
    "portal": "portal",
    "jobs": "jobs",
    "search": "search",
    "simulations": "simulate",
    "numbers": "insights",
    "wallboard": "insights",
    "webhooks": "webhooks",
    "event-types": "webhooks",
    "notifications": "notifications",
}


@dataclass
class Reply:
    """An HTTP answer."""

    status: int
    body: Any
    headers: dict[str, str]
    cookies: list[str]


@dataclass
class Caller:
    """Somebody who calls the API with his credential."""

    headers: dict[str, str] = field(default_factory=dict)
    me: dict[str, Any] = field(default_factory=dict)

    def call(self, method: str, target: str, body: Any = None, **headers: str) -> Reply:
        """Call and give the answer; `body` may be raw text."""
        parts = urlsplit(target)
        query = dict(pair.partition("=")[::2] for pair in parts.query.split("&") if pair)
        text = body if isinstance(body, str) or body is None else json.dumps(body)
        event = {
            "version": "2.0",
            "rawPath": parts.path,
            "rawQueryString": parts.query,
            "headers": {"content-type": "application/json", **self.headers}
            | {name.replace("_", "-").lower(): value for name, value in headers.items()},
            "queryStringParameters": query or None,
            "requestContext": {
                "requestId": "request-1",
                "stage": "$default",
                "http": {"method": method, "path": parts.path, "sourceIp": "198.51.100.7"},
            },
            "body": text,
            "isBase64Encoded": False,
        }
        feature = _FEATURE_OF.get(parts.path.split("/")[2], "admin")
        answer = importlib.import_module(f"{feature}.handler").handler(event, None)
        is_json = "json" in answer["headers"].get("Content-Type", "") and answer["body"]
        reply = json.loads(answer["body"]) if is_json else answer["body"]
        if answer["statusCode"] < 300:
            examples.record_request(method, parts.path, body)
        return Reply(answer["statusCode"], reply, answer["headers"], answer.get("cookies", []))

    def get(self, target: str, **headers: str) -> Reply:
        return self.call("GET", target, **headers)

    def post(self, target: str, body: Any = None, **headers: str) -> Reply:
        return self.call("POST", target, {} if body is None else body, **headers)

    def patch(self, target: str, body: Any, **headers: str) -> Reply:
        return self.call("PATCH", target, body, **headers)

    def put(self, target: str, body: Any = None, **headers: str) -> Reply:
        return self.call("PUT", target, body, **headers)

    def delete(self, target: str, **headers: str) -> Reply:
        return self.call("DELETE", target, **headers)


@pytest.fixture
def cloud() -> Iterator[clouds.Cloud]:
    """A fresh mocked account with the organisation set up."""
    made = clouds.start()
    from helpdesk.settings.service import set_up_organisation

    set_up_organisation(clouds.ORG, "Acme", clouds.SUPPORT)
    yield made
    made.mock.stop()


def staff(role: str, email: str, org_id: str = clouds.ORG) -> Caller:
    """A signed-in colleague."""
    from helpdesk.access.sessions import open_session
    from helpdesk.people.service import create_staff

    person = create_staff(org_id, email, f"{role.title()} Person", role=role)
    token, _ = open_session(person.public() | {"org_id": org_id}, user_agent="test", ip="127.0.0.1")
    return Caller({"cookie": f"desk={token}", "x-requested-with": "lambdesk"}, person.public())


def contact(email: str, name: str = "Carla") -> Caller:
    """A signed-in customer."""
    from helpdesk.access.sessions import open_session
    from helpdesk.people import store
    from helpdesk.people.service import contact_for

    person, actions = contact_for(clouds.ORG, email, name)
    if actions:
        store.save(actions)
    token, _ = open_session(person.public() | {"kind": "contact"}, user_agent="test", ip="127.0.0.1")
    return Caller({"cookie": f"portal={token}", "x-requested-with": "lambdesk"}, person.public())


@pytest.fixture
def admin(cloud: clouds.Cloud) -> Caller:
    return staff("admin", "ada@acme.test")


@pytest.fixture
def agent(cloud: clouds.Cloud) -> Caller:
    return staff("agent", "sam@acme.test")


@pytest.fixture
def customer(cloud: clouds.Cloud) -> Caller:
    return contact("carla@customer.test")


NEW_TICKET = {
    "subject": "The charger stops",
    "body_text": "It stops after three minutes.",
    "requester": {"email": "Carla@Customer.test", "name": "Carla"},
}


@pytest.fixture
def ticket(agent: Caller) -> dict[str, Any]:
    """A ticket that Carla asked for."""
    reply = agent.post("/v1/tickets", NEW_TICKET)
    assert reply.status == 201, reply.body
    return dict(reply.body)
