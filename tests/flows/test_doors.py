"""The doors of the laptop stack: SMTP in and out, the edge; they behave as SES and CloudFront do."""

from __future__ import annotations

import asyncio
import http.client
import json
import smtplib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from infra.local import feedback
from tests.stack_fixture import Stack

MAIL = b"From: a@customer.test\r\nTo: support@acme.test\r\nSubject: %s\r\nMessage-ID: <%s@customer.test>\r\n\r\n%s\r\n"


def wait_for(what: Callable[[], Any], seconds: float = 20) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)
    return found


def door(stack: Stack) -> smtplib.SMTP:
    host, _, port = stack.smtp_in.rpartition(":")
    return smtplib.SMTP(host, int(port), local_hostname="mx.customer.test", timeout=60)


def hand_in(stack: Stack, raw: bytes) -> tuple[int, str]:
    with door(stack) as smtp:
        smtp.ehlo()
        smtp.mail("a@customer.test")
        smtp.rcpt(stack.support_address)
        code, text = smtp.data(raw)
    return code, text.decode()


def test_an_accepted_mail_is_stored_as_ses_stores_it(stack: Stack) -> None:
    code, answer = hand_in(stack, MAIL % (b"stored", b"stored", b"x" * 5000))
    assert code == 250
    key = f"inbound/{answer.removeprefix('OK ')}"
    stored = stack.aws("s3").get_object(Bucket=stack.deployed()["outputs"]["MailBucket"], Key=key)["Body"].read()
    assert stored.endswith(MAIL % (b"stored", b"stored", b"x" * 5000))
    assert stored.startswith(b"Return-Path: <a@customer.test>\r\nReceived: from mx.customer.test")


def test_a_mail_of_more_than_forty_megabytes_is_refused(stack: Stack) -> None:
    with door(stack) as smtp:
        smtp.ehlo()
        assert smtp.esmtp_features["size"] == str(40 * 1024 * 1024)
        assert smtp.mail("a@customer.test", [f"size={41 * 1024 * 1024}"])[0] == 552


def test_the_sender_keeps_the_mail_while_aws_does_not_take_it(stack: Stack) -> None:
    from infra.local.smtp import Inbound

    class Refusing:
        def put_object(self, **_given: object) -> None:
            raise ConnectionError("no S3 today")

    inbound = Inbound.__new__(Inbound)
    inbound.bucket, inbound.topic, inbound.s3 = "mail", "topic", Refusing()
    envelope: Any = SimpleNamespace(content=b"x", mail_from="a@b", rcpt_tos=["c@d"])
    session: Any = SimpleNamespace(host_name="mx")
    with ThreadPoolExecutor(1) as pool:  # the browser tests' event loop lives in this thread
        answer = pool.submit(lambda: asyncio.run(inbound.handle_DATA(None, session, envelope))).result()
    assert answer.startswith("451")


def test_what_ses_sends_is_kept_without_its_steering_headers(stack: Stack) -> None:
    raw = (
        b"From: support@acme.test\r\nTo: rosa@customer.test\r\nSubject: kept\r\n"
        b"X-SES-CONFIGURATION-SET: desk\r\nX-SES-MESSAGE-TAGS: delivery=abc,\r\n org=acme\r\n\r\nhello\r\n"
    )
    ses = stack.aws("ses")
    ses_id = ses.send_raw_email(Destinations=["rosa@customer.test"], RawMessage={"Data": raw})["MessageId"]
    path = wait_for(lambda: [it for it in stack.mail_out.glob("*.eml") if ses_id.encode() in it.read_bytes()])[0]
    kept = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert kept["Message-ID"] == f"<{ses_id}@email.amazonses.com>"
    assert not [name for name in kept if name.upper().startswith("X-SES")]
    status, _, page = get(stack, f"/_mail/{path.stem}")
    assert status == 200
    assert b"hello" in page


def test_events_follow_the_mailbox_simulator() -> None:
    mail = message_from_bytes(
        b"Message-ID: <0100-id@email.amazonses.com>\r\nX-SES-CONFIGURATION-SET: desk\r\n"
        b"X-SES-MESSAGE-TAGS: delivery=d1, org=acme\r\n\r\n"
    )
    simulator = "@simulator.amazonses.com"
    to = ["rosa@customer.test", f"bounce{simulator}", f"complaint+x{simulator}", f"suppressionlist{simulator}"]
    made = feedback.events(mail, "support@acme.test", to)
    assert [it["eventType"] for it in made] == ["Send", "Delivery", "Bounce", "Complaint", "Bounce"]
    assert {it["mail"]["messageId"] for it in made} == {"0100-id"}
    assert made[0]["mail"]["tags"] == {"delivery": ["d1"], "org": ["acme"], "ses:configuration-set": ["desk"]}
    assert made[2]["bounce"]["bounceType"] == "Permanent"


def test_the_edge_passes_cookies_both_ways(stack: Stack) -> None:
    body = json.dumps(stack.admin)
    headers = {"Content-Type": "application/json", "X-Requested-With": "lambdesk", "Origin": stack.origin}
    status, answer, _ = get(stack, "/v1/session", "POST", body, headers)
    assert status == 201
    cookie = answer.get_all("Set-Cookie")[0].split(";")[0]
    status, _, me = get(stack, "/v1/me", headers={"Cookie": f"other=1; {cookie}"})
    assert status == 200
    assert json.loads(me)["email"] == stack.admin["email"]


def test_the_edge_leads_to_the_apps_and_hides_the_rest(stack: Stack) -> None:
    for path, location in {"/": "/portal/", "/agent": "/agent/", "/portal": "/portal/"}.items():
        status, answer, _ = get(stack, path)
        assert (status, answer["Location"]) == (302, location)
    assert get(stack, "/agent/tickets/01ABC")[2] == get(stack, "/agent/")[2]
    assert get(stack, "/agent/missing.js")[0] == 404
    assert get(stack, "/%2e%2e/template.yaml")[0] == 404


def get(
    stack: Stack, path: str, method: str = "GET", body: str | None = None, headers: dict[str, str] | None = None
) -> tuple[int, Any, bytes]:
    connection = http.client.HTTPConnection(urlsplit(stack.origin).netloc, timeout=20)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, answer.headers, content
