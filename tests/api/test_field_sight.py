"""TM-08: a field that somebody may not see is to him, through every door, as if there were none."""

from __future__ import annotations

import json

import pytest

from tests.api.test_fields import define
from tests.api.test_visibility import limited
from tests.api.test_webhooks import hook
from tests.callers import NEW_TICKET, Caller

VALUE = "Zirkonbluete"
FILTER = f"fields.pay:{VALUE}"
RIGHTS = ["tickets:read", "tickets:write", "tickets:bulk", "tickets:undo", "events:read", "audit:read", "people:read"]


@pytest.fixture
def hr(cloud, admin) -> Caller:
    """A colleague of the one role that sees `pay`."""
    return limited(admin, ["all"], [], "hannah@acme.test", [*RIGHTS, "settings:read", "settings:write"])


@pytest.fixture
def paid(cloud, admin, agent, hr):
    """A ticket with a value that only `hr` sees, and one that every colleague sees."""
    define(admin, "pay", visible_to=[hr.me["role"]])
    define(admin, "site")
    ticket = agent.post("/v1/tickets", NEW_TICKET | {"fields": {"site": "Nordtor"}}).body
    changed = hr.patch(f"/v1/tickets/{ticket['id']}", {"fields": {"pay": VALUE}})
    assert changed.body["fields"] == {"site": "Nordtor", "pay": VALUE}
    cloud.pump()
    return changed.body


def refused(reply) -> bool:
    codes = {fault["code"] for fault in reply.body["errors"]}
    return reply.status in (400, 422) and codes == {"unknown"}


@pytest.mark.parametrize(
    "target",
    [
        "/v1/tickets?filter={filter}",
        "/v1/tickets?filter=-{filter}",
        "/v1/tickets?filter=category:open+or+{filter}",
        "/v1/tickets?category=active&filter={filter}&as_of=2036-01-01T00:00:00Z",
        "/v1/search?q=charger&filter={filter}",
        "/v1/search?q=charger&facets=tag&filter={filter}",
    ],
)
def test_tm08_a_filter_by_a_hidden_field_is_one_by_a_field_that_is_not_there(paid, agent, hr, target):
    hidden, missing = (agent.get(target.format(filter=one).replace("+", " ")) for one in (FILTER, "fields.nope:x"))
    assert refused(hidden) and refused(missing)
    assert hidden.body["detail"].replace("pay", "nope") == missing.body["detail"]
    seen = hr.get(target.format(filter=FILTER).replace("+", " "))
    assert seen.status == 200 or seen.body["code"] == "not_indexed", seen.body


def test_tm08_words_find_what_every_colleague_may_read(cloud, paid, agent, hr):
    def found(caller, words):
        hits = caller.get(f"/v1/search?q={words}&type=tickets").body["data"]
        listed = caller.get(f"/v1/tickets?q={words}").body["data"]
        suggested = caller.get(f"/v1/search/suggest?q={words}").body["tickets"]
        return len(hits), len(listed), len(suggested)

    assert found(agent, "Nordtor") == (1, 1, 1)
    assert found(agent, VALUE) == found(agent, VALUE[:7].lower()) == (0, 0, 0)
    assert found(hr, VALUE) == (0, 0, 0), "the words of narrow fields are found by filter alone"
    assert [one["id"] for one in hr.get(f"/v1/tickets?filter={FILTER}").body["data"]] == [paid["id"]]


def test_tm08_a_field_that_is_narrowed_is_found_no_more(cloud, admin, agent, hr, monkeypatch):
    monkeypatch.setattr("helpdesk.search.refielding._PAGE", 2)
    define(admin, "site")
    for number in range(5):
        agent.post("/v1/tickets", NEW_TICKET | {"fields": {"site": f"Nordtor {number}"}})
    cloud.pump_search()
    assert len(agent.get("/v1/search?q=nordtor&type=tickets").body["data"]) == 5
    assert admin.patch("/v1/fields/site", {"visible_to": [hr.me["role"]]}).status == 200
    cloud.pump_search()
    assert agent.get("/v1/search?q=nordtor&type=tickets").body["data"] == []
    assert len(hr.get("/v1/tickets?filter=fields.site:~nordtor").body["data"]) == 5


def test_tm08_a_codes_digits_in_a_hidden_field_are_no_exact_hit(cloud, paid, agent, hr):
    hr.patch(f"/v1/tickets/{paid['id']}", {"fields": {"pay": "QX-778899"}})
    cloud.pump()
    assert agent.get("/v1/search?q=QX-778899&type=tickets").body["data"] == []


def test_tm08_kept_views_that_ask_for_a_hidden_field_are_not_there(paid, agent, hr):
    body = {"label": "Well paid", "filter": FILTER, "shared": "all"}
    assert refused(agent.post("/v1/views", body | {"shared": "me"}))
    assert agent.post("/v1/views", {"label": "x", "filter": "tag:vip", "columns": ["fields.pay"]}).status == 422
    view = hr.post("/v1/views", body | {"columns": ["number", "fields.pay"]}).body
    shown = {one["id"]: one.get("count") for one in hr.get("/v1/views").body["data"]}
    assert shown[view["id"]] == 1
    listed = agent.get("/v1/views")
    assert listed.status == 200 and view["id"] not in {one["id"] for one in listed.body["data"]}
    assert agent.get(f"/v1/views/{view['id']}").status == 404
    assert agent.get(f"/v1/tickets?view={view['id']}").status == 400
    mine = agent.post("/v1/views", {"label": "Mine", "filter": "tag:vip"}).body
    assert refused(agent.patch(f"/v1/views/{mine['id']}", {"filter": FILTER}))


def test_tm08_jobs_neither_choose_by_a_hidden_field_nor_show_it(cloud, admin, paid, hr):
    boss = limited(admin, ["all"], [], "bo@acme.test", RIGHTS)
    tagging = {"kind": "change", "change": {"tags": {"add": ["x"]}}}
    assert refused(boss.post("/v1/jobs", {"action": tagging, "filter": {"filter": FILTER}}))
    assert refused(boss.post("/v1/jobs", {"action": tagging, "filter": {"filter": FILTER}, "preview": True}))
    since, until = "2020-01-01T00:00:00Z", "2040-01-01T00:00:00Z"
    undo = {"kind": "undo", "actor_id": hr.me["id"], "from": since, "to": until}
    preview = boss.post("/v1/jobs", {"action": undo, "preview": True})
    assert preview.body["count"] == 1, preview.body
    assert VALUE not in json.dumps(preview.body)
    own = hr.post("/v1/jobs", {"action": undo, "preview": True}).body
    assert VALUE in json.dumps(own), "who may see the field sees what becomes of it"


def test_tm08_a_refused_undo_names_no_hidden_value(paid, agent, hr):
    event = hr.get(f"/v1/tickets/{paid['id']}?include=events").body["events"][-1]
    hr.patch(f"/v1/tickets/{paid['id']}", {"fields": {"pay": f"{VALUE} more"}})
    path, wish = f"/v1/tickets/{paid['id']}/undo", {"event_id": event["id"]}
    refusal = agent.post(path, wish)
    assert (refusal.status, refusal.body["code"], refusal.body["fields"]) == (409, "changed_since", {})
    assert VALUE not in json.dumps(refusal.body)
    assert hr.post(path, wish).body["fields"]["fields.pay"]["was"] is None


def test_tm08_an_undo_changes_no_field_that_one_could_not_change_oneself(admin, paid, agent, hr):
    path = f"/v1/tickets/{paid['id']}"
    hidden = agent.post(f"{path}/undo", {"version": paid["version"]})
    assert (hidden.status, hidden.body["code"]) == (403, "field_closed")
    define(admin, "level", read_only_to=["agent"])
    version = admin.patch(path, {"fields": {"level": "gold"}}).body["version"]
    assert agent.post(f"{path}/undo", {"version": version}).status == 403
    assert admin.post(f"{path}/undo", {"version": version}).status == 200
    assert hr.get(path).body["fields"] == {"site": "Nordtor", "pay": VALUE}


def test_tm08_neither_feed_nor_audit_nor_stale_answer_nor_past_tells_it(cloud, admin, paid, agent, hr):
    auditor = limited(admin, ["all"], [], "aud@acme.test", [*RIGHTS, "settings:read"])
    at = auditor.get(f"/v1/tickets/{paid['id']}").body["updated_at"]
    told = [
        auditor.get("/v1/events?after=0&limit=500").body,
        auditor.get("/v1/audit?limit=100").body,
        auditor.get(f"/v1/audit?resource_type=ticket&resource_id={paid['id']}").body,
        auditor.get(f"/v1/tickets/{paid['id']}?include=events&as_of={at}").body,
        auditor.post(f"/v1/tickets/{paid['id']}/restoration?preview=true", {"as_of": paid["created_at"]}).body,
        auditor.patch(f"/v1/tickets/{paid['id']}", {"subject": "x"}, If_Match='"1"').body,
    ]
    assert all(one.get("status") in (None, 412) or "id" in one for one in told[:-2] + told[-1:])
    assert told[-2]["code"] == "field_closed", "the ticket's return would take a value away that he does not see"
    assert VALUE not in json.dumps(told)
    assert VALUE in json.dumps(hr.get("/v1/events?after=0&limit=500").body)
    assert VALUE in json.dumps(hr.get("/v1/audit?limit=100").body)


def test_tm08_macros_neither_show_nor_say_it(admin, paid, agent, hr):
    saying = {
        "name": "Say",
        "actions": [{"type": "note", "body_html": "<p>{{fields.pay|nothing}}</p>"}],
        "visibility": "all",
    }
    macro = admin.post("/v1/macros", saying)
    assert macro.status == 201, macro.body
    path = f"/v1/tickets/{paid['id']}/macros/{macro.body['id']}/preview"
    assert VALUE not in json.dumps(agent.post(path).body) and VALUE in json.dumps(hr.post(path).body)
    action = {"type": "set_field", "field_id": "pay", "value": "x"}
    setting = {"name": "Set", "actions": [action], "visibility": "all"}
    assert admin.post("/v1/macros", setting).body["errors"][0]["code"] == "unknown"
    made = hr.post("/v1/macros", setting).body
    assert agent.post(f"/v1/tickets/{paid['id']}/macros/{made['id']}").status == 422
    assert VALUE not in json.dumps(agent.post(f"/v1/tickets/{paid['id']}/macros/{made['id']}/preview").body)


@pytest.mark.parametrize("scope", ["internal", "customer"])
def test_tm08_webhooks_send_what_every_colleague_sees_and_ask_for_nothing_else(cloud, admin, paid, hr, receiver, scope):
    wrong = {"url": receiver.url, "events": ["*"], "filter": {"field": "fields.pay", "op": "is", "value": VALUE}}
    assert refused(admin.post("/v1/webhooks", wrong))
    hook(admin, receiver, scope=scope)
    hr.patch(f"/v1/tickets/{paid['id']}", {"fields": {"pay": f"{VALUE} 2", "site": "Suedtor"}})
    hr.post("/v1/tickets", NEW_TICKET | {"fields": {"pay": f"{VALUE} 3", "site": "Osttor"}})
    cloud.pump()
    text = json.dumps([one.event for one in receiver.taken])
    assert receiver.taken and VALUE not in text
    assert ("Suedtor" in text) == (scope == "internal")
