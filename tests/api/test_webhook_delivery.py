"""API-12: nothing lost, one order per ticket, one id per delivery, whatever the endpoint or the worker does."""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from itertools import pairwise

import pytest

from helpdesk.core import clock
from helpdesk.webhooks import run
from tests.api.test_webhooks import hook
from tests.callers import NEW_TICKET, Caller
from tests.faults import deaths
from tests.receiver import Receiver, answers, drips, floods, raw, slow


def work(agent, ticket_id, words):
    reply = agent.post(f"/v1/tickets/{ticket_id}/messages", {"kind": "note", "body_text": words})
    assert reply.status == 201, reply.body


def lasting(admin):
    """The administrator's API key: his session would not last as long as these tests."""
    scopes = ["webhooks:read", "webhooks:write", "events:read", "tickets:read"]
    key = admin.post("/v1/api-keys", {"name": "x", "scopes": scopes}).body["key"]
    return Caller({"authorization": f"Bearer {key}"})


def in_order(hooks):
    """Per ticket the numbers never go back; gives them all."""
    of_ticket = defaultdict(list)
    for one in hooks:
        of_ticket[one.event["subject"]["id"]].append(one.event["seq"])
    for numbers in of_ticket.values():
        assert all(one <= two for one, two in pairwise(numbers)), numbers
    return sorted({number for numbers in of_ticket.values() for number in numbers})


def numbers_of(admin, *types):
    events, after = [], "0"
    while page := admin.get(f"/v1/events?after={after}&limit=500").body["data"]:
        events, after = events + page, page[-1]["seq"]
    return [event["seq"] for event in events if event["type"] in types]


def test_api12_an_endpoint_that_is_down_for_six_hours_loses_nothing(cloud, admin, agent, receiver, timeline):
    """Time is scaled: six hours pass in seconds; 25 tickets are worked on all the while."""
    made = hook(admin, receiver, events=["ticket.created", "message.received", "note.added"])
    receiver.script = answers(500)
    tickets = [agent.post("/v1/tickets", NEW_TICKET).body["id"] for _ in range(25)]
    for minute in range(0, 360, 10):
        work(agent, tickets[minute % 25], f"minute {minute}")
        cloud.pump(30)
        timeline.go(minutes=10)
    assert receiver.taken == []
    tries = len(receiver.got)
    assert tries < 400, "an endpoint that is down is left in peace"
    receiver.script = answers(200)
    for _ in range(12):
        cloud.pump(30)
        timeline.go(minutes=1)
    assert in_order(receiver.taken) == numbers_of(admin, "ticket.created", "message.received", "note.added")
    assert len(receiver.taken) == len({one.id for one in receiver.taken})
    ids = defaultdict(set)
    for one in receiver.got:
        ids[one.event["id"]].add(one.id)
    assert all(len(same) == 1 for same in ids.values())
    shown = admin.get(f"/v1/webhooks/{made['id']}").body
    assert (shown["enabled"], shown["behind"], shown["next_try_at"]) == (True, 0, None)
    print(f"down for 6 h: {tries} tries, {len(receiver.taken)} deliveries afterwards, 0 lost")


def test_api12_retries_go_on_for_a_day_then_the_endpoint_is_paused(cloud, admin, agent, receiver, timeline):
    admin = lasting(admin)
    made = hook(admin, receiver, events=["ticket.created"])
    receiver.script = answers(500)
    began = timeline.at
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    path = f"/v1/webhooks/{made['id']}"
    while admin.get(path).body["enabled"]:
        (row,) = admin.get(f"{path}/deliveries?status=pending").body["data"]
        timeline.at = clock.parse(row["next_at"])
        run.deliver("acme", made["id"])
        assert (timeline.at - began).total_seconds() < 40 * 3600
    assert (timeline.at - began).total_seconds() >= 24 * 3600
    assert len(receiver.got) == 12
    assert len({one.id for one in receiver.got}) == 1
    receiver.script = answers(200)
    timeline.go(minutes=1)
    assert admin.patch(path, {"enabled": True}).status == 200
    timeline.go(seconds=5)
    cloud.pump()
    assert [one.id for one in receiver.taken] == [receiver.got[0].id]


def test_api12_an_event_too_hard_for_an_endpoint_holds_up_its_own_ticket_alone(cloud, admin, agent, receiver, timeline):
    admin = lasting(admin)
    made = hook(admin, receiver, events=["ticket.created", "note.added"])
    hard, other = (agent.post("/v1/tickets", NEW_TICKET).body["id"] for _ in range(2))
    receiver.choose = lambda event: (
        answers(400) if (event["subject"]["id"], event["type"]) == (hard, "ticket.created") else None
    )
    for hour in range(0, 80, 4):
        if hour < 12:
            work(agent, hard, "waits")
            work(agent, other, "flows")
        cloud.pump_events()
        run.deliver("acme", made["id"])
        timeline.go(hours=4)
    assert {one.event["type"] for one in receiver.taken if one.event["subject"]["id"] == hard} == {"note.added"}
    assert in_order(receiver.taken) == numbers_of(admin, "ticket.created", "note.added")[1:]
    (failed,) = admin.get(f"/v1/webhooks/{made['id']}/deliveries?status=failed").body["data"]
    assert (failed["type"], failed["tries"]) == ("ticket.created", 12)
    receiver.choose = lambda event: None
    admin.post(f"/v1/webhooks/{made['id']}/replay", {"delivery_ids": [failed["id"]]})
    cloud.pump()
    assert receiver.taken[-1].id == failed["id"]


@pytest.mark.parametrize(
    "script",
    [
        answers(302, Location="http://127.0.0.1:1/"),
        slow(9, raw(b"")),
        drips(9),
        raw(b""),
        raw(b"not HTTP at all\r\n\r\n"),
        raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 50, linger=1),
        raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 2000),
    ],
    ids=["redirects", "hangs", "drips", "hangs up", "speaks otherwise", "goes on continuing", "endless headers"],
)
def test_api12_bad_endpoints_fail_clearly_and_lose_nothing(
    cloud, admin, agent, receiver, timeline, monkeypatch, script
):
    monkeypatch.setattr("helpdesk.webhooks.posting.post.__defaults__", (0.6,))
    made = hook(admin, receiver, events=["ticket.created"])
    receiver.script = script
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    (row,) = admin.get(f"/v1/webhooks/{made['id']}/deliveries").body["data"]
    assert row["status"] == "pending"
    assert row["error"]
    assert row["milliseconds"] < 1500
    receiver.script = answers(200)
    timeline.go(seconds=10)
    cloud.pump()
    assert len(receiver.taken) == 1


@pytest.mark.parametrize(
    "script",
    [
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\nshort", ok=True),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nmuch longer than said", ok=True),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", ok=True),
        floods(64),
    ],
    ids=["promises more", "promises less", "broken chunks", "floods"],
)
def test_api12_a_2xx_counts_whatever_lies_follow_it(cloud, admin, agent, receiver, script):
    made = hook(admin, receiver, events=["ticket.created"])
    receiver.script = script
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    (row,) = admin.get(f"/v1/webhooks/{made['id']}/deliveries").body["data"]
    assert (row["status"], row["http_status"]) == ("delivered", 200)
    detail = admin.get(f"/v1/webhooks/{made['id']}/deliveries/{row['id']}").body
    assert len(detail["attempts"][0]["response"]) <= 1024


def test_api12_delivery_killed_anywhere_is_at_least_once_in_order(cloud, admin, agent, receiver, timeline):
    """The dead worker's message comes again when its lease is over."""
    hook(admin, receiver, events=["ticket.created", "note.added"])
    ticket = agent.post("/v1/tickets", NEW_TICKET).body["id"]
    cloud.pump()
    killed = 0
    for death in deaths():
        for word in ("one", "two"):
            work(agent, ticket, word)
        agent.post("/v1/tickets", NEW_TICKET)
        cloud.pump_events()
        with death:
            cloud.run_webhooks()
        killed += death.died
        timeline.go(seconds=60)
        cloud.pump()
        assert in_order(receiver.taken) == numbers_of(admin, "ticket.created", "note.added"), death
    assert killed > 15
    by_event = defaultdict(set)
    for one in receiver.taken:
        by_event[one.event["id"]].add(one.id)
    assert all(len(ids) == 1 for ids in by_event.values())


def test_api12_a_retry_killed_anywhere_loses_nothing(cloud, admin, agent, receiver, timeline):
    hook(admin, receiver, events=["ticket.created", "note.added"])
    ticket = agent.post("/v1/tickets", NEW_TICKET).body["id"]
    cloud.pump()
    for death in deaths():
        receiver.script = answers(500)
        for word in ("one", "two"):
            work(agent, ticket, word)
        with death:
            cloud.pump()
        receiver.script = answers(200)
        for _ in range(4):
            timeline.go(seconds=60)
            cloud.pump()
        assert in_order(receiver.taken) == numbers_of(admin, "ticket.created", "note.added"), death


def test_api12_the_sweep_finds_what_lost_its_message(cloud, admin, agent, receiver, timeline):
    import boto3

    from deliver_webhook.handler import handler

    hook(admin, receiver, events=["ticket.created"])
    receiver.script = answers(500)
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    boto3.client("sqs").purge_queue(QueueUrl=os.environ["WEBHOOK_QUEUE_URL"])
    receiver.script = answers(200)
    timeline.go(minutes=15)
    tick = '{"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}'
    assert handler({"Records": [{"messageId": "1", "body": tick}]}, None) == {"batchItemFailures": []}
    assert len(receiver.taken) == 1


def test_api12_a_slow_endpoint_does_not_delay_a_fast_one(cloud, admin, agent, receivers):
    """The slow one answers only when the fast one has its event: if it waited for the slow one, neither would."""
    lazy, quick, came = receivers(), receivers(), threading.Event()

    def when_the_other_has_it(sock):
        assert came.wait(4)
        answers(200)(sock)

    when_the_other_has_it.ok = True
    lazy.script = when_the_other_has_it
    quick.choose = lambda event: came.set()
    made = [hook(admin, one, events=["ticket.created"]) for one in (lazy, quick)]
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump()
    for one in made:
        (row,) = admin.get(f"/v1/webhooks/{one['id']}/deliveries").body["data"]
        assert row["status"] == "delivered", row


def test_a_wake_up_while_the_turn_is_held_is_not_lost(cloud, admin, agent):
    """The second event comes while the first is on its way; the holder looks again before it goes."""
    receiver = Receiver()

    def meanwhile(event):
        if len(receiver.got) == 0:
            agent.post("/v1/tickets", NEW_TICKET)
            cloud.pump_events()
            cloud.run_webhooks()

    receiver.choose = meanwhile
    hook(admin, receiver, events=["ticket.created"])
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump_events()
    cloud.run_webhooks()
    assert len(receiver.taken) == 2
    receiver.stop()
