"""Machines that write: kept and shown, never answered twice, never silent about it (EM-24..32, 38, 39; NO-01)."""

from __future__ import annotations

import os
from email import message_from_bytes

import boto3
import pytest

from helpdesk.core.config import config
from tests.cloud import SUPPORT, forget_everything
from tests.inbound import a_mail, receive

THEIRS = "support@other.test"


def _silenced(admin, ticket_id):
    events = admin.get(f"/v1/tickets/{ticket_id}?include=events").body["events"]
    return [event["data"] for event in events if event["type"] == "ticket.mail_silenced"]


def test_no01_what_is_not_answered_says_so_on_its_ticket(cloud, admin):
    row = receive(a_mail(Auto_Submitted="auto-generated"))
    (told,) = _silenced(admin, row["ticket_id"])
    assert told == {
        "mail_id": row["id"],
        "what": "acknowledgement",
        "because": "automatic",
        "signs": ["auto_submitted"],
    }
    cloud.pump()
    assert cloud.sent() == []


def test_a_mailbox_may_be_set_not_to_acknowledge(cloud, admin):
    admin.patch("/v1/mailboxes/main", {"acknowledge": False})
    row = receive(a_mail())
    cloud.pump()
    assert cloud.sent() == [] and _silenced(admin, row["ticket_id"]) == []


def test_em39_one_sender_gets_two_answers_at_once_and_no_more(cloud, admin):
    rows = [receive(a_mail(f"Mail {n}")) for n in range(4)]
    cloud.pump()
    assert len(cloud.sent()) == 2
    assert [len(_silenced(admin, row["ticket_id"])) for row in rows] == [0, 0, 1, 1]
    assert _silenced(admin, rows[3]["ticket_id"])[0]["because"] == "rate"
    receive(a_mail(From="bo@elsewhere.test"))
    cloud.pump()
    assert len(cloud.sent()) == 3


def test_em39_a_ticket_that_one_sender_floods_is_woken_no_more(cloud, admin):
    admin.patch("/v1/mail-policy", {"ticket_burst": 2})
    first = receive(a_mail(Message_ID="<one@customer.test>"))
    path = f"/v1/tickets/{first['ticket_id']}"
    for _ in range(3):
        admin.put(f"{path}/resolution")
        receive(a_mail(In_Reply_To="<one@customer.test>"))
    ticket = admin.get(path).body
    assert (ticket["status"]["category"], ticket["message_count"]) == ("solved", 4)
    assert [one["what"] for one in _silenced(admin, first["ticket_id"])] == ["waking"]


def test_em39_a_storm_of_one_sender_waits_in_quarantine_and_his_answers_do_not(cloud, admin):
    admin.patch("/v1/mail-policy", {"sender_burst": 3, "sender_per_minute": 1})
    rows = [receive(a_mail(f"Mail {n}", Message_ID=f"<m{n}@customer.test>")) for n in range(5)]
    assert [row["outcome"] for row in rows] == ["message"] * 3 + ["quarantine"] * 2
    assert {row["cause"] for row in rows[3:]} == {"rate_limited"}
    assert receive(a_mail(In_Reply_To="<m0@customer.test>"))["outcome"] == "message"
    assert receive(a_mail(From="bo@elsewhere.test"))["outcome"] == "message"
    assert admin.put(f"/v1/mail/{rows[4]['id']}/release").body["outcome"] == "message"
    admin.post("/v1/sender-rules", {"pattern": "@customer.test", "verdict": "trusted"})
    assert receive(a_mail("Mail 6"))["outcome"] == "message"


def test_pain14_a_trusted_senders_automatic_mail_counts_as_a_persons(cloud, admin):
    """ServiceNow stamps what people write as auto-generated."""
    admin.post("/v1/sender-rules", {"pattern": "@customer.test", "verdict": "trusted"})
    first = receive(a_mail(Message_ID="<one@customer.test>"))
    path = f"/v1/tickets/{first['ticket_id']}"
    admin.put(f"{path}/resolution")
    receive(a_mail(In_Reply_To="<one@customer.test>", Auto_Submitted="auto-generated"))
    assert admin.get(path).body["status"]["category"] == "open"
    admin.put(f"{path}/resolution")
    receive(a_mail("Out of office", In_Reply_To="<one@customer.test>", Auto_Submitted="auto-replied"))
    assert admin.get(path).body["status"]["category"] == "solved"


@pytest.fixture
def other_desk(cloud):
    """A second organisation on the same tables; gives what lets the mail of each into the other."""
    from helpdesk.settings.service import set_up_organisation

    set_up_organisation("other", "Other", THEIRS)
    boto3.client("ses").verify_domain_identity(Domain="other.test")
    own = os.environ["ORG_ID"]

    def let_in(org_id: str, raw: bytes, to: str):
        os.environ["ORG_ID"] = org_id
        config.cache_clear()
        try:
            return receive(raw, to=[to], source=SUPPORT if org_id == "other" else THEIRS)
        finally:
            os.environ["ORG_ID"] = own
            config.cache_clear()

    yield let_in
    forget_everything()


def _talk(cloud, let_in, most: int = 12) -> list[bytes]:
    """Hand each desk's mail to the other until nobody says anything; gives all that was said."""
    told = 0
    for _ in range(most):
        cloud.pump()
        fresh = [raw for _, raw in cloud.sent()][told:]
        if not fresh:
            break
        told += len(fresh)
        for raw in fresh:
            ours = "acme.test" in str(message_from_bytes(raw)["From"])
            let_in("other" if ours else "acme", _as_ses_sends(raw), THEIRS if ours else SUPPORT)
    return [raw for _, raw in cloud.sent()]


def _as_ses_sends(raw: bytes) -> bytes:
    """With a Message-ID of SES's, as every mail that leaves it."""
    mail = message_from_bytes(raw)
    del mail["Message-ID"]
    mail["Message-ID"] = f"<{abs(hash(raw)):x}@email.amazonses.com>"
    return mail.as_bytes()


def test_pain12_two_desks_that_answer_each_other_stop_within_three_mails(cloud, admin, other_desk):
    made = {"subject": "Order", "body_text": "We order ten.", "requester": {"email": THEIRS, "name": "Other"}}
    ticket = admin.post("/v1/tickets", made).body
    admin.post(f"/v1/tickets/{ticket['id']}/messages", {"kind": "reply", "body_text": "Which ten?"})
    assert len(_talk(cloud, other_desk)) <= 3


def test_pain12_so_they_do_if_the_other_hides_that_it_is_a_machine(cloud, admin):
    """A robot that answers each mail of ours with a new one, without a header that says so or a thread."""
    answered = 0
    receive(a_mail("Order 0", From="robot@machine.test"))
    for number in range(1, 12):
        cloud.pump()
        if len(cloud.sent()) == answered:
            break
        answered = len(cloud.sent())
        receive(a_mail(f"Your request {number} is important to us", From="robot@machine.test"))
    assert answered <= 3
