"""TM-23: talks with third parties by mail, of which the requester never sees a byte, and which never become public."""

from __future__ import annotations

import random
from email import message_from_bytes
from email.policy import default

import boto3
import pytest

from tests.callers import contact
from tests.faults import deaths
from tests.inbound import a_mail, notification, receive, take

SECRET = "ZEBRA-7"


@pytest.fixture
def ticket_id(cloud, agent):
    return receive(a_mail(Message_ID="<one@customer.test>", Precedence="bulk"))["ticket_id"]


@pytest.fixture
def sides(ticket_id):
    return f"/v1/tickets/{ticket_id}/side-conversations"


def _begin(agent, sides, **more):
    body = {"subject": f"Part {SECRET}", "to": ["Parts@Supplier.test"], "body_text": f"Do you have {SECRET}?"} | more
    reply = agent.post(sides, body)
    assert reply.status == 201, reply.body
    return reply.body


def _sent(cloud):
    return [message_from_bytes(raw, policy=default) for _, raw in cloud.sent()]


def _address(cloud):
    return _sent(cloud)[-1]["Reply-To"].addresses[0].addr_spec


def test_tm23_a_talk_goes_out_without_a_word_of_the_ticket(cloud, agent, ticket_id, sides):
    agent.post(f"/v1/tickets/{ticket_id}/messages", {"kind": "note", "body_text": "inside"})
    side = _begin(agent, sides)
    cloud.pump()
    (mail,) = _sent(cloud)
    assert (mail["To"], mail["Subject"], mail["References"]) == ("parts@supplier.test", f"Part {SECRET}", None)
    assert "support+s." in mail["Reply-To"]
    body = mail.as_string()
    assert not [words for words in ("It stops", "inside", "carla", ticket_id, "1001") if words in body]
    (listed,) = agent.get(sides).body["data"]
    assert (listed["id"], listed["state"], listed["to"]) == (side["id"], "open", ["parts@supplier.test"])
    (message,) = agent.get(f"{sides}/{side['id']}/messages").body["data"]
    assert (message["kind"], message["delivery"]["status"]) == ("sent", "sent")
    shown = agent.get(f"/v1/tickets/{ticket_id}?include=messages,events").body
    assert (shown["open_side_conversations"], SECRET in str(shown)) == (1, False)


@pytest.mark.parametrize("sign", ["address", "own id", "their id"])
def test_tm23_an_answer_comes_back_to_its_talk_only_and_wakes_nothing(cloud, agent, ticket_id, sides, sign):
    side = _begin(agent, sides)
    agent.put(f"/v1/tickets/{ticket_id}/resolution")
    cloud.pump()
    ses_id = cloud.sent()[-1][0]
    address = _address(cloud)
    if sign == "their id":
        receive(a_mail("Re", "First", From="parts@supplier.test", Message_ID="<s@supplier.test>"), to=[address])
    headers = {
        "address": {},
        "own id": {"In_Reply_To": f"<{ses_id}@email.amazonses.com>"},
        "their id": {"References": "<s@supplier.test>"},
    }[sign]
    cc = {"Cc": "boss@supplier.test", "From": "Parts <parts@supplier.test>"}
    before = agent.get(f"/v1/tickets/{ticket_id}").body
    row = receive(a_mail("Re: Part", f"Yes, {SECRET}", **headers, **cc), to=[address] if sign == "address" else None)
    assert (row["outcome"], row["ticket_id"]) == ("message", ticket_id)
    after = agent.get(f"/v1/tickets/{ticket_id}?include=messages,events").body
    for name in ("status", "message_count", "cc", "requester", "snippet", "last_message"):
        assert after[name] == before[name], name
    assert SECRET not in str(after["messages"]) + str(after["events"])
    assert after["events"][-1]["type"] == "side_conversation.message_received"
    last = agent.get(f"{sides}/{side['id']}/messages").body["data"][-1]
    assert (last["kind"], last["author"]["kind"], last["author"]["id"]) == (
        "received",
        "third_party",
        "parts@supplier.test",
    )
    assert agent.get("/v1/people?email=parts@supplier.test").body["data"] == []
    assert len(agent.get("/v1/tickets?category=done").body["data"]) == 1
    assert agent.get("/v1/tickets?category=active").body["data"] == []


def test_tm23_the_signs_of_a_ticket_and_of_a_talk_are_not_each_others(cloud, agent, ticket_id, sides):
    from helpdesk.mail import addresses
    from helpdesk.mail.keys import mail_key

    boxes = ["support@acme.test"]
    for make, own, other in (
        (addresses.side_address, addresses.side_of, addresses.ticket_of),
        (addresses.reply_address, addresses.ticket_of, addresses.side_of),
    ):
        made = make(boxes[0], ticket_id, mail_key())
        swapped = made.replace("+s.", "+t.") if "+s." in made else made.replace("+t.", "+s.")
        assert own(made, boxes, mail_key()) == ticket_id
        assert other(made, boxes, mail_key()) is None
        assert other(swapped, boxes, mail_key()) is None


def test_tm23_a_mail_that_names_both_stays_on_the_side(cloud, agent, ticket_id, sides):
    side = _begin(agent, sides)
    cloud.pump()
    address = _address(cloud)
    both = a_mail("Re", f"{SECRET} for all", From="parts@supplier.test", References="<one@customer.test>")
    receive(both, to=["support@acme.test", address])
    assert agent.get(f"/v1/tickets/{ticket_id}").body["message_count"] == 1
    assert len(agent.get(f"{sides}/{side['id']}/messages").body["data"]) == 2


def test_tm23_follow_ups_thread_and_a_resolved_talk_opens_by_an_answer(cloud, agent, ticket_id, sides):
    side = _begin(agent, sides)
    cloud.pump()
    address, path = _address(cloud), f"{sides}/{side['id']}"
    assert agent.put(f"{path}/resolution").body["state"] == "resolved"
    assert agent.get(f"/v1/tickets/{ticket_id}").body["open_side_conversations"] == 0
    away = a_mail("Away", "Away", From="parts@supplier.test", Auto_Submitted="auto-replied")
    receive(away, to=[address])
    assert agent.get(sides).body["data"][0]["state"] == "resolved"
    receive(a_mail("Re", "Yes", From="parts@supplier.test", Message_ID="<y@supplier.test>"), to=[address])
    assert agent.get(sides).body["data"][0]["state"] == "open"
    assert agent.put(f"{path}/resolution").status == agent.delete(f"{path}/resolution").status == 200
    assert agent.get(sides).body["data"][0]["state"] == "open"
    more = agent.post(f"{path}/messages", {"body_text": "Two, please."})
    assert more.status == 201, more.body
    cloud.pump()
    mail = _sent(cloud)[-1]
    assert mail["In-Reply-To"] == "<y@supplier.test>"
    assert mail["Subject"] == f"Re: Part {SECRET}"
    assert mail["References"].split()[0].endswith("@email.amazonses.com>")
    assert agent.get(f"{path}/messages").body["data"][-1]["delivery"]["status"] == "sent"
    assert agent.get(f"/v1/tickets/{ticket_id}").body["message_count"] == 1


def test_tm23_it_is_with_third_parties_only(agent, ticket_id, sides):
    agent.post(f"/v1/tickets/{ticket_id}/participants", {"role": "cc", "email": "mary@customer.test"})
    carla = contact("carla@customer.test").me["id"]
    agent.post(f"/v1/people/{carla}/emails", {"email": "carla@private.test"})
    to = ["carla@customer.test", "x@supplier.test", "mary@customer.test", "carla@private.test"]
    refused = agent.post(sides, {"subject": "x", "to": to, "body_text": "x"})
    assert [(one["pointer"], one["code"]) for one in refused.body["errors"]] == [
        ("/to/0", "takes_part"),
        ("/to/2", "takes_part"),
        ("/to/3", "takes_part"),
    ]
    assert agent.get(sides).body["data"] == []
    assert agent.post(sides, {"subject": "x", "to": [], "body_text": "x"}).status == 422
    assert agent.get(f"{sides}/01ARZ3NDEKTSV4RRFFQ69G5FAV/messages").status == 404


def test_tm23_a_talk_goes_on_through_a_merge(cloud, agent, ticket_id, sides):
    side = _begin(agent, sides)
    cloud.pump()
    address = _address(cloud)
    target = receive(a_mail(Precedence="bulk"))["ticket_id"]
    agent.call("PUT", f"/v1/tickets/{ticket_id}/merge", {"into": target})
    beside = f"/v1/tickets/{target}/side-conversations"
    receive(a_mail("Re", "Yes", From="parts@supplier.test"), to=[address])
    assert agent.post(f"{beside}/{side['id']}/messages", {"body_text": "More"}).status == 201
    assert [one["kind"] for one in agent.get(f"{beside}/{side['id']}/messages").body["data"]] == [
        "sent",
        "received",
        "sent",
    ]
    assert agent.get(f"/v1/tickets/{target}").body["message_count"] == 2
    assert agent.put(f"{beside}/{side['id']}/resolution").body["state"] == "resolved"


def _customer_sees(cloud, people, ticket_ids, file_ids):
    """All that reaches a customer: portal, files, and every mail that is addressed to one."""
    seen = []
    for person in people:
        seen += [person.get("/v1/portal/tickets").body, person.get("/v1/portal/companies").body]
        for id_ in ticket_ids:
            seen.append(person.get(f"/v1/portal/tickets/{id_}").body)
            seen.append(person.get(f"/v1/tickets/{id_}/side-conversations").body)
        for file_id in file_ids:
            reply = person.get(f"/v1/portal/attachments/{file_id}")
            seen.append(SECRET if reply.status == 302 else "")
    mails = [raw for _, raw in cloud.sent() if b"@customer.test" in message_from_bytes(raw)["To"].encode()]
    decoded = [
        part.get_content()
        for raw in mails
        for part in message_from_bytes(raw, policy=default).walk()
        if part.get_content_maintype() == "text"
    ]
    return str(seen) + "".join(decoded) + str(mails)


STEPS = ("begin", "answer", "follow_up", "reply", "customer", "note", "merge", "split", "cc")


@pytest.mark.parametrize("seed", range(3))
def test_tm23_no_byte_of_it_reaches_a_customer_whatever_is_done(cloud, agent, seed):
    """Invariant 4, with TM-11: portal, files, mail with its quotes, under any order of doings."""
    rng = random.Random(seed)
    _play(cloud, agent, ["begin", *rng.sample(STEPS, len(STEPS)), "reply"])


def _play(cloud, agent, steps):
    company = {"name": "Customer", "domains": ["customer.test"], "shares_tickets": True}
    agent.post("/v1/companies", company)
    tickets = [receive(a_mail(Message_ID="<one@customer.test>"))["ticket_id"]]
    address = side = None
    files: list[str] = []
    for step in steps:
        path = f"/v1/tickets/{tickets[-1]}"
        if step == "begin":
            file = agent.post("/v1/attachments", {"filename": f"{SECRET}.txt", "size": 1}).body
            boto3.client("s3").put_object(Bucket="attachments", Key=file["upload"]["fields"]["key"], Body=b"a")
            begun = _begin(agent, f"{path}/side-conversations", attachments=[file["id"]])
            side = f"{path}/side-conversations/{begun['id']}"
            files.append(file["id"])
            cloud.pump()
            address = _address(cloud)
        elif step == "answer":
            mail = a_mail(f"Re {SECRET}", f"Yes {SECRET}", From="parts@supplier.test", References="<one@customer.test>")
            mail.add_attachment(b"x", maintype="text", subtype="plain", filename=f"{SECRET}.txt")
            receive(mail, to=[address])
            files += [
                one["id"] for message in agent.get(f"{side}/messages").body["data"] for one in message["attachments"]
            ]
        elif step == "follow_up":
            agent.post(f"{side}/messages", {"body_text": f"More of {SECRET}"})
        elif step == "reply":
            assert agent.post(f"{path}/messages", {"kind": "reply", "body_text": "We look."}).status == 201
        elif step == "customer":
            receive(a_mail("Re: x", "And?", References="<one@customer.test>"))
        elif step == "note":
            agent.post(f"{path}/messages", {"kind": "note", "body_text": SECRET})
        elif step == "cc":
            agent.post(f"{path}/participants", {"role": "cc", "email": "mate@customer.test"})
        elif step == "merge":
            other = receive(a_mail(Precedence="bulk"))["ticket_id"]
            agent.call("PUT", f"{path}/merge", {"into": other})
            tickets.append(other)
        elif step == "split":
            shown = agent.get(f"{path}/messages").body["data"]
            body = {"message_ids": [one["id"] for one in shown][:5], "subject": "Apart"}
            tickets.insert(0, agent.post(f"{path}/split", body).body["id"])
        cloud.pump()
    people = [contact("carla@customer.test"), contact("mate@customer.test")]
    assert SECRET not in _customer_sees(cloud, people, tickets, files)
    assert any(SECRET.encode() in raw for _, raw in cloud.sent())


def test_tm23_mail_out_killed_anywhere_is_sent_once(cloud, agent, ticket_id, sides, monkeypatch):
    from helpdesk.core.config import config

    def grace(seconds):
        monkeypatch.setenv("SEND_GRACE_SECONDS", seconds)
        config.cache_clear()

    side, expected = _begin(agent, sides), 1
    cloud.pump()
    for death in deaths():
        agent.post(f"{sides}/{side['id']}/messages", {"body_text": "More"})
        cloud.pump_events()
        with death:
            cloud.run_outbound()
        cloud.run_outbound()
        cloud.run_feedback()
        grace("0")
        cloud.pump()
        grace("900")
        expected += 1
        assert len(cloud.sent()) == expected, death
        messages = agent.get(f"{sides}/{side['id']}/messages?limit=100").body["data"]
        assert messages[-1]["delivery"]["status"] == "sent", death
    assert expected > 8


def test_tm23_an_answer_killed_anywhere_is_one_message(cloud, agent, ticket_id, sides):
    side, expected = _begin(agent, sides), 1
    cloud.pump()
    address = _address(cloud)
    for death in deaths():
        body = notification(a_mail("Re", "Yes", From="parts@supplier.test").as_bytes(), to=[address])
        with death:
            take(body)
        assert take(body) == []
        expected += 1
        messages = agent.get(f"{sides}/{side['id']}/messages?limit=100").body["data"]
        assert len(messages) == expected, death
    assert expected > 8
