"""Bad input of the issue's list: large, many, odd, replayed and cut; a clear refusal, and nothing written."""

from __future__ import annotations

import json

import pytest

from tests.api.test_ownership import rows
from tests.callers import NEW_TICKET

ODD = [
    "\u202egnp.exe",
    "👩‍👩‍👧‍👦",
    "Z̷̢̛a̴l̵g̶o̸",
    "\ufeffx",
    "ﷺ" * 200,
    "a\u0301" * 100,
    "\U0010ffff",
    "İıſK",
    "x\u2028y",
    "\u00ad\u200b",
]


def test_a_body_of_ten_megabytes_is_a_413(cloud, agent, ticket):
    before = rows()
    body = json.dumps(NEW_TICKET | {"body_text": "x" * 10_000_000})
    assert agent.post("/v1/tickets", body).status == 413
    assert agent.patch(f"/v1/tickets/{ticket['id']}", '{"subject": "' + "x" * 10_000_000 + '"}').status == 413
    deep = "[" * 100_000 + "]" * 100_000
    assert agent.post("/v1/tickets", f'{{"fields": {{"x": {deep}}}}}').status in (400, 413, 422)
    assert rows() == before


def test_ten_thousand_tags_are_refused_on_every_path(cloud, agent, admin, ticket):
    before, tags = rows(), [f"tag-{number}" for number in range(10_000)]
    path = f"/v1/tickets/{ticket['id']}"
    change = {"tags": {"add": tags}}
    refused = [
        agent.post("/v1/tickets", NEW_TICKET | {"tags": tags}),
        agent.patch(path, change),
        admin.post("/v1/jobs", {"ids": [ticket["id"]], "action": {"kind": "change", "change": change}}),
        admin.post("/v1/macros", {"name": "x", "actions": [{"type": "add_tags", "tags": tags}]}),
        agent.get("/v1/tickets?tag=" + ",".join(tags[:2_000])),
        agent.post("/v1/views", {"label": "x", "filter": {"field": "tag", "op": "in", "value": tags}}),
    ]
    assert {reply.status for reply in refused} <= {400, 413, 422}
    assert rows() == before


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_unicode_of_every_kind_is_kept_or_refused_and_found_without_a_fault(cloud, agent, text):
    made = agent.post("/v1/tickets", NEW_TICKET | {"subject": text[:200], "body_text": text, "tags": [text[:50]]})
    assert made.status in (201, 422), made.body
    cloud.pump_search()
    for target in (f"/v1/search?q={text[:100]}", f"/v1/tickets?q={text[:100]}", f"/v1/search/suggest?q={text[:50]}"):
        assert agent.get(target).status in (200, 400)
    if made.status == 201:
        messages = agent.get(f"/v1/tickets/{made.body['id']}/messages").body["data"]
        assert messages[0]["body_text"].strip() == text.strip()


def test_a_lone_surrogate_is_refused_or_kept_out(cloud, agent):
    reply = agent.post("/v1/tickets", json.dumps(NEW_TICKET | {"subject": "x \ud800 y"}))
    assert reply.status in (400, 422), reply.body


@pytest.mark.parametrize("target", ["/v1/tickets", "/v1/tickets?sort=created_at", "/v1/search?q=charger", "/v1/people"])
def test_cursors_that_were_cut_or_belong_elsewhere_are_a_400(cloud, agent, admin, target):
    for _ in range(3):
        agent.post("/v1/tickets", NEW_TICKET)
    admin.post("/v1/people", {"email": "second@acme.test"})
    cloud.pump_search()
    glue = "&" if "?" in target else "?"
    cursor = agent.get(f"{target}{glue}limit=1").body["next_cursor"]
    assert cursor
    assert agent.get(f"{target}{glue}limit=1&cursor={cursor}").status == 200, "twice is allowed"
    broken = [cursor[:-1], cursor[: len(cursor) // 2], cursor[1:], cursor + "A", "", "null", "%00", "💥"]
    for one in broken[:4] + broken[5:]:
        assert agent.get(f"{target}{glue}limit=1&cursor={one}").status == 400, one
    assert admin.get(f"{target}{glue}limit=1&cursor={cursor}").status == 400, "another's cursor"
    other = "/v1/companies" if target == "/v1/people" else "/v1/people"
    assert agent.get(f"{other}?cursor={cursor}").status == 400, "another list's cursor"
