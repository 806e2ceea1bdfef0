"""DM-03, TM-20: the audit trail has every change and sensitive read, in one shape, and nobody writes it."""

from __future__ import annotations

from tests.callers import NEW_TICKET, staff
from tests.inbound import a_mail, receive

SHAPE = {"id", "timestamp", "actor", "action", "resource", "changes"}


def test_dm03_every_change_is_in_the_trail_with_who_and_what(cloud, admin, agent, ticket):
    agent.patch(f"/v1/tickets/{ticket['id']}", {"priority": "high"})
    team = admin.post("/v1/teams", {"name": "Hardware"}).body["id"]
    cloud.pump()
    newest, before, *_ = admin.get("/v1/audit").body["data"]
    assert newest["resource"] == {"type": "team", "id": team}
    assert set(before) == SHAPE
    assert before["action"] == "ticket.priority_changed"
    assert before["actor"] == {"type": "agent", "id": agent.me["id"], "ip": "198.51.100.7"}
    assert before["changes"] == {"priority": {"from": "normal", "to": "high"}}


def test_dm03_sensitive_reads_are_in_it_and_secrets_are_not(cloud, admin):
    held = receive(a_mail(), spam="FAIL")
    assert admin.get(f"/v1/mail/{held['id']}/raw").status == 302
    made = admin.post("/v1/api-keys", {"name": "CRM", "scopes": ["tickets:read"]}).body
    cloud.pump()
    reply = admin.get("/v1/audit?action=mail.*")
    assert [(one["action"], one["resource"]["id"]) for one in reply.body["data"]] == [("mail.read_raw", held["id"])]
    (key,) = admin.get("/v1/audit?resource_type=api_key").body["data"]
    assert key["changes"]["digest"] == {"from": "(secret)", "to": "(secret)"}
    assert made["key"].rpartition("_")[2] not in str(key)


def test_dm03_comings_and_goings_of_colleagues_are_in_it_and_of_customers_not(cloud, admin, customer):
    someone = staff("agent", "new@acme.test")
    (session,) = someone.get("/v1/sessions").body["data"]
    assert someone.delete("/v1/session").status == 204
    assert customer.delete("/v1/portal/session").status == 204
    cloud.pump()
    ended, opened, *others = admin.get("/v1/audit?resource_type=session").body["data"]
    assert [(one["action"], one["actor"]["id"]) for one in (opened, ended)] == [
        ("session.opened", someone.me["id"]),
        ("session.ended", someone.me["id"]),
    ]
    assert opened["resource"] == ended["resource"] == {"type": "session", "id": session["id"]}
    assert opened["actor"]["ip"] == "127.0.0.1"
    assert [one["actor"]["id"] for one in others] == [admin.me["id"]]


def test_dm03_it_is_asked_by_actor_resource_and_time_and_walked_by_page(cloud, admin, agent, ticket):
    for index in range(5):
        agent.patch(f"/v1/tickets/{ticket['id']}", {"subject": f"Subject {index}"})
    admin.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    walked, target = [], f"/v1/audit?actor={agent.me['id']}&action=ticket.subject_changed&limit=2"
    cursor = ""
    while True:
        page = admin.get(target + cursor).body
        walked += page["data"]
        if not page["next_cursor"]:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert [one["changes"]["subject"]["to"] for one in walked] == [f"Subject {index}" for index in (4, 3, 2, 1, 0)]
    of_ticket = admin.get(f"/v1/audit?resource_type=ticket&resource_id={ticket['id']}&limit=3").body
    assert [one["id"] for one in of_ticket["data"]] == [one["id"] for one in walked[:3]]
    since = walked[1]["timestamp"]
    recent = admin.get(f"/v1/audit?actor={agent.me['id']}&from={since}").body["data"]
    assert {one["id"] for one in walked[:2]} <= {one["id"] for one in recent}
    older = admin.get(f"/v1/audit?to={walked[-1]['timestamp']}").body["data"]
    assert not {one["id"] for one in walked} & {one["id"] for one in older}


def test_dm03_only_who_may_reads_it_and_nobody_writes_it(cloud, admin, agent):
    assert agent.get("/v1/audit").status == 403
    for method in ("POST", "PATCH", "PUT", "DELETE"):
        refused = admin.call(method, "/v1/audit", {})
        assert (refused.status, refused.body["code"]) == (405, "method_not_allowed")
    wrong = admin.get("/v1/audit?from=yesterday&resource_id=x")
    assert {fault["pointer"] for fault in wrong.body["errors"]} == {"/from", "/resource_type"}


def test_events_of_roles_and_keys_are_for_auditors(cloud, admin, agent):
    admin.post("/v1/roles", {"label": "x", "permissions": ["tickets:read"], "sees": ["all"]})
    admin.post("/v1/teams", {"name": "Hardware"})
    cloud.pump()
    kinds = {
        name: {event["subject"]["kind"] for event in caller.get("/v1/events?after=0").body["data"]}
        for name, caller in (("admin", admin), ("agent", agent))
    }
    assert kinds == {"admin": {"person", "role", "session", "team"}, "agent": {"person", "team"}}
