"""Mail in: every raw object ends as exactly one outcome, and replies land where they belong."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes

from tests.callers import staff
from tests.cloud import SUPPORT
from tests.inbound import a_mail, notification, receive, take


def test_a_mail_becomes_a_ticket_of_its_sender(agent):
    mail = a_mail(text="It stops after three minutes.")
    mail.add_attachment(b"log line", maintype="text", subtype="plain", filename="charger.log")
    row = receive(mail)
    assert row["outcome"] == "message"
    ticket = agent.get(f"/v1/tickets/{row['ticket_id']}?include=messages").body
    assert ticket["subject"] == "The charger stops"
    assert ticket["channel"] == "mail"
    assert ticket["requester"]["name"] == "Carla Customer"
    assert ticket["messages"][0]["body_text"].strip() == "It stops after three minutes."
    (file,) = ticket["messages"][0]["attachments"]
    assert (file["filename"], file["size"]) == ("charger.log", 8)
    link = agent.get(f"/v1/attachments/{file['id']}")
    assert link.status == 302
    assert "Expires" in link.headers["Location"]


def test_a_redelivered_notification_changes_nothing(cloud, agent):
    body = notification(a_mail().as_bytes())
    assert take(body) == take(body) == []
    assert len(agent.get("/v1/tickets?category=new").body["data"]) == 1


def test_the_same_mail_delivered_ten_times_at_once_is_one_message(cloud, agent, admin):
    """EM-19, pain point 6."""
    raw = a_mail().as_bytes()
    bodies = [notification(raw) for _ in range(10)]
    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(take, bodies)) == [[]] * 10
    rows = admin.get("/v1/mail").body["data"]
    assert sorted(row["outcome"] for row in rows) == ["duplicate"] * 9 + ["message"]
    (ticket,) = agent.get("/v1/tickets?category=new").body["data"]
    assert ticket["message_count"] == 1


def test_another_mail_under_the_same_message_id_is_not_lost(agent):
    """Pain point 5."""
    first = receive(a_mail(Message_ID="<again@customer.test>"))
    second = receive(a_mail("Other", "Something else.", Message_ID="<again@customer.test>"))
    assert (first["outcome"], second["outcome"]) == ("message", "message")
    assert first["ticket_message_id"] != second["ticket_message_id"]


def test_a_reply_by_references_lands_in_its_ticket_and_reopens_it(agent):
    """EM-01, EM-02."""
    first = receive(a_mail(Message_ID="<one@customer.test>"))
    agent.put(f"/v1/tickets/{first['ticket_id']}/resolution")
    reply = receive(a_mail("Re: The charger stops", "Again!", References="<x@y> <one@customer.test>"))
    assert reply["ticket_id"] == first["ticket_id"]
    assert "one@customer.test" in reply["reason"]
    ticket = agent.get(f"/v1/tickets/{first['ticket_id']}").body
    assert (ticket["status"]["category"], ticket["message_count"]) == ("open", 2)


def test_empty_message_ids_never_match(agent):
    """Pain point 4."""
    raws = [a_mail(f"Subject {index}", Message_ID="<a@b>", In_Reply_To="<a@b>").as_bytes() for index in range(3)]
    rows = [receive(raw.replace(b"<a@b>", b"<>")) for raw in raws]
    assert len({row["ticket_id"] for row in rows}) == 3


def test_a_stranger_with_a_foreign_reference_opens_a_linked_ticket(agent):
    """EM-16, pain point 7."""
    first = receive(a_mail(Message_ID="<news@customer.test>"))
    other = receive(a_mail(From="eve@elsewhere.test", In_Reply_To="<news@customer.test>"))
    assert other["ticket_id"] != first["ticket_id"]
    assert agent.get(f"/v1/tickets/{other['ticket_id']}").body["linked_to"] == first["ticket_id"]


def test_an_out_of_office_answer_is_kept_but_reopens_nothing(cloud, agent):
    """EM-24, pain point 13."""
    first = receive(a_mail(Message_ID="<one@customer.test>"))
    agent.put(f"/v1/tickets/{first['ticket_id']}/resolution")
    row = receive(a_mail("Away", "I am away.", In_Reply_To="<one@customer.test>", Auto_Submitted="auto-replied"))
    assert (row["outcome"], row["ticket_id"]) == ("message", first["ticket_id"])
    ticket = agent.get(f"/v1/tickets/{first['ticket_id']}?include=messages").body
    assert ticket["status"]["category"] == "solved"
    assert ticket["messages"][-1]["automatic"] is True


def test_automatic_mail_gets_no_acknowledgement(cloud, agent):
    receive(a_mail(Precedence="bulk"))
    cloud.pump()
    assert cloud.sent() == []


def test_a_new_requester_gets_one_acknowledgement(cloud, agent):
    row = receive(a_mail(Message_ID="<one@customer.test>"))
    cloud.pump()
    cloud.pump()
    ((_, raw),) = cloud.sent()
    mail = message_from_bytes(raw)
    assert mail["To"] == "Carla Customer <carla@customer.test>"
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["In-Reply-To"] == "<one@customer.test>"
    assert str(agent.get(f"/v1/tickets/{row['ticket_id']}").body["number"]) in raw.decode()


def test_our_own_mail_coming_back_is_an_own_loop(cloud, agent):
    """EM-30."""
    receive(a_mail())
    cloud.pump()
    ((_, raw),) = cloud.sent()
    assert receive(raw)["outcome"] == "own_loop"
    assert len(agent.get("/v1/tickets?category=active").body["data"]) == 1


def test_what_is_not_understood_waits_in_quarantine(cloud, admin):
    causes = {
        receive(b"")["cause"],
        receive(b"Return-Path: <x@y.test>\r\nReceived: from a by b\r\n\r\n" + b"\x00\xff" * 500)["cause"],
        receive(a_mail(), to=["sales@elsewhere.test"])["cause"],
        receive(a_mail(From=SUPPORT))["cause"],
        receive(a_mail(), spam="FAIL")["cause"],
        receive(a_mail(), virus="FAIL")["cause"],
    }
    assert {"empty", "unparseable", "unknown_recipient", "sender_is_own_address", "spam", "virus"} <= causes
    held = admin.get("/v1/mail?outcome=quarantine").body["data"]
    assert len(held) == 6
    assert admin.get("/v1/tickets?category=active").body["data"] == []


def test_quarantined_mail_can_be_released_once_and_rejected(cloud, admin):
    row = receive(a_mail(), spam="FAIL")
    released = admin.put(f"/v1/mail/{row['id']}/release")
    assert (released.status, released.body["outcome"]) == (200, "message")
    assert admin.put(f"/v1/mail/{row['id']}/release").status == 409
    assert admin.get(f"/v1/tickets/{released.body['ticket_id']}").status == 200
    other = receive(a_mail(), spam="FAIL")
    assert admin.delete(f"/v1/mail/{other['id']}/release").body["rejected"] is True
    assert admin.get("/v1/mail?outcome=quarantine").body["data"] == []
    assert admin.put(f"/v1/mail/{other['id']}/release").body["outcome"] == "message"


def test_a_26_megabyte_mail_becomes_a_ticket_or_waits(cloud, admin):
    mail = a_mail()
    mail.add_attachment(b"x" * 19_500_000, maintype="application", subtype="zip", filename="big.zip")
    raw = mail.as_bytes()
    assert len(raw) > 26_000_000
    assert receive(raw)["outcome"] in ("message", "quarantine")


def test_a_mail_with_a_monstrous_header_fits_its_row(cloud, agent):
    raw = a_mail().as_bytes()
    many = b", ".join(b"person%d@elsewhere.test" % index for index in range(20_000))
    row = receive(raw.replace(b"Subject: ", b"Cc: " + many + b"\r\nSubject: " + b"long " * 20_000, 1))
    assert row["outcome"] == "message"
    (message,) = agent.get(f"/v1/tickets/{row['ticket_id']}?include=messages").body["messages"]
    assert len(message["cc"]) <= 100


def test_only_who_may_reads_the_ledger(cloud, agent):
    receive(a_mail())
    assert agent.get("/v1/mail").status == 403
    supervisor = staff("supervisor", "sue@acme.test")
    (row,) = supervisor.get("/v1/mail").body["data"]
    assert supervisor.get(f"/v1/mail/{row['id']}/raw").status == 302
