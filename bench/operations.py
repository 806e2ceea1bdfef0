"""Each operation in one process: round trips, capacity units, and its time over a bare handler doing the same calls."""

from __future__ import annotations

import json
import random
import re
import statistics
import time
from collections.abc import Callable
from typing import Any

import boto3
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

from bench import desk
from bench.meter import Meter, metered
from helpdesk.core import clock, ids

_CONDITIONS = ("ConditionExpression", "ReturnValuesOnConditionCheckFailure", "ClientRequestToken")
_ULID = re.compile(r"\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b")
_COUNTED = re.compile(r"((?:EVENT|NUMBER)#)(\d+)")
NEW = {"subject": "The charger stops", "body_text": "It stops after three minutes. " * 5}


def operations(key: str) -> dict[str, Callable[[], Any]]:
    """The operations by name; each call does one more of its kind."""
    requester = {"requester": {"email": "thread@customer.test"}}
    answered, path = (f"/v1/tickets/{desk.call(key, 'POST', '/v1/tickets', NEW | requester)['id']}" for _ in range(2))
    for _ in range(49):
        desk.call(key, "POST", f"{path}/messages", {"kind": "note", "body_text": NEW["body_text"]})
    reply = {"kind": "reply", "body_text": NEW["body_text"]}
    open_list = {"category": "open", "limit": "50"}
    return {
        "create": lambda: desk.call(key, "POST", "/v1/tickets", NEW | {"requester": {"email": "bench@customer.test"}}),
        "reply": lambda: desk.call(key, "POST", f"{answered}/messages", reply),
        "read, 50 messages": lambda: desk.call(key, "GET", path, None, {"include": "messages"}),
        "list 50 open": lambda: desk.call(key, "GET", "/v1/tickets", None, open_list),
        "list 50 active": lambda: desk.call(key, "GET", "/v1/tickets", None, {"category": "active", "limit": "50"}),
        "views and counts": lambda: desk.call(key, "GET", "/v1/views"),
    }


def measure(name: str, work: Callable[[], Any], times: int) -> dict[str, Any]:
    """Medians of an operation and of the bare handler after it, in milliseconds.

    The bare handler writes without conditions, so it comes last: it puts the tables back to where the metered run was.
    """
    for _ in range(5):
        work()
    since = clock.now()
    with metered() as meter:
        work()
    own = statistics.median(_milliseconds(work) for _ in range(times))
    bare = _bare_handler(meter, ids.new_id(since)[:10], times)
    floor = statistics.median(_milliseconds(bare) for _ in range(times))
    return {
        "operation": name,
        "round_trips": meter.round_trips,
        "read_units": meter.read_units,
        "write_units": meter.write_units,
        "milliseconds": round(own, 2),
        "bare": round(floor, 2),
        "over_bare": round(own / floor, 2),
    }


def _bare_handler(meter: Meter, since: str, times: int) -> Callable[[], Any]:
    """A Powertools handler that makes calls of the same kind and size with plain boto3, and nothing else.

    What the metered run made anew (ids, versions, numbers) is made anew for each run, so that the tables do equal work.
    """
    app = APIGatewayHttpResolver()
    clients = {service: boto3.client(service, region_name="us-east-1") for service, _, _ in meter.calls}
    kept = [(service, operation, _unconditional(params)) for service, operation, params in meter.calls]
    variants = [_anew(kept, since) for _ in range(times)]

    @app.get("/bare")
    def bare() -> dict[str, Any]:
        for service, operation, params in variants.pop():
            clients[service]._make_api_call(operation, params)
        return {"done": True}

    event = desk.event_of("", "GET", "/bare", None, None)
    return lambda: app.resolve(event, None)


def _anew(calls: list[Any], since: str) -> list[Any]:
    fresh: dict[str, str] = {}

    def replace(found: re.Match[str]) -> str:
        old = found.group()
        return old if old[:10] < since else fresh.setdefault(old, ids.new_id())

    text = _ULID.sub(replace, json.dumps(calls))
    offset = random.randrange(10**8, 10**9)
    return list(json.loads(_COUNTED.sub(lambda found: f"{found[1]}{int(found[2]) + offset:010}", text)))


def _unconditional(value: Any) -> Any:
    """The parameters of a write without its conditions, which hold only once."""
    if isinstance(value, dict):
        stripped = {key: _unconditional(one) for key, one in value.items() if key not in _CONDITIONS}
        if "ConditionExpression" in value and "UpdateExpression" not in value:
            stripped.pop("ExpressionAttributeValues", None)
            stripped.pop("ExpressionAttributeNames", None)
        return stripped
    return [_unconditional(one) for one in value] if isinstance(value, list) else value


def _milliseconds(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
