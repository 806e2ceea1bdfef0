"""Mail that comes back, on the laptop stack: a bounce holds the next one back, and a release ends that."""

from __future__ import annotations

import time
from typing import Any

from tests.flows.test_desk import a_mail, call, mails_to, send, ticket_of, wait_for

Stack = Any


def _states(stack: Stack, path: str) -> dict[str, str]:
    message = call(stack, "GET", path)[1]["data"][-1]
    return {one["email"]: one["status"] for one in message["recipients"]}


def test_a_bounce_is_seen_and_the_address_left_alone_until_it_is_released(stack: Stack) -> None:
    sender = f"bounce+{time.time_ns()}@simulator.amazonses.com"
    first = a_mail(f"Bounces {sender}", sender, "Hello?", Precedence="bulk")
    send(stack, first, sender, stack.support_address)
    path = f"/v1/tickets/{ticket_of(stack, str(first['Subject']))['id']}/messages"
    copy = f"copy.{time.time_ns()}@customer.test"
    reply = {"kind": "reply", "body_text": "An answer.", "cc": [copy]}
    assert call(stack, "POST", path, reply)[0] == 201
    wait_for("bounce", lambda: _states(stack, path) == {sender: "bounced", copy: "delivered"})

    def listed() -> Any:
        return call(stack, "GET", f"/v1/suppressions?email={sender.replace('+', '%2B')}")[1]["data"]

    (row,) = wait_for("suppression", listed)
    assert row["reason"] == "bounce"
    before = len(mails_to(stack, sender))
    assert call(stack, "POST", path, reply | {"body_text": "Once more."})[0] == 201
    wait_for("held back", lambda: _states(stack, path) == {sender: "suppressed", copy: "delivered"})
    assert call(stack, "DELETE", f"/v1/suppressions/{row['id']}")[0] == 200
    assert call(stack, "POST", path, reply | {"body_text": "And again."})[0] == 201
    wait_for("second bounce", lambda: _states(stack, path) == {sender: "bounced", copy: "delivered"})
    assert len(mails_to(stack, sender)) == before + 2, "the copy of the held one names him in its header"


def test_a_template_is_tried_and_its_domain_told_of(stack: Stack) -> None:
    given = {"kind": "acknowledgement", "locale": "en", "html": "<p>Welcome {{ name }}</p>"}
    status, preview = call(stack, "POST", "/v1/mail-templates/preview", given)
    assert status == 200 and "Welcome Carla Customer" in preview["html"]
    status, domains = call(stack, "GET", "/v1/mail-domains")
    assert status == 200, domains
    assert [one["domain"] for one in domains["domains"]] == [stack.support_address.rpartition("@")[2]]
