"""Mail out: an agent's reply leaves once, threaded, and comes back to the same ticket."""

from __future__ import annotations

import json
from email import message_from_bytes
from email.policy import default

import boto3

from tests.inbound import a_mail, receive


def _reply(agent, ticket_id, **body):
    reply = agent.post(f"/v1/tickets/{ticket_id}/messages", {"kind": "reply", "body_text": "Try 4.8.0."} | body)
    assert reply.status == 201, reply.body
    return reply.body


def test_a_reply_is_sent_once_and_threaded(cloud, agent):
    row = receive(a_mail(Message_ID="<one@customer.test>", Precedence="bulk"))
    message = _reply(agent, row["ticket_id"])
    assert message["delivery"] == {"status": "queued"}
    cloud.pump()
    cloud.pump()
    ((ses_id, raw),) = cloud.sent()
    mail = message_from_bytes(raw, policy=default)
    assert mail["In-Reply-To"] == "<one@customer.test>"
    assert mail["References"] == "<one@customer.test>"
    assert mail["Subject"] == "Re: The charger stops"
    assert mail["Auto-Submitted"] is None
    assert "support+t." in mail["Reply-To"]
    assert "Try 4.8.0." in mail.get_body(("plain",)).get_content()
    shown = agent.get(f"/v1/tickets/{row['ticket_id']}?include=messages,events").body
    assert shown["messages"][-1]["delivery"]["status"] == "sent"
    assert shown["events"][-1]["type"] == "message.delivery_changed"
    back = receive(a_mail("Re: The charger stops", "Works.", In_Reply_To=f"<{ses_id}@email.amazonses.com>"))
    assert back["ticket_id"] == row["ticket_id"]


def test_an_answer_to_the_signed_address_alone_finds_its_ticket(cloud, agent):
    """EM-09."""
    row = receive(a_mail(Precedence="bulk"))
    _reply(agent, row["ticket_id"])
    cloud.pump()
    address = message_from_bytes(cloud.sent()[0][1], policy=default)["Reply-To"].addresses[0].addr_spec
    back = receive(a_mail("Something new", "Works.", From="other@private.test"), to=[address])
    assert back["ticket_id"] == row["ticket_id"]
    ticket = agent.get(f"/v1/tickets/{row['ticket_id']}").body
    assert ticket["requester"]["email"] == "carla@customer.test"


def test_a_note_never_leaves(cloud, agent):
    """TM-11, invariant 4."""
    row = receive(a_mail(Precedence="bulk"))
    path = f"/v1/tickets/{row['ticket_id']}/messages"
    agent.post(path, {"kind": "note", "body_text": "SECRET: a difficult customer"})
    _reply(agent, row["ticket_id"])
    cloud.pump()
    assert [b"SECRET" in raw for _, raw in cloud.sent()] == [False]


def test_files_go_along_and_are_private_until_sent(cloud, agent, admin):
    row = receive(a_mail(Precedence="bulk"))
    file = agent.post("/v1/attachments", {"filename": "fix.txt", "content_type": "text/plain", "size": 3}).body
    assert admin.get(f"/v1/attachments/{file['id']}").status == 404
    path = f"/v1/tickets/{row['ticket_id']}/messages"
    early = agent.post(path, {"kind": "reply", "body_text": "See file", "attachments": [file["id"]]})
    assert early.body["errors"][0]["code"] == "not_uploaded"
    boto3.client("s3").put_object(Bucket="attachments", Key=file["upload"]["fields"]["key"], Body=b"fix")
    _reply(agent, row["ticket_id"], attachments=[file["id"]])
    again = agent.post(path, {"kind": "reply", "body_text": "Twice", "attachments": [file["id"]]})
    assert again.status == 422
    cloud.pump()
    (attached,) = message_from_bytes(cloud.sent()[0][1], policy=default).iter_attachments()
    assert (attached.get_filename(), attached.get_content().strip()) == ("fix.txt", "fix")
    assert admin.get(f"/v1/attachments/{file['id']}").status == 302


def test_copies_go_to_exactly_whom_the_agent_names(cloud, agent):
    """EM-22: a removal sticks; the customer himself is no copy."""
    row = receive(a_mail(Precedence="bulk", Cc="Mary <mary@customer.test>, joe@customer.test"))
    assert agent.get(f"/v1/tickets/{row['ticket_id']}").body["cc"] == ["mary@customer.test", "joe@customer.test"]
    _reply(agent, row["ticket_id"])
    _reply(agent, row["ticket_id"], cc=["joe@customer.test", "Carla@customer.test", "new@customer.test"])
    _reply(agent, row["ticket_id"])
    cloud.pump()
    copies = [message_from_bytes(raw, policy=default)["Cc"] for _, raw in cloud.sent()]
    assert copies[0] == "mary@customer.test, joe@customer.test"
    assert copies[1:] == ["joe@customer.test, new@customer.test"] * 2
    assert agent.get(f"/v1/tickets/{row['ticket_id']}").body["cc"] == ["joe@customer.test", "new@customer.test"]


def test_delivery_states_only_move_forward(cloud, agent):
    from mail_feedback.handler import handler

    row = receive(a_mail(Precedence="bulk"))
    message = _reply(agent, row["ticket_id"])
    cloud.pump()
    (ses_id, _), tag = cloud.sent()[0], f"acme_message_{row['ticket_id']}_{message['id']}"

    def tell(kind, **more):
        event = {"eventType": kind, "mail": {"messageId": ses_id, "tags": {"delivery": [tag]}}} | more
        handler({"Records": [{"messageId": "1", "body": json.dumps(event)}]}, None)
        shown = agent.get(f"/v1/tickets/{row['ticket_id']}?include=messages").body
        return shown["messages"][-1]["delivery"]["status"]

    assert tell("Delivery") == "delivered"
    assert tell("Send") == "delivered"
    bounce = {"bounceType": "Permanent", "bouncedRecipients": [{"diagnosticCode": "550 no such user"}]}
    assert tell("Bounce", bounce=bounce) == "bounced"
    assert tell("Delivery") == "bounced"


def test_a_reply_refused_by_ses_says_so_on_the_message(cloud, agent, monkeypatch):
    from botocore.exceptions import ClientError

    from helpdesk.core.aws import client

    def refuse(**_):
        raise ClientError({"Error": {"Code": "MessageRejected", "Message": "no"}}, "SendRawEmail")

    row = receive(a_mail(Precedence="bulk"))
    _reply(agent, row["ticket_id"])
    monkeypatch.setattr(client("ses"), "send_raw_email", refuse)
    cloud.pump()
    shown = agent.get(f"/v1/tickets/{row['ticket_id']}?include=messages").body
    assert shown["messages"][-1]["delivery"] == {"status": "failed", "detail": "MessageRejected"}
