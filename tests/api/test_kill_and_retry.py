"""Invariants 6 and 7: a worker killed at any AWS call, then retried, loses nothing and doubles nothing."""

from __future__ import annotations

import boto3

from tests.callers import NEW_TICKET
from tests.faults import deaths
from tests.inbound import a_mail, notification, receive, take


def _ticket_count(agent) -> int:
    return len(agent.get("/v1/tickets?category=active&limit=100").body["data"])


def test_mail_in_killed_anywhere_is_one_ticket(cloud, agent, admin):
    expected = 0
    for death in deaths():
        mail = a_mail("Killed", "words")
        mail.add_attachment(b"file", maintype="text", subtype="plain", filename="a.txt")
        body = notification(mail.as_bytes())
        with death:
            take(body)
        assert take(body) == take(body) == []
        expected += 1
        assert _ticket_count(agent) == expected, death
    assert expected > 10
    rows = admin.get("/v1/mail?limit=100").body["data"]
    assert {row["outcome"] for row in rows} == {"message"}
    assert len({row["ticket_id"] for row in rows}) == len(rows) == expected


def test_a_reply_in_killed_anywhere_is_one_message(cloud, agent):
    first = receive(a_mail(Message_ID="<root@customer.test>"))
    expected = 1
    for death in deaths():
        body = notification(a_mail("Re: x", "words", References="<root@customer.test>").as_bytes())
        with death:
            take(body)
        assert take(body) == []
        expected += 1
        assert agent.get(f"/v1/tickets/{first['ticket_id']}").body["message_count"] == expected, death
    assert expected > 10


def test_a_late_parent_killed_anywhere_is_one_message_and_one_merge(cloud, agent):
    """EM-23: the young ticket is merged first, then the mail written down; both are done in the end, once."""
    done = 0
    for death in deaths():
        first, between = f"<root-{done}@customer.test>", f"<between-{done}@customer.test>"
        root = receive(a_mail(Message_ID=first))["ticket_id"]
        young = receive(a_mail(In_Reply_To=between))["ticket_id"]
        body = notification(a_mail("x", Message_ID=between, In_Reply_To=first).as_bytes())
        with death:
            take(body)
        assert take(body) == take(body) == []
        done += 1
        assert agent.get(f"/v1/tickets/{young}").body["merged_into"] == root, death
        assert agent.get(f"/v1/tickets/{root}").body["message_count"] == 3, death
    assert done > 20


def test_mail_out_killed_anywhere_is_sent_once(cloud, agent, monkeypatch):
    """Killed after SES took the mail, SES's Send event settles it; killed before, the grace runs out."""
    row = receive(a_mail(Precedence="bulk"))
    path = f"/v1/tickets/{row['ticket_id']}/messages"
    expected = 0
    for death in deaths():
        agent.post(path, {"kind": "reply", "body_text": "An answer."})
        cloud.pump_events()
        with death:
            cloud.run_outbound()
        cloud.run_outbound()
        cloud.run_feedback()
        _grace(monkeypatch, "0")
        cloud.pump()
        _grace(monkeypatch, "900")
        expected += 1
        assert len(cloud.sent()) == expected, death
        assert agent.get(path).body["data"][-1]["delivery"]["status"] == "sent", death
    assert expected > 8


def test_publishing_killed_anywhere_leaves_no_gap_and_no_double(cloud, agent, admin):
    """The feed numbers each event once, and counts it once."""
    agent.post("/v1/tickets", NEW_TICKET)
    cloud.pump_events()
    before, tickets = len(_walk(admin)), 1
    for death in deaths():
        agent.post("/v1/tickets", NEW_TICKET)
        tickets += 1
        total = before + 2 * (tickets - 1)
        with death:
            cloud.run_stream()
        cloud.pump_events()
        events = _walk(admin)
        assert [event["seq"] for event in events] == list(range(1, total + 1)), death
        assert len({event["id"] for event in events}) == total
        views = {view["id"]: view["count"] for view in admin.get("/v1/views").body["data"]}
        assert (views["open"], views["unassigned"]) == (tickets, tickets)
    assert tickets > 6


def test_a_create_killed_anywhere_and_retried_with_its_key_is_one_ticket(cloud, agent, monkeypatch):
    """API-14; the lease of the dead is over at once here, after 30 s otherwise."""
    monkeypatch.setattr("helpdesk.web.idempotency.LEASE", -1)
    expected = 0
    for death in deaths():
        key = f"key-{death.call}-{death.after}"
        with death:
            agent.post("/v1/tickets", NEW_TICKET, Idempotency_Key=key)
        replies = [agent.post("/v1/tickets", NEW_TICKET, Idempotency_Key=key) for _ in range(2)]
        expected += 1
        assert [reply.status for reply in replies] == [201, 201], death
        assert replies[0].body["id"] == replies[1].body["id"]
        assert _ticket_count(agent) == expected, death
    assert expected > 8


def test_a_reply_with_a_file_killed_and_retried_with_its_key_is_one_message(cloud, agent, ticket, monkeypatch):
    monkeypatch.setattr("helpdesk.web.idempotency.LEASE", -1)
    path, expected = f"/v1/tickets/{ticket['id']}/messages", 1
    for death in deaths():
        file = agent.post("/v1/attachments", {"filename": "a.txt", "size": 1}).body
        boto3.client("s3").put_object(Bucket="attachments", Key=file["upload"]["fields"]["key"], Body=b"a")
        body = {"kind": "reply", "body_text": "See the file.", "attachments": [file["id"]]}
        key = f"key-{death.call}-{death.after}"
        with death:
            agent.post(path, body, Idempotency_Key=key)
        replies = [agent.post(path, body, Idempotency_Key=key) for _ in range(2)]
        expected += 1
        assert [reply.status for reply in replies] == [201, 201], (death, replies[0].body)
        assert replies[0].body == replies[1].body
        messages = agent.get(f"{path}?limit=100").body["data"]
        assert len(messages) == expected, death
        assert messages[-1]["id"] == replies[0].body["id"]
        assert [one["id"] for one in messages[-1]["attachments"]] == [file["id"]]
    assert expected > 12


def _walk(caller):
    events, after = [], "0"
    while page := caller.get(f"/v1/events?after={after}&limit=100").body:
        if not page["data"]:
            return events
        events += page["data"]
        after = page["next_cursor"]
    return events


def _grace(monkeypatch, seconds):
    from helpdesk.core.config import config

    monkeypatch.setenv("SEND_GRACE_SECONDS", seconds)
    config.cache_clear()
