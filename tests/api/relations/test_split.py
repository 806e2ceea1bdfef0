"""TM-17: messages begin a ticket of their own; the original keeps them and points there."""

from __future__ import annotations

import pytest

from tests.callers import contact
from tests.faults import deaths
from tests.inbound import a_mail, receive


@pytest.fixture
def mixed(cloud, agent):
    """A ticket with a mail that has a picture and a file, a note, and a mail of another topic."""
    mail = a_mail("Two things", "The charger stops.", Message_ID="<one@customer.test>", Precedence="bulk")
    mail.add_alternative('<p>It stops. <img src="cid:pic"></p>', subtype="html")
    mail.get_payload()[1].add_related(b"png", maintype="image", subtype="png", cid="<pic>", filename="pic.png")
    mail.make_mixed()
    mail.add_attachment(b"log", maintype="text", subtype="plain", filename="a.log")
    ticket_id = receive(mail)["ticket_id"]
    agent.post(f"/v1/tickets/{ticket_id}/messages", {"kind": "note", "body_text": "SECRET"})
    receive(a_mail("Re: x", "And the invoice is wrong.", References="<one@customer.test>"))
    return agent.get(f"/v1/tickets/{ticket_id}?include=messages").body


def _split(agent, ticket, indexes, **more):
    ids = [ticket["messages"][index]["id"] for index in indexes]
    body = {"message_ids": ids, "subject": "The invoice"} | more
    return agent.post(f"/v1/tickets/{ticket['id']}/split", body)


def test_tm17_split_copies_in_order_relates_both_and_sends_nothing(cloud, agent, mixed):
    cloud.pump()
    sent = len(cloud.sent())
    made = _split(agent, mixed, [2, 0, 1])
    assert made.status == 201, made.body
    new = agent.get(f"/v1/tickets/{made.body['id']}?include=messages,events").body
    assert [one["body_text"] for one in new["messages"]] == [one["body_text"] for one in mixed["messages"]]
    assert {one["id"] for one in new["messages"]}.isdisjoint({one["id"] for one in mixed["messages"]})
    assert (new["subject"], new["requester"], new["message_count"]) == ("The invoice", mixed["requester"], 3)
    assert new["events"][0]["data"] == {"acknowledge": False}
    for one, two in ((mixed["id"], new["id"]), (new["id"], mixed["id"])):
        links = agent.get(f"/v1/tickets/{one}/links").body["data"]
        assert [(link["kind"], link["ticket"]["id"]) for link in links] == [("related", two)]
    old = agent.get(f"/v1/tickets/{mixed['id']}?include=messages,events").body
    assert old["messages"] == mixed["messages"]
    assert (old["events"][-1]["type"], old["events"][-1]["data"]["ticket_id"]) == ("ticket.split", new["id"])
    cloud.pump()
    assert len(cloud.sent()) == sent
    from helpdesk.tickets import store
    from helpdesk.tickets.model import fold

    for id_ in (mixed["id"], new["id"]):
        assert fold("acme", id_, store.get_events("acme", id_)) == store.get_ticket("acme", id_)


def test_tm17_copied_files_are_guarded_by_the_new_ticket(cloud, agent, mixed):
    made = _split(agent, mixed, [0, 1], requester={"email": "otto@other.test", "name": "Otto"})
    otto, carla = contact("otto@other.test"), contact("carla@customer.test")
    shown = otto.get(f"/v1/portal/tickets/{made.body['id']}").body
    (message,) = shown["messages"]
    assert "SECRET" not in str(shown)
    assert carla.get(f"/v1/portal/tickets/{made.body['id']}").status == 404
    for file in message["attachments"]:
        assert otto.get(f"/v1/portal/attachments/{file['id']}").status == 302
        assert carla.get(f"/v1/portal/attachments/{file['id']}").status == 404
    for file in mixed["messages"][0]["attachments"]:
        assert otto.get(f"/v1/portal/attachments/{file['id']}").status == 404
        assert carla.get(f"/v1/portal/attachments/{file['id']}").status == 302
    picture = next(file["id"] for file in message["attachments"] if file["inline"])
    assert f"/v1/portal/attachments/{picture}" in message["body_html"]


def test_tm17_an_answer_in_the_new_ticket_is_threaded_and_its_reply_comes_back_there(cloud, agent, mixed):
    made = _split(agent, mixed, [2])
    agent.post(f"/v1/tickets/{made.body['id']}/messages", {"kind": "reply", "body_text": "We look."})
    cloud.pump()
    ses_id, raw = cloud.sent()[-1]
    assert b"And the invoice is wrong." in raw
    assert b"SECRET" not in raw
    back = receive(a_mail("Re: y", "Thanks", In_Reply_To=f"<{ses_id}@email.amazonses.com>"))
    assert back["ticket_id"] == made.body["id"]


def test_tm17_long_bodies_are_copied_whole(cloud, agent, ticket):
    words = "x" * 40_000
    note = agent.post(f"/v1/tickets/{ticket['id']}/messages", {"kind": "note", "body_text": words}).body
    made = agent.post(f"/v1/tickets/{ticket['id']}/split", {"message_ids": [note["id"]], "subject": "Long"})
    shown = agent.get(f"/v1/tickets/{made.body['id']}?include=messages").body
    assert shown["messages"][0]["body_text"] == words


def test_tm17_what_cannot_be_split_is_named(agent, mixed):
    path, known = f"/v1/tickets/{mixed['id']}/split", mixed["messages"][0]["id"]
    refused = agent.post(path, {"message_ids": [known, "01ARZ3NDEKTSV4RRFFQ69G5FAV"], "subject": "x"})
    assert [one["pointer"] for one in refused.body["errors"]] == ["/message_ids/1"]
    for body in ({"message_ids": [], "subject": "x"}, {"message_ids": [known] * 21, "subject": "x"}, {"subject": "x"}):
        assert agent.post(path, body).status == 422
    assert len(agent.get("/v1/tickets?category=active").body["data"]) == 1


def test_tm17_a_split_killed_anywhere_and_retried_is_one_ticket(cloud, agent, mixed, monkeypatch):
    monkeypatch.setattr("helpdesk.web.idempotency.LEASE", -1)
    body = {"message_ids": [mixed["messages"][2]["id"]], "subject": "Again"}
    count = 1
    for death in deaths():
        key = f"key-{death.call}-{death.after}"
        with death:
            agent.post(f"/v1/tickets/{mixed['id']}/split", body, Idempotency_Key=key)
        replies = [agent.post(f"/v1/tickets/{mixed['id']}/split", body, Idempotency_Key=key) for _ in range(2)]
        count += 1
        assert [reply.status for reply in replies] == [201, 201], (death, replies[0].body)
        assert replies[0].body["id"] == replies[1].body["id"]
        assert len(agent.get("/v1/tickets?category=active&limit=100").body["data"]) == count, death
    assert count > 8
