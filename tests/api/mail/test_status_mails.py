"""NO-01: customers hear of what becomes of their ticket by rules that an administrator makes; suppressed mail shows."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import Any

import pytest

from tests.api.mail.test_deliveries import CARLA, _last
from tests.api.test_rules import rule
from tests.inbound import a_mail, receive


@pytest.fixture
def solved_mail(cloud, admin) -> None:
    """Tell customers that a ticket is solved, and that it is open again."""
    on = "ticket.status_changed"
    words = [{"type": "reply", "body_html": "<p>Number {{ticket.number}} is solved.</p>"}]
    rule(admin, "Solved", words, on, when="category:solved -was.category:solved")
    again = [{"type": "reply", "body_html": "<p>We look at it again.</p>"}]
    rule(admin, "Open again", again, on, when="category:open was.category:solved")


def mails(cloud, words: str) -> list[Any]:
    found = [message_from_bytes(raw, policy=policy.default) for _, raw in cloud.sent()]
    return [one for one in found if words in one.get_body(("plain",)).get_content()]


def _solve(cloud, agent) -> str:
    ticket_id = receive(a_mail(Message_ID="<one@customer.test>"))["ticket_id"]
    assert agent.put(f"/v1/tickets/{ticket_id}/resolution").status == 200
    cloud.pump()
    return ticket_id


def test_no01_a_customer_hears_that_his_ticket_is_solved_and_open_again_once_each(cloud, agent, solved_mail):
    ticket_id = _solve(cloud, agent)
    (mail,) = mails(cloud, "is solved.")
    assert [one.addr_spec for one in mail["To"].addresses] == [CARLA]
    assert mail["Auto-Submitted"] == "auto-generated" and mail["X-Lambdesk-Loop"], "no machine answers it"
    receive(a_mail("It stops again", In_Reply_To="<one@customer.test>"))
    cloud.pump()
    assert agent.get(f"/v1/tickets/{ticket_id}").body["status"]["category"] == "open"
    assert (len(mails(cloud, "look at it again")), len(mails(cloud, "is solved."))) == (1, 1)


def test_no01_one_that_is_suppressed_says_so_on_the_ticket_and_is_sent_after_all(cloud, admin, agent, solved_mail):
    held = admin.post("/v1/suppressions", {"address": CARLA, "detail": "asked us to stop"})
    assert held.status == 201, held.body
    ticket_id = _solve(cloud, agent)
    assert mails(cloud, "is solved.") == []
    message = _last(agent, ticket_id)
    assert "is solved." in message["body_text"]
    (state,) = message["recipients"]
    assert (message["delivery"]["status"], state["status"], state["email"]) == ("suppressed", "suppressed", CARLA)
    assert state["detail"], "and why"
    events = agent.get(f"/v1/tickets/{ticket_id}?include=events").body["events"]
    told = [one["data"]["status"] for one in events if one["type"] == "message.delivery_changed"]
    assert told == ["suppressed"]
    assert admin.delete(f"/v1/suppressions/{held.body['id']}").status < 300
    assert agent.post(f"/v1/tickets/{ticket_id}/messages/{message['id']}/sending").status == 200
    cloud.pump()
    assert len(mails(cloud, "is solved.")) == 1
    assert _last(agent, ticket_id)["recipients"][0]["status"] == "sent"


def test_no01_without_a_rule_no_customer_hears_of_a_status(cloud, agent):
    _solve(cloud, agent)
    assert mails(cloud, "is solved.") == [], "off unless there is a rule"
