"""TM-19 and pain point 38: a purged ticket is in no store any more, and what was purged is not taken in again."""

from __future__ import annotations

import json
from datetime import timedelta

import boto3
import pytest

from helpdesk.core import clock
from infra.commands.purge import leftovers
from tests.callers import NEW_TICKET
from tests.faults import deaths
from tests.inbound import a_mail, receive

SECRET = "Xylophonquartz"


@pytest.fixture(autouse=True)
def settled(monkeypatch):
    """Bytes that came in just now are let alone for ten minutes; here they are settled at once."""
    monkeypatch.setattr("helpdesk.privacy.purge.SETTLED", timedelta(seconds=-60))


def _versioned():
    for bucket in ("mail", "attachments"):
        boto3.client("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})


def _lived(cloud, agent, admin):
    """A ticket of every kind of trace: mail, files, long bodies, answers, a duplicate, our own loop."""
    mail = a_mail(f"{SECRET} subject", f"{SECRET} text", Message_ID=f"<{SECRET}@customer.test>")
    mail.add_attachment(f"{SECRET} file".encode(), maintype="text", subtype="plain", filename=f"{SECRET}.txt")
    row = receive(mail)
    assert receive(mail)["outcome"] == "duplicate"
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
