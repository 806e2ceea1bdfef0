"""API-16, part 2 item 4: bulk jobs do each item once, tell what became of it, and can be cancelled and undone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpdesk.core import clock
from tests.callers import NEW_TICKET, staff
from tests.faults import deaths


@pytest.fixture(autouse=True)
def fast(monkeypatch):
    monkeypatch.setenv("JOB_ITEMS_PER_SECOND", "100000")


def _tickets(agent, count):
    return [agent.post("/v1/tickets", NEW_TICKET).body["id"] for _ in range(count)]


def _start(caller, **body):
    reply = caller.post("/v1/jobs", body)
    assert reply.status == 202, reply.body
    return reply.body


def _done(caller, cloud, job):
    cloud.pump(60)
    found = caller.get(f"/v1/jobs/{job['id']}").body
    assert found["state"] == "finished", found
    return found


def _change(**change):
    return {"kind": "change", "change": change}


def test_api16_ids_are_changed_once_each_with_a_result_each(cloud, agent, monkeypatch):
    monkeypatch.setattr("helpdesk.jobs.work.CHUNK", 4)
    monkeypatch.setattr("helpdesk.jobs.store.CHUNK", 4)
    monkeypatch.setattr("helpdesk.jobs.service.CHUNK", 4)
    ids = _tickets(agent, 10)
    agent.patch(f"/v1/tickets/{ids[0]}", {"priority": "high"})
    unknown = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
    job = _start(agent, ids=[*ids, unknown, ids[0]], action=_change(priority="high", tags={"add": ["vip"]}))
    assert (job["state"], job["total"]) == ("running", 11)
    found = _done(agent, cloud, job)
    assert found["counts"] == {"done": 10, "unchanged": 0, "failed": 1} and found["progress"] == 1
    failed = agent.get(f"/v1/jobs/{job['id']}/items?outcome=failed").body["data"]
    assert [(one["ticket_id"], one["code"]) for one in failed] == [(unknown, "not_found")]
    items = agent.get(f"/v1/jobs/{job['id']}/items?limit=100").body["data"]
    assert [one["ticket_id"] for one in items] == [*ids, unknown]
    events = agent.get(f"/v1/tickets/{ids[1]}?include=events").body["events"]
    assert {event["causation_id"] for event in events[-2:]} == {job["id"]}
    again = _done(agent, cloud, _start(agent, ids=ids, action=_change(priority="high")))
    assert again["counts"] == {"done": 0, "unchanged": 10, "failed": 0}


def test_api16_items_page_by_cursor(cloud, agent):
    job = _start(agent, ids=_tickets(agent, 5), action={"kind": "solve"})
    _done(agent, cloud, job)
    first = agent.get(f"/v1/jobs/{job['id']}/items?limit=3").body
    rest = agent.get(f"/v1/jobs/{job['id']}/items?limit=3&cursor={first['next_cursor']}").body
    assert (len(first["data"]), len(rest["data"]), rest["next_cursor"]) == (3, 2, None)


def test_api16_a_filter_is_frozen_when_the_job_starts(cloud, agent):
    ids = _tickets(agent, 3)
    job = _start(agent, filter={"category": "new"}, action={"kind": "solve"})
    assert (job["state"], job["total"]) == ("preparing", None)
    found = _done(agent, cloud, job)
    assert (found["total"], found["counts"]["done"]) == (3, 3)
    assert {agent.get(f"/v1/tickets/{id_}").body["status"]["category"] for id_ in ids} == {"solved"}


def test_api16_a_preview_counts_and_shows_and_changes_nothing(cloud, agent):
    ids = _tickets(agent, 3)
    reply = agent.post("/v1/jobs", {"filter": {"category": "active"}, "action": {"kind": "solve"}, "preview": True})
    assert (reply.status, reply.body["count"], reply.body["more"]) == (200, 3, False)
    sample = {one["ticket_id"]: one["changes"] for one in reply.body["sample"]}
    assert set(sample) == set(ids)
    assert sample[ids[0]]["status_id"] == {"from": "new", "to": "solved"}
    assert agent.get(f"/v1/tickets/{ids[0]}").body["status"]["id"] == "new"
    assert agent.get("/v1/jobs").body["data"] == []


def test_api16_what_is_wrong_for_all_is_refused_at_once(cloud, agent):
    ids = _tickets(agent, 1)
    for action, status in (
        (_change(priority="none-such"), 422),
        (_change(colour="red"), 422),
        ({"kind": "explode"}, 422),
        ({"kind": "trash"}, 403),
        ({"kind": "message", "message": {"kind": "reply", "body_text": "x", "attachments": ["a"]}}, 422),
        ({"kind": "undo"}, 422),
    ):
        reply = agent.post("/v1/jobs", {"ids": ids, "action": action})
        assert reply.status == status, (action, reply.body)
    assert agent.post("/v1/jobs", {"filter": {"sort": "colour"}, "action": {"kind": "solve"}}).status == 400


def test_api16_killed_anywhere_each_item_is_done_once(cloud, agent):
    from helpdesk.jobs import work

    for death in deaths():
        ids = _tickets(agent, 2)
        job = _start(agent, ids=ids, action={"kind": "message", "message": {"kind": "note", "body_text": "x"}})
        with death:
            work.prepare("acme", job["id"])
            work.run_chunk("acme", job["id"], 0)
        work.prepare("acme", job["id"])
        work.run_chunk("acme", job["id"], 0)
        found = agent.get(f"/v1/jobs/{job['id']}").body
        assert (found["state"], found["counts"]) == ("finished", {"done": 2, "unchanged": 0, "failed": 0}), death
        assert [agent.get(f"/v1/tickets/{id_}").body["message_count"] for id_ in ids] == [2, 2], death


def test_api16_messages_of_the_queue_that_come_twice_do_nothing_twice(cloud, agent):
    from helpdesk.jobs import work

    ids = _tickets(agent, 3)
    job = _start(agent, ids=ids, action={"kind": "message", "message": {"kind": "note", "body_text": "x"}})
    for _ in range(3):
        work.prepare("acme", job["id"])
        work.run_chunk("acme", job["id"], 0)
    assert _done(agent, cloud, job)["counts"]["done"] == 3
    assert [agent.get(f"/v1/tickets/{id_}").body["message_count"] for id_ in ids] == [2, 2, 2]
    types = [event["type"] for event in agent.get("/v1/events?limit=500").body["data"]]
    assert (types.count("job.started"), types.count("job.finished")) == (1, 1)


def test_api16_cancel_stops_within_a_chunk(cloud, agent, monkeypatch):
    from helpdesk.jobs import work

    ids = _tickets(agent, 25)
    job = _start(agent, ids=ids, action={"kind": "solve"})
    leases = []

    def cancelling(_org, count, _rate):
        leases.append(count)
        if len(leases) == 2:
            assert agent.delete(f"/v1/jobs/{job['id']}").body["state"] == "cancelled"
        return 0.0

    monkeypatch.setattr("helpdesk.jobs.rate_store.lease", cancelling)
    work.run_chunk("acme", job["id"], 0)
    found = agent.get(f"/v1/jobs/{job['id']}").body
    assert (found["state"], found["counts"]["done"]) == ("cancelled", 10)
    assert agent.get(f"/v1/tickets/{ids[10]}").body["status"]["category"] == "new"
    assert agent.delete(f"/v1/jobs/{job['id']}").body["state"] == "cancelled"


def test_api16_who_lost_his_rights_changes_nothing_more(cloud, admin, agent):
    ids = _tickets(agent, 2)
    job = _start(agent, ids=ids, action={"kind": "solve"})
    me = agent.me["id"]
    version = admin.get(f"/v1/people/{me}").body["version"]
    assert admin.patch(f"/v1/people/{me}", {"role": "viewer"}, If_Match=f'"{version}"').status == 200
    found = _done(admin, cloud, job)
    assert found["counts"] == {"done": 0, "unchanged": 0, "failed": 2}
    items = admin.get(f"/v1/jobs/{job['id']}/items").body["data"]
    assert {one["code"] for one in items} == {"forbidden"}


def test_api16_a_job_is_its_owners_and_the_administrators(cloud, admin, agent):
    job = _start(agent, ids=_tickets(agent, 1), action={"kind": "solve"})
    other = staff("agent", "other@acme.test")
    assert other.get(f"/v1/jobs/{job['id']}").status == 404
    assert other.delete(f"/v1/jobs/{job['id']}").status == 404
    assert other.get("/v1/jobs").body["data"] == []
    assert admin.get("/v1/jobs").body["data"][0]["id"] == job["id"]


def test_part2_4_a_job_is_undone_as_one_unit(cloud, agent):
    ids = _tickets(agent, 3)
    job = _start(agent, ids=ids, action=_change(tags={"add": ["vip"]}, priority="high", status_id="closed"))
    assert agent.put(f"/v1/jobs/{job['id']}/undo").status == 409
    _done(agent, cloud, job)
    agent.patch(f"/v1/tickets/{ids[2]}", {"priority": "low"})
    undo = agent.put(f"/v1/jobs/{job['id']}/undo")
    assert undo.status == 202 and undo.body["undoes"] == job["id"]
    assert agent.put(f"/v1/jobs/{job['id']}/undo").body["id"] == undo.body["id"]
    found = _done(agent, cloud, undo.body)
    assert found["counts"] == {"done": 2, "unchanged": 0, "failed": 1}
    failed = agent.get(f"/v1/jobs/{undo.body['id']}/items?outcome=failed").body["data"]
    assert (failed[0]["ticket_id"], failed[0]["code"]) == (ids[2], "changed_since")
    assert "priority" in failed[0]["detail"]
    first = agent.get(f"/v1/tickets/{ids[0]}").body
    assert (first["tags"], first["priority"], first["status"]["id"]) == ([], "normal", "new")
    redo = _done(agent, cloud, agent.put(f"/v1/jobs/{undo.body['id']}/undo").body)
    assert redo["counts"]["done"] == 2
    assert agent.get(f"/v1/tickets/{ids[0]}").body["tags"] == ["vip"]


def test_part2_4_what_somebody_did_between_two_times_is_undone(cloud, admin, agent, monkeypatch):
    rogue = staff("agent", "rogue@acme.test")
    ids, start = _tickets(agent, 4), clock.now()
    at = iter(range(1, 1000))
    monkeypatch.setattr("helpdesk.core.clock.now", lambda: start + timedelta(seconds=next(at) / 1000))
    rogue.patch(f"/v1/tickets/{ids[0]}", {"priority": "low"})
    since = clock.stamp()
    for id_ in ids[:3]:
        rogue.patch(f"/v1/tickets/{id_}", {"tags": {"add": ["bad"]}, "assignee_id": rogue.me["id"]})
        rogue.put(f"/v1/tickets/{id_}/resolution")
    agent.patch(f"/v1/tickets/{ids[2]}", {"assignee_id": agent.me["id"]})
    agent.patch(f"/v1/tickets/{ids[3]}", {"tags": {"add": ["good"]}})
    until = clock.stamp()
    cloud.pump_events()
    action = {"kind": "undo", "actor_id": rogue.me["id"], "from": since, "to": until}
    assert agent.post("/v1/jobs", {"action": action, "preview": True}).status == 403
    preview = admin.post("/v1/jobs", {"action": action, "preview": True}).body
    assert preview["count"] == 3
    conflicts = {one["ticket_id"]: one.get("conflicts") for one in preview["sample"] if one.get("code")}
    assert list(conflicts) == [ids[2]] and "assignee_id" in conflicts[ids[2]]
    found = _done(admin, cloud, _start(admin, action=action))
    assert found["counts"] == {"done": 2, "unchanged": 0, "failed": 1}
    first = agent.get(f"/v1/tickets/{ids[0]}").body
    assert (first["tags"], first["assignee_id"], first["status"]["id"]) == ([], None, "new")
    assert first["priority"] == "low", "what he did before stays"
    assert agent.get(f"/v1/tickets/{ids[3]}").body["tags"] == ["good"]


def test_tm09_a_tag_is_renamed_everywhere(cloud, admin, agent):
    ids = _tickets(agent, 3)
    agent.patch(f"/v1/tickets/{ids[0]}", {"tags": {"add": ["old", "new"]}})
    agent.patch(f"/v1/tickets/{ids[1]}", {"tags": {"add": ["old"]}})
    agent.put(f"/v1/tickets/{ids[1]}/resolution")
    cloud.pump()
    assert agent.post("/v1/jobs", {"action": {"kind": "rename_tag", "from": "old", "to": "new"}}).status == 403
    found = _done(admin, cloud, _start(admin, action={"kind": "rename_tag", "from": "old", "to": "new"}))
    assert (found["total"], found["counts"]["done"]) == (2, 2)
    assert [agent.get(f"/v1/tickets/{id_}").body["tags"] for id_ in ids] == [["new"], ["new"], []]


def test_tm06_what_is_archived_is_replaced_on_every_ticket(cloud, admin, agent):
    parked = {"label": "Parked", "customer_label": "Waiting", "category": "waiting", "next": ["open"]}
    status = admin.post("/v1/statuses", parked | {"reachable_from": ["new"]}).body["id"]
    ids = _tickets(agent, 2)
    assert agent.patch(f"/v1/tickets/{ids[0]}", {"priority": "urgent", "status_id": status}).status == 200
    cloud.pump()
    for path in ("/v1/priorities/urgent?replace_by=high", f"/v1/statuses/{status}?replace_by=on_hold"):
        assert admin.delete(path).status == 204
    cloud.pump(30)
    found = agent.get(f"/v1/tickets/{ids[0]}").body
    assert (found["priority"], found["status"]["id"]) == ("high", "on_hold")
    assert agent.get(f"/v1/tickets/{ids[1]}").body["priority"] == "normal"
    assert {job["action"]["kind"] for job in admin.get("/v1/jobs").body["data"]} == {"replace_archived"}


def test_api16_a_start_killed_anywhere_and_retried_with_its_key_is_one_job(cloud, agent, monkeypatch):
    monkeypatch.setattr("helpdesk.web.idempotency.LEASE", -1)
    ids = _tickets(agent, 1)
    for expected, death in enumerate(deaths(), 1):
        body = {"ids": ids, "action": _change(subject=f"S{expected}")}
        key = f"key-{death.call}-{death.after}"
        with death:
            agent.post("/v1/jobs", body, Idempotency_Key=key)
        replies = [agent.post("/v1/jobs", body, Idempotency_Key=key) for _ in range(2)]
        assert [reply.status for reply in replies] == [202, 202]
        assert len(agent.get("/v1/jobs?limit=100").body["data"]) == expected, death


def test_api16_all_jobs_share_one_rate(cloud, agent, monkeypatch):
    from helpdesk.jobs import rate_store

    waits = [rate_store.lease("acme", 10, 100.0) for _ in range(4)]
    assert waits[0] == 0
    assert 0 < waits[1] < waits[2] < waits[3] <= 0.3
