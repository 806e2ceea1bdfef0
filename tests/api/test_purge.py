"""TM-19 and pain point 38: a purged ticket is in no store any more, and what was purged is not taken in again."""

from __future__ import annotations

import importlib
import json
from datetime import timedelta

import boto3
import pytest

from helpdesk.core import clock
from infra.commands.purge import leftovers
from tests.api.test_fields import define
from tests.api.test_webhooks import hook
from tests.callers import NEW_TICKET
from tests.faults import deaths
from tests.inbound import a_mail, receive
from tests.receiver import answers

SECRET = "Xylophonquartz"


@pytest.fixture(autouse=True)
def settled(monkeypatch):
    """Bytes that came in just now are let alone for ten minutes; here they are settled at once."""
    monkeypatch.setattr("helpdesk.privacy.purge.SETTLED", timedelta(seconds=-60))


def _versioned(*more):
    for bucket in ("mail", "attachments", *more):
        boto3.client("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})


def _lived(cloud, agent, admin):
    """A ticket of every kind of trace: mail, files, long bodies, answers, a duplicate, our own loop."""
    mail = a_mail(f"{SECRET} subject", f"{SECRET} text", Message_ID=f"<{SECRET}@customer.test>")
    mail.add_attachment(f"{SECRET} file".encode(), maintype="text", subtype="plain", filename=f"{SECRET}.txt")
    row = receive(mail)
    assert receive(mail)["outcome"] == "duplicate"
    if "x" not in {one["id"] for one in admin.get("/v1/fields").body["data"]}:
        define(admin, "x")
    path = f"/v1/tickets/{row['ticket_id']}"
    body = {"kind": "reply", "body_text": f"{SECRET} answer. " * 2000}
    assert agent.post(f"{path}/messages", body, Idempotency_Key="k1").status == 201
    assert (
        agent.patch(path, {"fields": {"x": SECRET}, "subject": f"{SECRET} other"}, Idempotency_Key="k2").status == 200
    )
    file = agent.post("/v1/attachments", {"filename": f"{SECRET}.txt", "size": 1}).body
    boto3.client("s3").put_object(Bucket="attachments", Key=file["upload"]["fields"]["key"], Body=SECRET.encode())
    note = {"kind": "note", "body_text": SECRET, "attachments": [file["id"]]}
    assert agent.post(f"{path}/messages", note).status == 201
    cloud.pump(30)
    sent = cloud.sent()[-1][1]
    assert receive(sent)["outcome"] == "own_loop"
    return row, mail, path


def test_tm19_nothing_of_a_purged_ticket_is_left_in_any_store(cloud, agent, admin):
    _versioned()
    row, _mail, path = _lived(cloud, agent, admin)
    number = admin.get(path).body["number"]
    assert admin.delete(path).body["code"] == "not_trashed"
    admin.put(f"{path}/trash")
    assert agent.delete(path).status == 403
    assert leftovers("acme", row["ticket_id"], [SECRET]), "the scan would find it"
    assert admin.delete(path).status == 204
    assert admin.get(path).status == 404 and admin.get(f"/v1/tickets/{number}").status == 404
    assert admin.delete(path).status == 404
    cloud.pump(30)
    assert leftovers("acme", row["ticket_id"], [SECRET]) == []
    views = {view["id"]: view["count"] for view in admin.get("/v1/views").body["data"]}
    assert views["trash"] == 0 and views["open"] == 0
    events = admin.get("/v1/events?limit=500").body["data"]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    own = [event for event in events if event["subject"]["id"] == row["ticket_id"]]
    assert {event["type"] for event in own} == {"ticket.purged"} and all(event["changes"] == {} for event in own)
    from helpdesk.feed import chain, store

    assert list(chain.faults(store.read("acme", 0, 1000))) == [], "the log's seals still hold"


def test_tm19_nothing_is_left_in_the_archive_the_ledger_of_webhooks_and_answers_kept_for_retries(
    cloud, agent, admin, receiver, small, timeline
):
    """What an endpoint said, refusals that showed the ticket, and buckets that were moved before the purge."""
    from helpdesk.core import cache
    from helpdesk.feed import archive
    from helpdesk.webhooks import store as webhooks

    _versioned("archive")
    receiver.script = answers(200, SECRET.encode())
    asked = ["ticket.created", "message.received", "message.sent", "note.added"]
    made, other = (hook(admin, receiver, events=asked)["id"] for _ in range(2))
    row, _mail, path = _lived(cloud, agent, admin)
    for number, (method, target, body) in enumerate(
        [
            ("PATCH", path, {"subject": f"{SECRET} stale"}),
            ("PATCH", path, {"priority": agent.get(path).body["priority"]}),
            ("POST", f"{path}/restoration?preview=true", {"as_of": agent.get(path).body["created_at"]}),
            ("POST", f"{path}/messages", {"kind": "note", "body_text": SECRET}),
        ]
    ):
        stale = {"If_Match": '"1"'} if number == 0 else {}
        reply = agent.call(method, target, body, Idempotency_Key=f"more{number}", **stale)
        assert reply.status == (412 if number == 0 else 201 if number == 3 else 200), reply.body
    cloud.pump(30)
    assert admin.delete(f"/v1/webhooks/{other}").status == 204
    receiver.script = answers(200)
    for _ in range(10):
        agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump(30)
    assert archive.archive("acme") > 1
    cache.forget()
    found = {one.split()[0] for one in leftovers("acme", row["ticket_id"], [SECRET])}
    assert {"Deliveries", "Idempotency", "archive", "Tickets"} <= found, "the scan would find it"
    admin.put(f"{path}/trash")
    assert admin.delete(path).status == 204
    cloud.pump(30)
    assert leftovers("acme", row["ticket_id"], [SECRET]) == []
    assert len(webhooks.list_deliveries("acme", made, status=None, before=None, limit=500)[0]) > 10
    timeline.go(hours=2)
    archive.archive("acme")
    cache.forget()
    assert leftovers("acme", row["ticket_id"], [SECRET]) == []
    assert _audited() == [], "the log's seals still hold, across the archive"


def test_tm19_a_bucket_on_its_way_to_the_archive_follows_a_purge(cloud, agent, admin, small, monkeypatch):
    """The purge comes between the reading of the bucket and its mark."""
    from helpdesk.core import blobs, cache
    from helpdesk.feed import archive
    from helpdesk.privacy import purge

    ticket = agent.post("/v1/tickets", NEW_TICKET | {"subject": SECRET}).body["id"]
    for _ in range(15):
        agent.post("/v1/tickets", NEW_TICKET)
    admin.put(f"/v1/tickets/{ticket}/trash")
    assert admin.delete(f"/v1/tickets/{ticket}").status == 204
    cloud.pump_events()
    put = blobs.put

    def put_and_purge(*args, **options):
        monkeypatch.setattr(blobs, "put", put)
        put(*args, **options)
        purge.erase("acme", ticket)

    monkeypatch.setattr(blobs, "put", put_and_purge)
    assert archive.archive("acme") > 1
    cache.forget()
    assert leftovers("acme", ticket, [SECRET]) == []
    assert _audited() == []


def test_tm19_neither_snapshot_nor_log_nor_file_of_search_keeps_a_word(cloud, agent, admin, monkeypatch):
    from helpdesk.search import choice
    from helpdesk.search.sqlite.engine import SqliteEngine
    from helpdesk.search.sqlite.shared import SharedEngine

    file = choice.path_of("acme")
    shared = SharedEngine(SqliteEngine(file), "acme")
    monkeypatch.setattr("helpdesk.search.indexing.engine_for", lambda org_id: shared)
    words = " ".join(f"{SECRET}{number}" for number in range(20_000))
    ticket = agent.post("/v1/tickets", NEW_TICKET | {"subject": SECRET, "body_text": words[:400_000]}).body["id"]
    other = agent.post("/v1/tickets", NEW_TICKET).body["id"]
    cloud.pump(30)
    path = f"/v1/tickets/{ticket}"
    assert leftovers("acme", ticket, [SECRET])
    assert SECRET.lower().encode() in _bytes_of(file)
    admin.put(f"{path}/trash")
    admin.delete(path)
    cloud.pump(30)
    assert leftovers("acme", ticket, [SECRET, SECRET.lower()]) == []
    assert SECRET.lower().encode() not in _bytes_of(file)
    fresh = SharedEngine(SqliteEngine(file.with_name("fresh.db")), "acme")
    assert list(fresh.documents("ticket", [ticket, other])) == [other], "a new container takes the new snapshot"


def _bytes_of(file) -> bytes:
    return b"".join(one.read_bytes() for one in sorted(file.parent.glob(f"{file.name}*")))


def _audited() -> list[dict]:
    """What `desk audit` finds."""
    from helpdesk.feed.chain import faults
    from infra.commands.audit import _entries

    return list(faults(_entries("acme", set())))


def test_pain38_a_purged_mail_is_not_taken_in_again(cloud, agent, admin):
    row, mail, path = _lived(cloud, agent, admin)
    admin.put(f"{path}/trash")
    admin.delete(path)
    cloud.pump(30)
    again = receive(mail)
    assert (again["outcome"], again["ticket_id"]) == ("duplicate", None) and "purged" in again["reason"]
    assert agent.get("/v1/tickets").body["data"] == []
    known = admin.get(f"/v1/mail/{row['id']}").body
    assert (known["purged"], known["subject"], known["from"], known["message_id"]) == (True, "", None, None)
    assert admin.get(f"/v1/mail/{row['id']}/raw").status == 404
    answer = receive(a_mail("Re: x", "Still there?", References=f"<{SECRET}@customer.test>"))
    assert answer["outcome"] == "message" and agent.get(f"/v1/tickets/{answer['ticket_id']}").status == 200


def test_tm19_bytes_that_another_ticket_shares_stay_there(cloud, agent, admin):
    rows = []
    for name in ("one", "two"):
        mail = a_mail(name, name)
        mail.add_attachment(b"shared bytes", maintype="text", subtype="plain", filename="a.txt")
        rows.append(receive(mail))
    path = f"/v1/tickets/{rows[0]['ticket_id']}"
    admin.put(f"{path}/trash")
    admin.delete(path)
    cloud.pump(30)
    message = agent.get(f"/v1/tickets/{rows[1]['ticket_id']}/messages").body["data"][0]
    assert agent.get(f"/v1/attachments/{message['attachments'][0]['id']}").status == 302
    keys = [one["Key"] for one in boto3.client("s3").list_objects_v2(Bucket="attachments").get("Contents", [])]
    assert len(keys) == 1


def test_tm19_a_purge_killed_anywhere_ends_all_the_same(cloud, agent, admin):
    from helpdesk.numbers import counting
    from helpdesk.privacy import purge

    for index, death in enumerate(deaths(120)):
        if death.after:
            break  # what a death after a call leaves is what one before the next call leaves
        mail = a_mail(f"{SECRET}{index}", f"{SECRET}{index} text")
        mail.add_attachment(f"{SECRET}{index}".encode(), maintype="text", subtype="plain", filename="a.txt")
        row = receive(mail)
        path = f"/v1/tickets/{row['ticket_id']}"
        admin.put(f"{path}/trash")
        assert admin.delete(path).status == 204
        cloud.pump_events()
        counting.catch_up("acme")
        with death:
            purge.erase("acme", row["ticket_id"])
        purge.erase("acme", row["ticket_id"])
        assert leftovers("acme", row["ticket_id"], [f"{SECRET}{index}"]) == [], death


def test_tm19_what_lies_there_too_long_is_purged_by_the_hour(cloud, agent, admin, monkeypatch):
    from purge.handler import handler

    real = clock.now
    monkeypatch.setattr("helpdesk.core.clock.now", lambda: real() - timedelta(days=31))
    old, young = (agent.post("/v1/tickets", NEW_TICKET).body["id"] for _ in range(2))
    admin.put(f"/v1/tickets/{old}/trash")
    monkeypatch.setattr("helpdesk.core.clock.now", lambda: real() - timedelta(days=29))
    admin.put(f"/v1/tickets/{young}/trash")
    monkeypatch.setattr("helpdesk.core.clock.now", real)
    cloud.pump(30)
    hourly = {"Records": [{"messageId": "1", "body": json.dumps({"kind": "sweep"})}]}
    handler(hourly, None)
    assert admin.get(f"/v1/tickets/{old}").status == 404
    assert admin.get(f"/v1/tickets/{young}").status == 200
    cloud.pump_events()
    assert handler(hourly, None) == {"batchItemFailures": []}
    assert leftovers("acme", old, []) == []


def test_tm19_an_organisation_says_how_long_its_trash_is_kept(cloud, admin, agent, timeline):
    assert agent.get("/v1/organisation").body["purge_days"] == 30
    assert agent.patch("/v1/organisation", {"purge_days": 2}).status == 403
    kept = admin.patch("/v1/organisation", {"purge_days": 2, "name": "Acme GmbH", "locale": "de-AT"}, If_Match='"1"')
    assert (kept.status, kept.body["name"], kept.body["locale"], kept.body["purge_days"]) == (
        200,
        "Acme GmbH",
        "de-AT",
        2,
    )
    wrong = admin.patch("/v1/organisation", {"purge_days": 0, "locale": "German"})
    assert sorted(fault["pointer"] for fault in wrong.body["errors"]) == ["/locale", "/purge_days"]
    ids = [agent.post("/v1/tickets", NEW_TICKET).body["id"] for _ in range(2)]
    assert admin.put(f"/v1/tickets/{ids[0]}/trash").status == 200
    timeline.go(days=1, hours=2)
    assert admin.put(f"/v1/tickets/{ids[1]}/trash").status == 200
    timeline.go(days=1)
    purge = importlib.import_module("purge.handler").handler
    purge({"Records": [{"messageId": "1", "body": json.dumps({"kind": "sweep"})}]}, None)
    assert [admin.get(f"/v1/tickets/{id_}").status for id_ in ids] == [404, 200]
