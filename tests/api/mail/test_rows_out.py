"""Rows 34, 35, 63 and 72 to 76 of the mail catalogue: what a mail in tests/fixtures/mail makes us send, or note."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.inbound import receive

FOLDER = Path(__file__).parents[2] / "fixtures" / "mail"
FIRST = "EM-74-blind-copy-is-nobodys"  # the mail that the reports are about the answer to


def _cases(reports):
    for path in sorted(FOLDER.glob("*.json")):
        expected = json.loads(path.read_text()).get("outbound")
        if expected and bool(expected.get("reports")) == reports:
            yield pytest.param(path.stem, expected, id=path.stem)


def _reply_to(row, agent, cloud, again=1, note="", **reply):
    """Answer a mail's ticket, once, however often the event of it comes; the answer, and what was sent."""
    before = len(cloud.sent())
    path = f"/v1/tickets/{row['ticket_id']}/messages"
    if note:
        agent.post(path, {"kind": "note", "body_text": note})
    assert agent.post(path, {"kind": "reply", "body_text": "Try this."} | reply).status == 201
    cloud.pump_events()
    jobs = _queued(cloud)
    for _ in range(again):
        _work(jobs)
        cloud.pump()
    return agent.get(path).body["data"][-1], [raw for _, raw in cloud.sent()[before:]]


def _queued(cloud):
    import boto3

    answer = boto3.client("sqs").receive_message(QueueUrl=cloud.queue_url, MaxNumberOfMessages=10, VisibilityTimeout=0)
    return [one["Body"] for one in answer.get("Messages", [])]


def _work(jobs):
    from outbound_mail.handler import handler

    records = [{"messageId": str(at), "body": job} for at, job in enumerate(jobs)]
    assert handler({"Records": records}, None) == {"batchItemFailures": []}


@pytest.mark.parametrize(("name", "expected"), list(_cases(reports=False)))
def test_what_a_mail_makes_us_send(cloud, admin, agent, monkeypatch, name, expected):
    admin.patch("/v1/mailboxes/main", {"acknowledge": False})
    monkeypatch.setattr("helpdesk.mail.parsing.contents.LARGEST", expected.get("largest", 10**8))
    for address in expected.get("suppressed", ()):
        assert admin.post("/v1/suppressions", {"address": address}).status == 201
    row = receive((FOLDER / f"{name}.eml").read_bytes())
    if row["outcome"] == "quarantine":
        cloud.pump()
        message, sent = {}, [raw for _, raw in cloud.sent()]
    else:
        message, sent = _reply_to(
            row, agent, cloud, expected.get("again", 1), expected.get("note", ""), **expected.get("reply", {})
        )
    assert len(sent) == expected["sent"]
    mail = message_from_bytes(sent[0], policy=default)
    assert {header: mail[header] for header in expected.get("headers", {})} == expected.get("headers", {})
    words = sent[0].decode() + "".join(part.get_content() for part in mail.walk() if not part.is_multipart())
    assert [one for one in expected.get("with", ()) if one not in words] == []
    assert [one for one in expected.get("without", ()) if one in words] == []
    if "states" in expected:
        assert {one["email"]: one["status"] for one in message["recipients"]} == expected["states"]


@pytest.mark.parametrize(("name", "expected"), list(_cases(reports=True)))
def test_what_a_report_is_noted_on(cloud, admin, agent, name, expected):
    admin.patch("/v1/mailboxes/main", {"acknowledge": False})
    first = receive((FOLDER / f"{FIRST}.eml").read_bytes())
    answer, _ = _reply_to(first, agent, cloud)
    own_id = f"<{cloud.sent()[-1][0]}@email.amazonses.com>".encode()
    verdicts = {"dmarc": expected["dmarc"]} if expected["dmarc"] else {}
    raw = (FOLDER / f"{name}.eml").read_bytes().replace(b"<OUR-MESSAGE-ID>", own_id)
    row = receive(raw, **verdicts)
    assert (row["outcome"], row["ticket_message_id"]) == ("message", answer["id"])
    messages = agent.get(f"/v1/tickets/{first['ticket_id']}/messages").body["data"]
    assert [one["kind"] for one in messages] == expected["messages"]
    assert {one["email"]: one["status"] for one in messages[-1]["recipients"]} == expected["states"]
    suppressed = [one["address"] for one in admin.get("/v1/suppressions").body["data"]]
    assert suppressed == expected["suppressed"]
