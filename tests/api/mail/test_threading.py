"""Where a mail lands, through the worker and its tables (EM-05, 07, 12..15, 22, 23), and what the API says of it."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from bench.meter import metered
from helpdesk.core import clock
from helpdesk.mail import marks
from helpdesk.mail.keys import mail_key
from tests.inbound import a_mail, notification, receive, take

EVE = "Eve <eve@elsewhere.test>"


@pytest.fixture
def later(monkeypatch):
    """Lets time pass."""

    def pass_by(**spell) -> None:
        at = clock.now() + timedelta(**spell)
        monkeypatch.setattr(clock, "now", lambda: at)

    return pass_by


def _messages(agent, ticket_id):
    return agent.get(f"/v1/tickets/{ticket_id}?include=messages").body["messages"]


def test_a_message_says_why_it_is_here_and_how_far_it_is_believed(agent):
    first = receive(a_mail(Message_ID="<one@customer.test>"))
    receive(a_mail("Re: The charger stops", "Again!", In_Reply_To="<one@customer.test>"), dmarc="PASS", spf="PASS")
    opened, answer = _messages(agent, first["ticket_id"])
    assert opened["threading"] == {"reason": "nothing in it names a ticket", "evidence": []}
    assert answer["threading"]["evidence"] == [
        {"source": "in_reply_to", "value": "one@customer.test", "ticket_id": first["ticket_id"], "used": True}
    ]
    assert (answer["trust"]["level"], answer["trust"]["dkim"]) == ("verified", "gray")


def test_em05_a_number_brings_a_participant_home_and_a_stranger_beside(agent):
    first = receive(a_mail())
    number = agent.get(f"/v1/tickets/{first['ticket_id']}").body["number"]
    own = receive(a_mail(f"[#{number}] The charger stops"))
    other = receive(a_mail(f"Ticket#{number} The charger stops", From=EVE))
    assert own["ticket_id"] == first["ticket_id"] != other["ticket_id"]
    assert agent.get(f"/v1/tickets/{other['ticket_id']}").body["linked_to"] == first["ticket_id"]


def test_em07_a_mark_in_the_body_brings_the_mail_home(agent):
    first = receive(a_mail())
    mark = marks.mark_of(first["ticket_id"], mail_key())
    assert receive(a_mail("Other", f"Still.\n> {mark}"))["ticket_id"] == first["ticket_id"]


def test_em07_an_answer_that_lost_all_headers_comes_home_by_what_it_quotes(cloud, agent):
    """Pain points 1 and 3: no References, no signed address, another subject; in each form of our mail."""
    first = receive(a_mail())
    agent.post(f"/v1/tickets/{first['ticket_id']}/messages", {"kind": "reply", "body_text": "Try this."})
    cloud.pump()
    for _, raw in cloud.sent():
        ours = message_from_bytes(raw, policy=default)
        for kind in ("plain", "html"):
            answer = a_mail("Other", "")
            answer.set_content("Still.\n\n" + ours.get_body((kind,)).get_content(), subtype=kind)
            assert receive(answer)["ticket_id"] == first["ticket_id"], kind
            assert receive(_of_eve(answer))["ticket_id"] != first["ticket_id"]


def _of_eve(mail):
    raw = mail.as_bytes().replace(b"carla@customer.test", b"eve@elsewhere.test")
    return raw.replace(b"Message-ID: <", b"Message-ID: <eve-")


def test_em12_a_ticket_closed_long_ago_is_left_alone(admin, later):
    first = receive(a_mail(Message_ID="<one@customer.test>"))
    admin.put(f"/v1/tickets/{first['ticket_id']}/resolution")
    later(days=89)
    assert receive(a_mail(In_Reply_To="<one@customer.test>"))["ticket_id"] == first["ticket_id"]
    admin.put(f"/v1/tickets/{first['ticket_id']}/resolution")
    later(days=100)
    row = receive(a_mail(In_Reply_To="<one@customer.test>"))
    assert row["ticket_id"] != first["ticket_id"]
    assert admin.get(f"/v1/tickets/{row['ticket_id']}").body["linked_to"] == first["ticket_id"]
    assert admin.patch("/v1/mail-policy", {"closed_ticket_days": 365}).status == 200
    assert receive(a_mail(References="<one@customer.test>"))["ticket_id"] == first["ticket_id"]


def test_em13_mail_to_a_merged_ticket_lands_at_the_end_of_the_chain(agent):
    ids = [receive(a_mail(f"Number {n}", Message_ID=f"<m{n}@customer.test>"))["ticket_id"] for n in range(3)]
    for source, target in itertools.pairwise(ids):
        assert agent.put(f"/v1/tickets/{source}/merge", {"into": target}).status == 200
    assert receive(a_mail("Number 0", In_Reply_To="<m0@customer.test>"))["ticket_id"] == ids[2]


def test_em14_another_trackers_id_is_one_ticket_and_stays_in_the_subject(cloud, admin):
    rule = {"sender": "@tracker.test", "pattern": "INC\\d{7}"}
    admin.patch("/v1/mail-policy", {"foreign_references": [rule]})
    mails = [f"Incident INC0012345 {state}" for state in ("opened", "updated", "commented")]
    rows = [receive(a_mail(subject, From=f"x{n}@tracker.test")) for n, subject in enumerate(mails)]
    other = receive(a_mail("Incident INC0012346 opened", From="x@tracker.test"))
    assert len({row["ticket_id"] for row in rows}) == 1 and other["ticket_id"] != rows[0]["ticket_id"]
    assert "INC0012345" in rows[2]["reason"]
    path = f"/v1/tickets/{rows[0]['ticket_id']}"
    assert admin.get(path).body["cc"] == []
    admin.post(f"{path}/messages", {"kind": "reply", "body_text": "Done."})
    cloud.pump()
    assert any(message_from_bytes(raw)["Subject"] == "Re: Incident INC0012345 commented" for _, raw in cloud.sent())


def _alarm(state: str):
    return a_mail(f"{state}: web01", f"Host: web01\nService: HTTP\nState: {state}\n", From="nagios@monitor.test",
                  Auto_Submitted="auto-generated")  # fmt: skip


def test_em15_the_same_trouble_is_one_ticket_and_its_end_solves_it(admin):
    admin.patch("/v1/mail-policy", {"monitors": [{"sender": "nagios@monitor.test"}]})
    rows = [receive(_alarm(state)) for state in ("WARNING", "CRITICAL", "OK")]
    ticket = admin.get(f"/v1/tickets/{rows[0]['ticket_id']}").body
    assert {row["ticket_id"] for row in rows} == {ticket["id"]}
    assert (ticket["status"]["category"], ticket["message_count"]) == ("solved", 3)
    again = receive(_alarm("CRITICAL"))
    assert again["ticket_id"] != ticket["id"]
    assert admin.get(f"/v1/tickets/{again['ticket_id']}").body["linked_to"] == ticket["id"]
    assert receive(_alarm("WARNING"))["ticket_id"] == again["ticket_id"], "the key is the newer ticket's by now"


def test_em15_first_alarms_of_one_trouble_at_once_are_one_ticket(admin):
    admin.patch("/v1/mail-policy", {"monitors": [{"sender": "nagios@monitor.test"}]})
    bodies = [notification(_alarm(state).as_bytes()) for state in ("WARNING", "CRITICAL", "UNKNOWN", "CRITICAL")]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(take, bodies)) == [[]] * 4
    (ticket,) = admin.get("/v1/tickets?category=active").body["data"]
    assert ticket["message_count"] == 4


def test_em22_two_mails_that_share_an_id_that_never_came_meet(agent):
    """Pain point 2: somebody answered outside the desk, so the chain goes through mails that we never saw."""
    first = receive(a_mail(References="<lost-1@x.test> <lost-2@x.test>", In_Reply_To="<lost-3@x.test>"))
    for lost in ("lost-1", "lost-2", "lost-3"):
        assert receive(a_mail(References=f"<{lost}@x.test>"))["ticket_id"] == first["ticket_id"], lost
    assert receive(a_mail(From=EVE, References="<lost-1@x.test>"))["ticket_id"] != first["ticket_id"]


def test_em22_the_mail_itself_is_no_duplicate_of_its_alias(agent):
    first = receive(a_mail(References="<late@customer.test>"))
    late = receive(a_mail("The charger stops", "The first mail.", Message_ID="<late@customer.test>"))
    assert (late["outcome"], late["ticket_id"]) == ("message", first["ticket_id"])
    assert receive(a_mail("The charger stops", "The first mail.", Message_ID="<late@customer.test>"))["outcome"] == (
        "duplicate"
    )


def test_em23_a_late_parent_moves_its_answers_ticket_to_its_own(agent):
    root = receive(a_mail(Message_ID="<root@customer.test>"))
    young = receive(a_mail(In_Reply_To="<between@customer.test>"))
    assert young["ticket_id"] != root["ticket_id"]
    parent = receive(a_mail("x", Message_ID="<between@customer.test>", In_Reply_To="<root@customer.test>"))
    assert parent["ticket_id"] == root["ticket_id"]
    assert agent.get(f"/v1/tickets/{young['ticket_id']}").body["merged_into"] == root["ticket_id"]


def test_em23_a_ticket_that_somebody_works_on_is_only_related(agent):
    receive(a_mail(Message_ID="<root@customer.test>"))
    young = receive(a_mail(In_Reply_To="<between@customer.test>"))
    agent.post(f"/v1/tickets/{young['ticket_id']}/messages", {"kind": "reply", "body_text": "Yes."})
    receive(a_mail("x", Message_ID="<between@customer.test>", In_Reply_To="<root@customer.test>"))
    assert agent.get(f"/v1/tickets/{young['ticket_id']}").body["merged_into"] is None
    assert agent.get(f"/v1/tickets/{young['ticket_id']}/links").body["data"][0]["kind"] == "related"


def test_em23_much_later_it_is_a_ticket_of_its_own(agent, later):
    first = receive(a_mail(References="<late@customer.test>"))
    later(minutes=11)
    assert receive(a_mail(Message_ID="<late@customer.test>"))["ticket_id"] != first["ticket_id"]


def test_an_answer_costs_six_round_trips_too(agent):
    receive(a_mail(Message_ID="<one@customer.test>"))
    body = notification(a_mail(References="<unseen@x.test> <one@customer.test>").as_bytes())
    with metered() as meter:
        assert take(body) == []
    assert [operation for _, operation, _ in meter.calls] == [
        *("GetItem", "GetObject", "BatchGetItem", "BatchGetItem", "GetItem", "TransactWriteItems")
    ]
