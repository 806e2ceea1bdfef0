"""Several mailboxes: what a ticket of each begins with, who decides of several, and from where answers go (point 8)."""

from __future__ import annotations

from email import message_from_bytes

import pytest

from tests.cloud import SUPPORT
from tests.inbound import a_mail, receive

SALES = "sales@acme.test"


@pytest.fixture
def sales(cloud, admin):
    team = admin.post("/v1/teams", {"name": "Sales"}).body["id"]
    topic = admin.post("/v1/topics", {"label": "Orders", "priority": "high", "tags": ["order"]}).body["id"]
    made = {"address": SALES, "aliases": ["orders@acme.test"], "team_id": team, "topic_id": topic}
    return admin.post("/v1/mailboxes", made).body


@pytest.mark.parametrize("to", [SALES, "Orders@Acme.test", "sales+fair@acme.test"])
def test_a_ticket_begins_with_what_its_mailbox_says(cloud, admin, sales, to):
    ticket = admin.get(f"/v1/tickets/{receive(a_mail(To=to), to=[to])['ticket_id']}").body
    begun = {name: ticket[name] for name in ("mailbox_id", "team_id", "topic_id", "priority", "tags")}
    assert begun == {
        "mailbox_id": sales["id"],
        "team_id": sales["team_id"],
        "topic_id": sales["topic_id"],
        "priority": "high",
        "tags": ["order"],
    }
    assert ticket["cc"] == [], "aliases and plus forms are ours"
    assert admin.get("/v1/me").body["org"]["mailboxes"] == {"main": SUPPORT, sales["id"]: SALES}


def test_em44_the_first_of_the_envelope_decides_and_the_event_names_all(cloud, admin, sales):
    row = receive(a_mail(To=f"{SUPPORT}, {SALES}"), to=[SALES, SUPPORT])
    ticket = admin.get(f"/v1/tickets/{row['ticket_id']}?include=events").body
    assert ticket["mailbox_id"] == sales["id"] and ticket["cc"] == []
    assert ticket["events"][0]["data"]["mailbox_ids"] == [sales["id"], "main"]


def test_the_same_mail_to_two_mailboxes_one_by_one_is_one_ticket(cloud, admin, sales):
    mail = a_mail(To=f"{SUPPORT}, {SALES}")
    rows = [receive(mail, to=[to]) for to in (SUPPORT, SALES)]
    assert [row["outcome"] for row in rows] == ["message", "duplicate"]
    assert rows[0]["ticket_id"] == rows[1]["ticket_id"]


def test_answers_go_out_from_the_tickets_mailbox(cloud, admin, sales):
    admin.patch(f"/v1/mailboxes/{sales['id']}", {"name": "Acme Sales"})
    row = receive(a_mail(To=SALES), to=[SALES])
    cloud.pump()
    mail = message_from_bytes(cloud.sent()[-1][1])
    assert SALES in mail["From"] and mail["Reply-To"].rpartition("<")[2].startswith("sales+t.")
    answer = receive(a_mail("Re"), to=[mail["Reply-To"].rpartition("<")[2].rstrip(">")])
    assert answer["ticket_id"] == row["ticket_id"]


def test_no_address_of_ours_is_ever_a_customer(cloud, admin, sales):
    assert receive(a_mail(From="orders@acme.test"))["cause"] == "sender_is_own_address"
