"""The desk as a whole, on the laptop stack: real SMTP in, real SMTP out, real HTTP in between."""

from __future__ import annotations

import json
import smtplib
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "mime"
Stack = Any


def call(stack: Stack, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    data = json.dumps(body).encode() if body is not None else None
    headers = {"authorization": f"Bearer {stack.api_key}", "content-type": "application/json"}
    request = urllib.request.Request(stack.origin + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.loads(refusal.read() or b"null")


def wait_for(what: str, look: Callable[[], Any], seconds: float = 30) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError(f"no {what} after {seconds} s")


def send(stack: Stack, mail: EmailMessage | bytes, sender: str, recipient: str) -> None:
    host, _, port = stack.smtp_in.partition(":")
    with smtplib.SMTP(host, int(port), timeout=60) as smtp:
        raw = mail if isinstance(mail, bytes) else mail.as_bytes()
        smtp.sendmail(sender, [recipient], raw)


def a_mail(subject: str, sender: str, text: str, **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "support@acme.test", subject
    mail["Message-ID"] = f"<{time.time_ns()}@customer.test>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def ticket_of(stack: Stack, subject: str) -> dict[str, Any]:
    def look() -> Any:
        rows = call(stack, "GET", "/v1/tickets?category=active&limit=100")[1]["data"]
        return next((row for row in rows if row["subject"] == subject), None)

    return wait_for(f"ticket {subject!r}", look)


def mails_to(stack: Stack, address: str) -> list[EmailMessage]:
    mails = [message_from_bytes(path.read_bytes(), policy=default) for path in stack.mail_out.glob("*.eml")]
    return [mail for mail in mails if address in str(mail["To"])]


def test_a_conversation_by_mail_stays_one_ticket(stack: Stack) -> None:
    customer = f"zoe.{time.time_ns()}@customer.test"
    first = a_mail(f"Charger {customer}", f"Zoë Ünlü <{customer}>", "It stops after three minutes.")
    send(stack, first, customer, stack.support_address)
    ticket = ticket_of(stack, str(first["Subject"]))
    assert ticket["requester"] == ticket["requester"] | {"name": "Zoë Ünlü", "email": customer}
    (ack,) = wait_for("acknowledgement", lambda: mails_to(stack, customer))
    assert ack["Auto-Submitted"] == "auto-replied"
    assert ack["In-Reply-To"] == first["Message-ID"]

    path = f"/v1/tickets/{ticket['id']}/messages"
    status, message = call(stack, "POST", path, {"kind": "reply", "body_html": "<p>Try <b>4.8.0</b>.</p>"})
    assert (status, message["delivery"]["status"]) == (201, "queued")

    def the_answer() -> EmailMessage | None:
        return next((one for one in mails_to(stack, customer) if one["Auto-Submitted"] is None), None)

    answer = wait_for("answer", the_answer)
    assert answer["In-Reply-To"] == first["Message-ID"]
    assert str(first["Message-ID"]) in answer["References"]
    assert "Try 4.8.0." in answer.get_body(("plain",)).get_content().replace("*", "")

    def delivered() -> bool:
        return call(stack, "GET", path)[1]["data"][-1]["delivery"]["status"] == "delivered"

    wait_for("delivery state", delivered)
    back = a_mail(f"Re: {first['Subject']}", customer, "That works.", In_Reply_To=str(answer["Message-ID"]))
    send(stack, back, customer, stack.support_address)
    wait_for("second message", lambda: len(call(stack, "GET", path)[1]["data"]) == 3)
    by_address = a_mail("Quite another subject", f"friend.{customer}", "Me too.")
    send(stack, by_address, customer, answer["Reply-To"].addresses[0].addr_spec)
    wait_for("third message", lambda: len(call(stack, "GET", path)[1]["data"]) == 4)


def test_two_hundred_parallel_creates_have_two_hundred_numbers(stack: Stack) -> None:
    """TM-01."""
    body = {"subject": "Parallel", "body_text": "x", "requester": {"email": "parallel@customer.test"}}
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: call(stack, "POST", "/v1/tickets", body), range(200)))
    assert {status for status, _ in answers} == {201}
    assert len({ticket["number"] for _, ticket in answers}) == 200
    assert len({ticket["requester"]["id"] for _, ticket in answers}) == 1


def test_one_mail_delivered_ten_times_at_once_is_one_message(stack: Stack) -> None:
    subject = f"Ten times {time.time_ns()}"
    raw = a_mail(subject, "ten@customer.test", "Once.", Precedence="bulk").as_bytes()
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: send(stack, raw, "ten@customer.test", stack.support_address), range(10)))
    outcomes = wait_for("ten outcomes", lambda: _outcomes(stack, subject, 10))
    assert outcomes == {"message": 1, "duplicate": 9}
    assert ticket_of(stack, subject)["message_count"] == 1


def test_the_feed_tells_everything_once_and_in_order(stack: Stack) -> None:
    events, after = [], "0"
    while page := call(stack, "GET", f"/v1/events?after={after}&limit=500")[1]:
        if not page["data"]:
            break
        events, after = events + page["data"], page["next_cursor"]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert len({event["id"] for event in events}) == len(events)
    by_ticket: dict[str, list[int]] = {}
    for event in events:
        by_ticket.setdefault(event["subject"]["id"], []).append(event["version"])
    assert all(sorted(versions) == list(range(1, len(versions) + 1)) for versions in by_ticket.values())


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the corpus of real mail is not at {CORPUS}")
def test_every_mail_of_the_corpus_ends_somewhere(stack: Stack) -> None:
    """Invariant 3, on mail that nobody here wrote."""
    files = [path for path in sorted(CORPUS.rglob("*")) if path.suffix in {".eml", ".txt"} or "emails" in path.parts]
    files = [path for path in files if path.is_file()]
    before = _total(stack)
    for path in files:
        send(stack, path.read_bytes(), "corpus@customer.test", stack.support_address)
    rows = wait_for("outcomes", lambda: _rows_if(stack, before + len(files)), 120)[before:]
    counts = Counter(row["outcome"] for row in rows)
    print(f"{len(files)} mails of the corpus: {dict(counts)}")
    assert set(counts) <= {"message", "duplicate", "quarantine"}
    for row in rows:
        if row["outcome"] == "message":
            status, ticket = call(stack, "GET", f"/v1/tickets/{row['ticket_id']}?include=messages")
            assert status == 200
            assert row["ticket_message_id"] in {message["id"] for message in ticket["messages"]}
        if row["outcome"] == "quarantine":
            assert row["cause"]


def _rows(stack: Stack) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    after = ""
    while page := call(stack, "GET", f"/v1/mail?limit=100{after}")[1]["data"]:
        rows += page
        after = f"&after={page[-1]['id']}"
    return rows


def _rows_if(stack: Stack, count: int) -> list[dict[str, Any]] | None:
    rows = _rows(stack)
    return rows if len(rows) >= count else None


def _total(stack: Stack) -> int:
    return len(_rows(stack))


def _outcomes(stack: Stack, subject: str, count: int) -> Counter[str] | None:
    counts = Counter(row["outcome"] for row in _rows(stack) if row["subject"] == subject)
    return counts if sum(counts.values()) == count else None
