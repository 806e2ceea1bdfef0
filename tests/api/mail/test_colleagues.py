"""Colleagues by mail: answers, notes and forwards, by verified mail and the rights of the moment (EM-17, 47)."""

from __future__ import annotations

from email import message_from_bytes

import pytest

from helpdesk.mail.addresses import reply_address
from helpdesk.mail.keys import mail_key
from tests.callers import staff
from tests.cloud import SUPPORT
from tests.inbound import a_mail, receive

SAM = "Sam Agent <sam@acme.test>"
PASS = {"spf": "PASS", "dkim": "PASS", "dmarc": "PASS"}


@pytest.fixture
def asked(cloud, agent):
    """A customer's ticket, acknowledged."""
    row = receive(a_mail(Message_ID="<one@customer.test>"))
    cloud.pump()
    return row["ticket_id"]


def _answer(ticket_id: str, text: str = "Try another cable.", **headers: str):
    headers = {"From": SAM, "To": reply_address(SUPPORT, ticket_id, mail_key())} | headers
    return a_mail("Re: The charger stops", text, **headers)


def _last(agent, ticket_id):
    return agent.get(f"/v1/tickets/{ticket_id}/messages").body["data"][-1]


def test_em17_a_verified_colleague_answers_the_customer(cloud, agent, asked):
    before = len(cloud.sent())
    receive(_answer(asked, "Try another cable.\n\nOn Tue, 3 Mar 2026 at 14:05, Carla wrote:\n> It stops.\n"), **PASS)
    cloud.pump()
    message = _last(agent, asked)
    assert (message["kind"], message["author"]["id"], message["delivery"]["status"]) == (
        "reply",
        agent.me["id"],
        "sent",
    )
    assert message["body_text"].strip() == "Try another cable."
    ((_, raw),) = cloud.sent()[before:]
    assert message_from_bytes(raw)["To"] == "Carla Customer <carla@customer.test>"
    ticket = agent.get(f"/v1/tickets/{asked}").body
    assert ticket["requester"]["email"] == "carla@customer.test" and ticket["first_response_at"]


@pytest.mark.parametrize("verdicts", [{}, {"dmarc": "GRAY", "spf": "PASS"}, {"dmarc": "FAIL"}], ids=str)
def test_em17_without_an_aligned_pass_it_is_a_mail_like_any_other(cloud, agent, asked, verdicts):
    before = len(cloud.sent())
    receive(_answer(asked), **verdicts)
    cloud.pump()
    message = _last(agent, asked)
    assert (message["kind"], message["third_party"]) == ("customer", True)
    assert len(cloud.sent()) == before


def test_em17_who_has_no_right_to_the_ticket_does_not_answer_it(cloud, admin, agent, asked):
    viewer = staff("viewer", "vera@acme.test")
    receive(_answer(asked, From="vera@acme.test"), **PASS)
    assert _last(agent, asked)["kind"] == "customer"
    assert viewer.get("/v1/me").status == 200


def test_em17_a_policy_may_forbid_it(cloud, admin, agent, asked):
    admin.patch("/v1/mail-policy", {"agents_answer": False})
    receive(_answer(asked), **PASS)
    assert _last(agent, asked)["kind"] == "customer"


def test_em17_an_out_of_office_answer_of_a_colleague_goes_to_nobody(cloud, agent, asked):
    before = len(cloud.sent())
    receive(_answer(asked, "I am away.", Auto_Submitted="auto-replied"), **PASS)
    cloud.pump()
    assert len(cloud.sent()) == before
    assert _last(agent, asked)["kind"] == "customer"


def test_pain02_an_answer_sent_outside_the_desk_is_kept_as_the_colleagues_and_not_sent_again(cloud, agent, asked):
    before = len(cloud.sent())
    headers = {"From": SAM, "To": "carla@customer.test", "Cc": SUPPORT, "In-Reply-To": "<one@customer.test>"}
    row = receive(a_mail("Re: The charger stops", "By my own mail program.", **headers), **PASS)
    cloud.pump()
    message = _last(agent, asked)
    assert row["ticket_id"] == asked
    assert (message["kind"], message["author"]["kind"], message["delivery"]["status"]) == ("reply", "agent", "sent")
    assert len(cloud.sent()) == before


def test_what_a_colleague_writes_without_a_secret_of_ours_is_a_note(cloud, agent, asked):
    receive(a_mail("Re: The charger stops", "Have a look.", From=SAM, In_Reply_To="<one@customer.test>"), **PASS)
    assert _last(agent, asked)["kind"] == "note"


def test_a_colleague_who_asks_for_himself_is_a_customer(cloud, agent):
    row = receive(a_mail(From=SAM, Message_ID="<own@acme.test>"), **PASS)
    receive(a_mail("Re: The charger stops", "It still does.", From=SAM, In_Reply_To="<own@acme.test>"), **PASS)
    assert _last(agent, row["ticket_id"])["kind"] == "customer"


FORWARD = (
    "@fwd\nCareful, an old friend.\n\n---------- Forwarded message ---------\nFrom: Zoe <zoe@customer.test>\n"
    "Date: Tue, 3 Mar 2026\nSubject: It hums\n\nThe printer hums.\n"
)


def test_em47_a_forward_shows_both_hides_the_remark_and_can_be_taken_back(cloud, agent):
    row = receive(a_mail("Fwd: It hums", FORWARD, From=SAM), **PASS)
    cloud.pump()
    path = f"/v1/tickets/{row['ticket_id']}"
    ticket = agent.get(f"{path}?include=messages,events").body
    first, note = ticket["messages"]
    assert (ticket["requester"]["email"], first["kind"], note["kind"]) == ("zoe@customer.test", "customer", "note")
    assert "old friend" not in first["body_text"] and note["body_text"] == "Careful, an old friend."
    assert (note["author"]["id"], first["trust"]["sent_by"]) == (agent.me["id"], "sam@acme.test")
    assert "sam@acme.test" in first["threading"]["reason"]
    created = next(event for event in ticket["events"] if event["type"] == "ticket.created")
    assert created["data"]["forwarded_by"] == agent.me["id"] and created["actor"]["id"] == agent.me["id"]
    assert cloud.sent() == []
    back = agent.patch(path, {"requester": {"email": "sam@acme.test"}})
    assert back.body["requester"]["email"] == "sam@acme.test"


def test_em47_the_customers_next_mail_finds_the_forwarded_one(cloud, agent):
    inner = a_mail("It hums", "The printer hums.", From="zoe@customer.test", Message_ID="<inner@customer.test>")
    mail = a_mail("Fwd: It hums", "@fwd\n", From=SAM)
    mail.add_attachment(inner)
    row = receive(mail, **PASS)
    assert agent.get(f"/v1/tickets/{row['ticket_id']}").body["requester"]["email"] == "zoe@customer.test"
    headers = {"From": "zoe@customer.test", "References": "<inner@customer.test>"}
    assert receive(a_mail("Re: It hums", "Still.", **headers))["ticket_id"] == row["ticket_id"]


def test_em47_a_policy_may_forbid_it(cloud, admin, agent):
    admin.patch("/v1/mail-policy", {"agents_forward": False})
    row = receive(a_mail("Fwd: It hums", FORWARD, From=SAM), **PASS)
    assert agent.get(f"/v1/tickets/{row['ticket_id']}").body["requester"]["email"] == "sam@acme.test"
