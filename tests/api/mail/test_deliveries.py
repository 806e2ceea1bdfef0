"""How far a reply has come for each recipient, and who gets no mail any more (EM-34, 35, 73)."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import default

import pytest

from tests.faults import deaths
from tests.inbound import a_mail, receive

CARLA, MARY = "carla@customer.test", "mary@customer.test"


@pytest.fixture
def ticket_id(cloud):
    return receive(a_mail(Precedence="bulk", Cc=MARY))["ticket_id"]


def _reply(agent, ticket_id, **body):
    reply = agent.post(f"/v1/tickets/{ticket_id}/messages", {"kind": "reply", "body_text": "Try 4.8.0."} | body)
    assert reply.status == 201, reply.body
    return reply.body


def _last(agent, ticket_id):
    return agent.get(f"/v1/tickets/{ticket_id}/messages").body["data"][-1]


def _states(agent, ticket_id):
    message = _last(agent, ticket_id)
    return message["delivery"]["status"], {one["email"]: one["status"] for one in message["recipients"]}


def tell(cloud, kind, **more):
    """An event of SES about the last mail that it took."""
    from mail_feedback.handler import handler

    ses_id, raw = cloud.sent()[-1]
    tag = message_from_bytes(raw)["X-SES-MESSAGE-TAGS"].partition("=")[2]
    event = {"eventType": kind, "mail": {"messageId": ses_id, "tags": {"delivery": [tag]}}} | more
    assert handler({"Records": [{"messageId": "1", "body": json.dumps(event)}]}, None) == {"batchItemFailures": []}


def bounce(email, kind="Permanent", why="General", **more):
    people = [{"emailAddress": email, "diagnosticCode": "smtp; 550 5.1.1 user unknown"}]
    return {"bounce": {"bounceType": kind, "bounceSubType": why, "bouncedRecipients": people} | more}


def test_each_recipient_has_a_state_of_his_own(cloud, agent, ticket_id):
    assert _reply(agent, ticket_id)["recipients"] == []
    cloud.pump()
    assert _states(agent, ticket_id) == ("sent", {CARLA: "sent", MARY: "sent"})
    tell(cloud, "Delivery", delivery={"recipients": [MARY.upper()]})
    assert _states(agent, ticket_id) == ("sent", {CARLA: "sent", MARY: "delivered"})
    delay = {"delayType": "MailboxFull", "delayedRecipients": [{"emailAddress": CARLA}]}
    tell(cloud, "DeliveryDelay", deliveryDelay=delay)
    assert _states(agent, ticket_id) == ("delayed", {CARLA: "delayed", MARY: "delivered"})
    tell(cloud, "Bounce", **bounce(CARLA))
    assert _states(agent, ticket_id) == ("bounced", {CARLA: "bounced", MARY: "delivered"})
    assert _last(agent, ticket_id)["delivery"]["detail"] == "smtp; 550 5.1.1 user unknown"
    tell(cloud, "Send")
    tell(cloud, "Delivery", delivery={"recipients": [CARLA]})
    assert _states(agent, ticket_id) == ("bounced", {CARLA: "bounced", MARY: "delivered"})
    event = agent.get(f"/v1/tickets/{ticket_id}?include=events").body["events"][-1]
    assert event["type"] == "message.delivery_changed"
    assert {one["email"]: one["status"] for one in event["data"]["recipients"]} == {CARLA: "bounced", MARY: "delivered"}


def test_news_of_one_before_our_own_note_tells_that_all_were_sent(cloud, agent, ticket_id, monkeypatch):
    """SES's Delivery may come while the worker that sent is dead."""
    from helpdesk.mail.sending import outbound

    _reply(agent, ticket_id)
    cloud.pump_events()
    with monkeypatch.context() as patched:
        patched.setattr(outbound.progress, "note", lambda *_, **__: None)
        cloud.run_outbound()
    assert _states(agent, ticket_id) == ("queued", {})
    tell(cloud, "Delivery", delivery={"recipients": [MARY]})
    assert _states(agent, ticket_id) == ("sent", {CARLA: "sent", MARY: "delivered"})


@pytest.mark.parametrize(
    ("kind", "more", "state"),
    [
        ("Reject", {"reject": {"reason": "Bad content"}}, "failed"),
        ("Rendering Failure", {"failure": {"errorMessage": "x"}}, "failed"),
        ("Bounce", bounce(CARLA, "Transient", "MailboxFull"), "bounced"),
        ("Bounce", bounce(CARLA, "Transient"), "delayed"),
        ("Bounce", bounce(CARLA, why="OnAccountSuppressionList"), "suppressed"),
        ("Complaint", {"complaint": {"complainedRecipients": [{"emailAddress": CARLA}]}}, "complained"),
    ],
)
def test_what_ses_tells_has_a_state(cloud, agent, ticket_id, kind, more, state):
    _reply(agent, ticket_id)
    cloud.pump()
    tell(cloud, kind, **more)
    assert _states(agent, ticket_id)[1][CARLA] == state


def test_an_out_of_office_answer_does_not_undo_a_delivery(cloud, agent, ticket_id):
    """SES calls it a transient bounce."""
    _reply(agent, ticket_id)
    cloud.pump()
    tell(cloud, "Delivery", delivery={"recipients": [CARLA, MARY]})
    tell(cloud, "Bounce", **bounce(CARLA, "Transient"))
    assert _states(agent, ticket_id) == ("delivered", {CARLA: "delivered", MARY: "delivered"})


def test_em35_a_hard_bounce_suppresses_and_the_next_reply_says_so(cloud, agent, admin, ticket_id, monkeypatch):
    asked = _asked_of_ses(monkeypatch)
    _reply(agent, ticket_id)
    cloud.pump()
    tell(cloud, "Bounce", **bounce(CARLA))
    tell(cloud, "Bounce", **bounce(CARLA))
    (row,) = admin.get("/v1/suppressions").body["data"]
    assert (row["address"], row["reason"], row["version"]) == (CARLA, "bounce", 1)
    assert row["detail"] == "smtp; 550 5.1.1 user unknown"
    _reply(agent, ticket_id)
    cloud.pump()
    assert _states(agent, ticket_id) == ("suppressed", {CARLA: "suppressed", MARY: "sent"})
    assert asked == [[CARLA, MARY], [MARY]]
    _reply(agent, ticket_id, cc=[])
    cloud.pump()
    assert _states(agent, ticket_id) == ("suppressed", {CARLA: "suppressed"})
    assert len(cloud.sent()) == 2, "nobody was left to send to"


def test_a_release_lets_mail_go_until_the_next_bounce(cloud, agent, admin, ticket_id):
    added = admin.post("/v1/suppressions", {"address": "Carla@Customer.test", "detail": "asked us"}).body
    assert (added["address"], added["reason"]) == (CARLA, "manual")
    path = f"/v1/suppressions/{added['id']}"
    assert agent.delete(path).status == 403
    released = admin.delete(path)
    assert (released.status, released.body["released_by"]) == (200, admin.me["id"])
    assert admin.delete(path).body["code"] == "not_suppressed"
    assert admin.get("/v1/suppressions").body["data"] == []
    assert [one["address"] for one in admin.get("/v1/suppressions?state=released").body["data"]] == [CARLA]
    _reply(agent, ticket_id)
    cloud.pump()
    assert _states(agent, ticket_id)[1][CARLA] == "sent"
    tell(cloud, "Bounce", **bounce(CARLA, timestamp="2020-01-01T00:00:00.000Z"))
    assert admin.get("/v1/suppressions").body["data"] == [], "what is older than the release does not undo it"
    tell(cloud, "Bounce", **bounce(CARLA))
    assert admin.get(path).body["released_at"] is None
    cloud.pump()
    told = [one for one in admin.get("/v1/events?after=0&limit=500").body["data"] if "suppression" in one["type"]]
    assert [one["type"] for one in told] == ["suppression.added", "suppression.released", "suppression.added"]
    assert CARLA not in json.dumps(told)


@pytest.mark.parametrize("took_it", [True, False])
def test_em76_a_time_out_of_ses_is_no_reason_to_send_twice(cloud, agent, ticket_id, monkeypatch, took_it):
    """Its Send event tells that it took the mail; without one the mail goes when the grace is over."""
    from botocore.exceptions import ReadTimeoutError

    from helpdesk.core.aws import client
    from helpdesk.core.config import config

    send = client("ses").send_raw_email

    def time_out(**given):
        if took_it:
            send(**given)
        raise ReadTimeoutError(endpoint_url="https://email.us-east-1.amazonaws.com")

    _reply(agent, ticket_id)
    cloud.pump_events()
    with monkeypatch.context() as patched:
        patched.setattr(client("ses"), "send_raw_email", time_out)
        assert cloud.run_outbound() == 1, "the event of the ticket alone"
    assert cloud.run_outbound() == 0, "nobody sends while the Send event may come"
    cloud.run_feedback()
    monkeypatch.setenv("SEND_GRACE_SECONDS", "0")
    config.cache_clear()
    cloud.pump()
    assert len(cloud.sent()) == 1
    assert _states(agent, ticket_id) == ("sent", {CARLA: "sent", MARY: "sent"})
    monkeypatch.delenv("SEND_GRACE_SECONDS")
    config.cache_clear()


def test_suppressions_are_walked_by_pages(admin):
    for number in range(5):
        assert admin.post("/v1/suppressions", {"address": f"p{number}@x.test"}).status == 201
    seen, cursor = [], ""
    for _ in range(3):
        page = admin.get(f"/v1/suppressions?limit=2{cursor}").body
        seen += [row["address"] for row in page["data"]]
        cursor = f"&cursor={page['next_cursor']}"
    assert sorted(seen) == [f"p{number}@x.test" for number in range(5)] and page["next_cursor"] is None
    assert len(admin.get("/v1/suppressions?email=P1@x.test").body["data"]) == 1
    assert admin.get("/v1/suppressions?state=other").status == 400
    assert admin.post("/v1/suppressions", {"address": "nobody"}).body["errors"][0]["pointer"] == "/address"


def test_who_cannot_get_mail_is_told_of(cloud, agent, ticket_id):
    """EM-73: SES has no SMTPUTF8, and nobody reads a mail daemon's mail."""
    _reply(agent, ticket_id, cc=["jürgen@customer.test", "mailer-daemon@customer.test"])
    cloud.pump()
    states = {"jürgen@customer.test": "failed", "mailer-daemon@customer.test": "failed"}
    assert _states(agent, ticket_id) == ("failed", {CARLA: "sent", **states})


def _report(of, action="failed", status="5.1.1", to=CARLA):
    """A delivery report (RFC 3464) as another server writes it."""
    text = "\r\n".join([
        "From: Mail Delivery <mailer-daemon@customer.test>", "To: support@acme.test", "Subject: Undelivered",
        "Message-ID: <dsn-1@customer.test>", "MIME-Version: 1.0", "Auto-Submitted: auto-replied",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "",
        "--b", "Content-Type: text/plain", "", "It did not work.", "",
        "--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.customer.test", "",
        f"Final-Recipient: rfc822; {to}", f"Action: {action}", f"Status: {status}",
        "Diagnostic-Code: smtp; 550 no such user", "",
        "--b", "Content-Type: message/rfc822", "", f"Message-ID: <{of}>", "", "x", "--b--", "",
    ])  # fmt: skip
    return text.encode()


@pytest.mark.parametrize("verified", [True, False])
def test_em34_a_report_that_comes_as_mail_belongs_to_our_mail(cloud, agent, admin, ticket_id, verified):
    sent = _reply(agent, ticket_id)
    cloud.pump()
    ses_id = cloud.sent()[-1][0]
    verdict = {"dmarc": "PASS"} if verified else {}
    row = receive(_report(f"{ses_id}@email.amazonses.com"), **verdict)
    assert (row["outcome"], row["ticket_message_id"]) == ("message", sent["id"])
    messages = agent.get(f"/v1/tickets/{ticket_id}/messages").body["data"]
    assert [one["kind"] for one in messages] == ["customer", "reply"], "it is no customer's reply"
    assert _states(agent, ticket_id) == ("bounced", {CARLA: "bounced", MARY: "sent"})
    assert len(admin.get("/v1/suppressions").body["data"]) == int(verified), "only a verified one suppresses"


def test_em34_a_report_about_others_changes_nothing(cloud, agent, admin, ticket_id):
    _reply(agent, ticket_id)
    cloud.pump()
    own_id = message_from_bytes(cloud.sent()[-1][1], policy=default)["Message-ID"].strip("<>")
    receive(_report(own_id, to="stranger@other.test"), dmarc="PASS")
    assert _states(agent, ticket_id) == ("sent", {CARLA: "sent", MARY: "sent"})
    receive(_report("unknown@acme.test"), dmarc="PASS")
    assert admin.get("/v1/suppressions").body["data"] == []


def test_a_bounce_told_to_a_worker_that_is_killed_anywhere_is_noted_once(cloud, agent, admin, ticket_id):
    _reply(agent, ticket_id)
    cloud.pump()
    tries = 0
    for death in deaths():
        with death:
            tell(cloud, "Bounce", **bounce(CARLA))
        tries += 1
    tell(cloud, "Bounce", **bounce(CARLA))
    assert tries > 6
    assert _states(agent, ticket_id) == ("bounced", {CARLA: "bounced", MARY: "sent"})
    events = agent.get(f"/v1/tickets/{ticket_id}?include=events").body["events"]
    told = [one["data"]["status"] for one in events if one["type"] == "message.delivery_changed"]
    assert told == ["sent", "bounced"]
    (row,) = admin.get("/v1/suppressions").body["data"]
    assert row["version"] == 1


def _asked_of_ses(monkeypatch):
    """To whom SES is asked to send, call by call."""
    from helpdesk.core.aws import client

    ses, asked = client("ses"), []
    send = ses.send_raw_email

    def record(**given):
        asked.append(given["Destinations"])
        return send(**given)

    monkeypatch.setattr(ses, "send_raw_email", record)
    return asked
