"""API-13: the feed without a gap or a double, under load, over kills, and across the archive."""

from __future__ import annotations

import gzip
import json
import threading

import boto3
import pytest

from helpdesk.core import cache, clock
from helpdesk.feed import archive, store
from tests.callers import NEW_TICKET, Caller
from tests.faults import Killed, deaths


def walk(caller, types="", limit=7):
    events, after = [], "0"
    while page := caller.get(f"/v1/events?after={after}&limit={limit}&types={types}").body:
        if page["next_cursor"] == after:
            return events
        events, after = events + page["data"], page["next_cursor"]
    return events


def test_api13_a_reader_meets_each_event_once_while_workers_publish_and_die(cloud, admin, agent):
    """Six writers, a publisher that is killed now and then, and a reader who walks all the while."""
    wish = {"name": "reader", "scopes": admin.get("/v1/me").body["permissions"], "per_minute": 60_000}
    key = Caller({"authorization": f"Bearer {admin.post('/v1/api-keys', wish).body['key']}"})
    seen, over = [], threading.Event()
    number_of_writers, each = 6, 4

    def write():
        for _ in range(each):
            assert agent.post("/v1/tickets", NEW_TICKET).status == 201

    def follow():
        after = "0"
        while True:
            last_round = over.is_set()
            try:
                page = key.get(f"/v1/events?after={after}&limit=5").body
            except Killed:  # with the publisher, whose death knows no threads
                continue
            seen.extend(event["seq"] for event in page["data"])
            if page["next_cursor"] == after and last_round:
                return
            after = page["next_cursor"]

    reader = threading.Thread(target=follow)
    reader.start()
    writers = [threading.Thread(target=write) for _ in range(number_of_writers)]
    for one in writers:
        one.start()
    while any(one.is_alive() for one in writers):
        cloud.run_stream()
    for one in writers:
        one.join()
    cloud.pump_events()
    for death in deaths(most=8):
        agent.post("/v1/tickets", NEW_TICKET)
        with death:
            cloud.run_stream()
        cloud.pump_events()
        if death.call == 7:
            break
    over.set()
    reader.join()
    assert seen == list(range(1, int(key.get("/v1/events?after=latest").body["next_cursor"]) + 1))
    assert len(seen) > 2 * number_of_writers * each


def test_api13_old_buckets_are_read_from_the_archive_without_notice(cloud, admin, agent, timeline, small):
    for _ in range(20):
        agent.post("/v1/tickets", NEW_TICKET)
        cloud.pump_events()
    before = walk(admin)
    total = len(before)
    assert [event["seq"] for event in before] == list(range(1, total + 1))
    assert archive.archive("acme") == total // 10 > 3
    assert walk(admin) == before
    timeline.go(hours=2)
    cache.forget()
    archive.archive("acme")
    assert [row["seq"] for row in store.read("acme", total // 10 * 10 - 1, 50)] == list(
        range(total // 10 * 10, total + 1)
    )
    assert not store.bucket_rows("acme", 0), "the rows have left the table"
    assert walk(admin) == before
    assert walk(admin, types="ticket.created") == [one for one in before if one["type"] == "ticket.created"]
    assert admin.get("/v1/events/5").body == before[4]
    content = boto3.client("s3").get_object(Bucket="archive", Key=archive.key_of("acme", 1))["Body"].read()
    assert [json.loads(line)["seq"] for line in gzip.decompress(content).splitlines()] == list(range(10, 20))


def test_api13_archiving_killed_anywhere_loses_nothing(cloud, admin, agent, timeline, small):
    for _ in range(14):
        agent.post("/v1/tickets", NEW_TICKET)
        cloud.pump_events()
    before = walk(admin, limit=50)
    buckets = len(before) // 10
    for death in deaths():
        with death:
            archive.archive("acme")
        cache.forget()
        timeline.go(hours=2)
        assert walk(admin, limit=50) == before, death
    cache.forget()
    assert archive.archive("acme") == 0
    assert [store.bucket_rows("acme", bucket) for bucket in range(buckets)] == [[]] * buckets
    assert walk(admin, limit=50) == before


def test_an_archived_event_can_be_blanked(cloud, admin, agent, timeline, small):
    for _ in range(12):
        agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump_events()
    archive.archive("acme")
    archive.rewrite("acme", 0, lambda row: row | {"changes": {}, "data": {}} if row["seq"] == 5 else row)
    events = walk(admin)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert (events[4]["changes"], events[4]["data"], events[5]["changes"] != {}) == ({}, {}, True)


def test_a_page_of_few_types_goes_on_and_ends(cloud, admin, agent):
    for _ in range(6):
        agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump_events()
    page = admin.get("/v1/events?after=0&types=ticket.created&limit=2").body
    assert [event["type"] for event in page["data"]] == ["ticket.created"] * 2
    assert len(walk(admin, types="ticket.created", limit=2)) == 6
    page = admin.get("/v1/events?after=0&types=nothing.such").body
    assert page["data"] == []
    assert page["next_cursor"] == admin.get("/v1/events?after=latest").body["next_cursor"]


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "9" * 30, "%C2%B2"])
def test_a_cursor_that_is_none_is_a_400(cloud, admin, after):
    assert admin.get(f"/v1/events?after={after}").status == 400


def test_an_event_is_read_by_its_number(cloud, admin, agent, ticket):
    cloud.pump_events()
    assert admin.get("/v1/events/1").body == admin.get("/v1/events?after=0").body["data"][0]
    assert {admin.get(f"/v1/events/{number}").status for number in ("0", "999", "x", "9" * 20)} == {404}


def test_part2_4_what_is_in_the_archive_can_still_be_undone_and_seen_in_lists(cloud, admin, agent, timeline, small):
    ids = [agent.post("/v1/tickets", NEW_TICKET).body["id"] for _ in range(6)]
    timeline.go(minutes=10)
    for id_ in ids:
        assert agent.patch(f"/v1/tickets/{id_}", {"priority": "high"}).status == 200
    timeline.go(minutes=10)
    then = clock.stamp()
    listed = admin.get("/v1/tickets?view=open").body["data"]
    timeline.go(minutes=10)
    for id_ in ids:
        assert admin.patch(f"/v1/tickets/{id_}", {"subject": "Later"}).status == 200
    cloud.pump_events()
    for _ in range(2):
        archive.archive("acme")
        timeline.go(hours=2)
        cache.forget()
    assert not store.bucket_rows("acme", 0), "the rows have left the table"
    past = admin.get(f"/v1/tickets?view=open&as_of={then}").body["data"]
    assert [(one["id"], one["subject"]) for one in past] == [(one["id"], one["subject"]) for one in listed]
    window = {"kind": "undo", "actor_id": agent.me["id"], "from": listed[-1]["created_at"], "to": then}
    preview = admin.post("/v1/jobs", {"action": window, "preview": True})
    assert (preview.status, preview.body["count"]) == (200, len(ids)), preview.body
