"""TM-12, TM-13: what was said is kept as it came; files are hashed, stored once, and only for who may see them."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qs, urlsplit

import boto3

from helpdesk.markup.html_text import to_text
from tests.callers import NEW_TICKET, Caller, contact
from tests.faults import deaths
from tests.inbound import a_mail, receive

PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 50


def upload(caller: Caller, content: bytes, path: str = "/v1/attachments") -> str:
    """Begin an upload and put the bytes where the form would."""
    body = {"filename": "a.png", "content_type": "image/png", "size": len(content)}
    made = caller.post(path, body).body
    boto3.client("s3").put_object(Bucket="attachments", Key=made["upload"]["fields"]["key"], Body=content)
    return made["id"]


def _keys() -> set[str]:
    return {one["Key"] for one in boto3.client("s3").list_objects_v2(Bucket="attachments").get("Contents", [])}


def _note(caller: Caller, ticket: dict, file_id: str):
    return caller.post(
        f"/v1/tickets/{ticket['id']}/messages", {"kind": "note", "body_text": "x", "attachments": [file_id]}
    )


def test_tm13_a_file_has_its_hash_and_identical_bytes_are_stored_once(cloud, agent, ticket):
    mail = a_mail()
    mail.add_attachment(PNG, maintype="image", subtype="png", filename="mailed.png")
    receive(mail, virus="PASS")
    for _ in range(2):
        reply = _note(agent, ticket, upload(agent, PNG))
        assert reply.status == 201, reply.body
    digest = hashlib.sha256(PNG).hexdigest()
    (shown,) = reply.body["attachments"]
    assert (shown["sha256"], shown["size"], shown["verdict"]) == (digest, len(PNG), None)
    assert _keys() == {f"acme/sha256/{digest}"}
    mailed = agent.get("/v1/tickets/1002/messages").body["data"][0]["attachments"][0]
    assert (mailed["sha256"], mailed["verdict"]) == (digest, "PASS")


def test_tm13_an_upload_killed_anywhere_is_bound_once_and_leaves_nothing(cloud, agent, ticket, monkeypatch):
    monkeypatch.setattr("helpdesk.web.idempotency.LEASE", -1)
    for number, death in enumerate(deaths()):
        content = PNG + bytes([number])
        file_id = upload(agent, content)
        path, body = (
            f"/v1/tickets/{ticket['id']}/messages",
            {"kind": "note", "body_text": "x", "attachments": [file_id]},
        )
        with death:
            agent.post(path, body, Idempotency_Key=f"k{number}")
        reply = agent.post(path, body, Idempotency_Key=f"k{number}")
        assert reply.status == 201, (death, reply.body)
        assert reply.body["attachments"][0]["sha256"] == hashlib.sha256(content).hexdigest()
        assert not [key for key in _keys() if "/uploads/" in key], death


def test_tm13_each_download_is_checked_and_its_link_is_short(cloud, agent, ticket, customer):
    file_id = upload(agent, PNG)
    _note(agent, ticket, file_id)
    link = agent.get(f"/v1/attachments/{file_id}").headers["Location"]
    query = parse_qs(urlsplit(link).query)
    assert int(query.get("X-Amz-Expires", ["9999"])[0]) <= 300
    assert customer.get(f"/v1/portal/attachments/{file_id}").status == 404, "it is a note's"
    assert contact("other@customer.test").get(f"/v1/portal/attachments/{file_id}").status == 404


def test_tm13_a_file_not_submitted_yet_is_its_uploaders_alone(cloud, agent, admin):
    file_id = upload(agent, PNG)
    assert agent.get(f"/v1/attachments/{file_id}").status == 302
    assert admin.get(f"/v1/attachments/{file_id}").status == 404


def test_tm12_a_mail_is_kept_as_it_came_and_shown_as_text_and_html(cloud, admin):
    mail = a_mail(text="Grüße, it stops.")
    mail.add_alternative("<p>Grüße, it <b>stops</b>.</p>", subtype="html")
    held = receive(mail)
    link = admin.get(f"/v1/mail/{held['id']}/raw")
    assert link.status == 302
    raw = boto3.client("s3").get_object(Bucket="mail", Key=urlsplit(link.headers["Location"]).path.split("/mail/")[-1])
    assert raw["Body"].read() == mail.as_bytes()
    message = admin.get(f"/v1/tickets/{held['ticket_id']}/messages").body["data"][0]
    assert (message["mail_id"], message["body_html"].strip()) == (held["id"], "<p>Grüße, it <b>stops</b>.</p>")
    assert message["body_text"].split() == to_text(message["body_html"]).split()


def test_tm12_messages_stand_in_the_order_in_which_they_were_received(cloud, agent, customer):
    ticket = agent.post("/v1/tickets", NEW_TICKET).body
    path = f"/v1/tickets/{ticket['id']}/messages"
    for index in range(5):
        agent.post(path, {"kind": "reply" if index % 2 else "note", "body_text": f"word {index}"})
        customer.post(f"/v1/portal/tickets/{ticket['id']}/messages", {"body_text": f"answer {index}"})
    first, again = (agent.get(path).body["data"] for _ in range(2))
    assert first == again
    assert [one["created_at"] for one in first] == sorted(one["created_at"] for one in first)
    assert [one["body_text"] for one in first][1:] == [f"{word} {n}" for n in range(5) for word in ("word", "answer")]
