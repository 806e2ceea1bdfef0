"""A webhook on the laptop stack: an event of the desk reaches a real receiver, retried when that is down."""

from __future__ import annotations

import json
import time
import urllib.request

from tests.receiver import answers


def call(stack, method, path, body=None):
    headers = {"Authorization": f"Bearer {stack.api_key}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{stack.api}{path}", data, headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or "null")


def wait(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.05)


def test_an_event_reaches_a_receiver_also_one_that_was_down(stack, receiver):
    made = call(stack, "POST", "/webhooks", {"url": receiver.url, "events": ["ticket.created"]})
    ticket = {"subject": "Hook", "body_text": "x", "requester": {"email": "hook@customer.test"}}
    call(stack, "POST", "/tickets", ticket)
    wait(lambda: len(receiver.taken) == 1)
    receiver.script = answers(500)
    call(stack, "POST", "/tickets", ticket)
    wait(lambda: len(receiver.got) == 2)
    receiver.script = answers(200)
    wait(lambda: len(receiver.taken) == 2)
    assert receiver.got[1].id == receiver.got[2].id
    path = f"/webhooks/{made['id']}/deliveries?status=delivered"
    wait(lambda: len(call(stack, "GET", path)["data"]) == 2)
    assert call(stack, "POST", f"/webhooks/{made['id']}/test")["delivered"]
