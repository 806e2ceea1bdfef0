"""A desk of a given size in the tables, and an agent who calls its handlers."""

from __future__ import annotations

import importlib
import json
import random
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from helpdesk.core import cache, clock, signing
from infra.seeding import people as staff
from infra.seeding import tickets

ORG = "acme"
FEATURE_OF = {
    **{"tickets": "tickets", "views": "tickets", "events": "feed", "fields": "admin", "macros": "admin"},
    "simulations": "simulate",
}


def be_signed() -> None:
    """A secret without Secrets Manager, which Dynoxide does not play."""
    patch.object(signing, "_secret", lambda: b"x" * 64).start()


def fill(count: int) -> dict[str, Any]:
    """Make `count` tickets over a year and an agent's key; says who they are."""
    from helpdesk.access.actor import cause_of
    from helpdesk.access.keys import create
    from helpdesk.access.people import person_actor
    from helpdesk.people.service import create_staff
    from helpdesk.settings.service import set_up_organisation

    rng = random.Random(1)
    now = clock.now()
    set_up_organisation(ORG, "Acme", "support@acme.test")
    teams = staff.make_teams(ORG)
    cast = {
        "teams": teams,
        "colleagues": staff.make_colleagues(ORG, teams),
        "customers": staff.make_customers(ORG, max(5, count // 4), now - timedelta(days=365), rng),
    }
    times = sorted(now - timedelta(days=365) * rng.random() for _ in range(count))
    for at in times:
        tickets.write(tickets.plan(at, now, cast, rng), ORG, rng)
    agent = create_staff(ORG, "bench@acme.test", "Bench", role="admin")
    creator = person_actor(agent.public())
    wanted = {"name": "bench", "scopes": ["tickets:read", "tickets:write", "settings:write"], "per_minute": 60_000}
    key = create(creator, cause_of(creator, "system"), wanted)
    cache.forget()
    return {"key": key["key"], "agent_id": agent.id}


def call(key: str, method: str, path: str, body: Any = None, query: dict[str, str] | None = None) -> Any:
    """Call a handler as API Gateway does; gives the parsed answer.

    Raises
    ------
    RuntimeError
        for any status but 2xx.
    """
    event = event_of(key, method, path, body, query)
    feature = FEATURE_OF[path.split("/")[2]]
    answer = importlib.import_module(f"{feature}.handler").handler(event, None)
    if answer["statusCode"] >= 300:
        raise RuntimeError(f"{method} {path}: {answer['statusCode']} {answer['body']}")
    return json.loads(answer["body"])


def event_of(key: str, method: str, path: str, body: Any, query: dict[str, str] | None) -> dict[str, Any]:
    """An HTTP API event of payload format 2.0."""
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", "authorization": f"Bearer {key}"},
        "queryStringParameters": query,
        "requestContext": {
            "requestId": "bench",
            "stage": "$default",
            "http": {"method": method, "path": path, "sourceIp": "127.0.0.1"},
        },
        "body": None if body is None else json.dumps(body),
        "isBase64Encoded": False,
    }


def be_cold() -> None:
    """Forget clients, config and caches, so that the next tables start anew."""
    from helpdesk.core import aws, config

    for cached in (aws.client, config.config, signing.key):
        cached.cache_clear()
    cache.forget()
