"""API-10: every route as every role: what the matrix says is what happens (part 3 item 27)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from infra.commands.routes import COLUMNS, matrix, page
from tests.callers import Caller, contact, staff

UNKNOWN = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
ROLES = [name for name in COLUMNS if name not in ("customer", "anybody")]


@pytest.fixture
def everybody(cloud) -> dict[str, Caller]:
    callers = {role: staff(role, f"{role}@acme.test") for role in ROLES}
    return callers | {"customer": contact("carla@customer.test"), "anybody": Caller()}


def test_api10_every_route_lets_in_whom_the_matrix_says_and_nobody_else(everybody):
    wrong = []
    for name, needs, allowed in matrix():
        method, path = name.split(" ")
        if (method, path) in ENDS_SESSIONS:
            continue
        for who, caller in everybody.items():
            caller.headers["x-viewer-ip"] = f"203.0.113.{len(name) % 250}"
            reply = caller.call(method, re.sub(r"{\w+}", UNKNOWN, path), {})
            kept_out = reply.status == 401 or (reply.status == 403 and "permission" in reply.body)
            if needs != "public" and kept_out == (who in allowed):
                wrong.append((who, name, reply.status))
    assert not wrong


def test_the_page_of_permissions_is_the_present_one():
    written = (Path(__file__).parents[2] / "docs/permissions.md").read_text()
    assert written == page(), "run `make openapi` and commit docs/permissions.md"


ENDS_SESSIONS = {("DELETE", "/v1/session"), ("DELETE", "/v1/portal/session")}
