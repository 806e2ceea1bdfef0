"""Many requests in one process: each is answered as if it were alone."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from helpdesk.web.api import PUBLIC, Api
from helpdesk.web.call import Answer


@pytest.fixture
def hasty():
    """Threads give way to each other after each few steps."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def event(path: str) -> dict[str, Any]:
    http = {"method": "GET", "path": path, "sourceIp": "198.51.100.7"}
    return {"rawPath": path, "requestContext": {"requestId": path, "stage": "$default", "http": http}}


def test_each_request_is_answered_with_its_own_path(cloud, hasty, monkeypatch):
    monkeypatch.setattr("helpdesk.web.limits.PER_IP", 10_000)
    api = Api()

    @api.route("GET", "/v1/one/{name}", needs=PUBLIC)
    def one(call):
        """Give the name."""
        return Answer(200, {"name": call.path["name"]})

    paths = [f"/v1/one/{number}" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda path: api.handler(event(path), None), paths))
    assert [reply["headers"]["X-Request-Id"] for reply in replies] == paths
    assert [reply["body"] for reply in replies] == [f'{{"name": "{number}"}}' for number in range(200)]
