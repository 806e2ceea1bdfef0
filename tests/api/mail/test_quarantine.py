"""The quarantine: closed causes, a look inside, release and trust, reject and block; nothing is lost or leaked."""

from __future__ import annotations

import pytest

from helpdesk.mail.model import QuarantineCause
from tests.cloud import SUPPORT
from tests.inbound import a_mail, receive


@pytest.fixture
def held(cloud):
    mail = a_mail("Win", "Win now.")
    html = '<p onclick="x()">Win <img src="https://x.test/a.png"></p><script>1</script>'
    mail.add_alternative(html, subtype="html")
    mail.add_attachment(b"data", maintype="application", subtype="zip", filename="win.zip")
    return receive(mail, spam="FAIL")


def test_a_look_inside_shows_words_and_names_and_nothing_that_runs(held, admin):
    preview = admin.get(f"/v1/mail/{held['id']}").body["preview"]
    assert preview["text"].strip() == "Win now."
    assert "<script" not in preview["html"] and "onclick" not in preview["html"] and " src=" not in preview["html"]
    assert preview["attachments"] == [{"filename": "win.zip", "content_type": "application/zip", "size": 4}]


def test_the_list_is_filtered_by_cause_and_causes_are_a_closed_list(held, admin):
    receive(a_mail(), to=["nobody@elsewhere.test"])
    found = admin.get("/v1/mail?outcome=quarantine&cause=spam").body["data"]
    assert [row["id"] for row in found] == [held["id"]]
    assert len(admin.get("/v1/mail?cause=unknown_recipient").body["data"]) == 1
    assert admin.get("/v1/mail?cause=bad_mood").status == 400
    assert {"spam", "virus", "blocked", "rate_limited", "unknown_recipient"} <= set(QuarantineCause)


def test_release_and_trust_lets_the_next_one_in(held, admin):
    assert admin.put(f"/v1/mail/{held['id']}/release", {"trust": True}).body["outcome"] == "message"
    (rule,) = admin.get("/v1/sender-rules").body["data"]
    assert (rule["pattern"], rule["verdict"]) == ("carla@customer.test", "trusted")
    assert receive(a_mail("Again"), spam="FAIL")["outcome"] == "message"


def test_reject_and_block_keeps_the_next_one_out(held, admin):
    assert admin.delete(f"/v1/mail/{held['id']}/release?block=1").body["rejected"] is True
    assert receive(a_mail("Again"))["cause"] == "blocked"
    assert admin.delete(f"/v1/mail/{held['id']}/release?block=yes").status == 400
    assert admin.put(f"/v1/mail/{held['id']}/release").body["outcome"] == "message", "rejected is not gone"


def test_a_mail_that_is_no_longer_held_judges_nobody(held, admin):
    admin.put(f"/v1/mail/{held['id']}/release")
    assert admin.delete(f"/v1/mail/{held['id']}/release?block=1").status == 409
    assert admin.get("/v1/sender-rules").body["data"] == []


def test_em51_a_virus_is_never_served(cloud, admin):
    mail = a_mail()
    mail.add_attachment(b"bad", maintype="application", subtype="zip", filename="bad.zip")
    row = receive(mail, virus="FAIL")
    assert admin.get(f"/v1/mail/{row['id']}").body["preview"] is None
    assert admin.get(f"/v1/mail/{row['id']}/raw").body["code"] == "virus"
    released = admin.put(f"/v1/mail/{row['id']}/release").body
    (message,) = admin.get(f"/v1/tickets/{released['ticket_id']}/messages").body["data"]
    reply = admin.get(f"/v1/attachments/{message['attachments'][0]['id']}")
    assert (reply.status, reply.body["code"]) == (409, "virus")


def test_a_mailbox_out_of_use_takes_answers_and_nothing_else(cloud, admin):
    made = admin.post("/v1/mailboxes", {"address": "sales@acme.test"}).body
    row = receive(a_mail(Message_ID="<one@customer.test>"), to=["sales@acme.test"])
    from helpdesk.mail.addresses import reply_address
    from helpdesk.mail.keys import mail_key

    assert admin.get(f"/v1/tickets/{row['ticket_id']}").body["mailbox_id"] == made["id"]
    assert admin.delete(f"/v1/mailboxes/{made['id']}").status == 204
    assert receive(a_mail("New"), to=["sales@acme.test"])["cause"] == "unknown_recipient"
    address = reply_address("sales@acme.test", row["ticket_id"], mail_key())
    assert receive(a_mail("Re"), to=[address])["ticket_id"] == row["ticket_id"]


def test_pain38_a_purged_mail_is_not_taken_in_again(cloud, admin):
    mail = a_mail(Message_ID="<gone@customer.test>", References="<unseen@customer.test>")
    row = receive(mail)
    admin.put(f"/v1/tickets/{row['ticket_id']}/trash")
    assert admin.delete(f"/v1/tickets/{row['ticket_id']}").status == 204
    cloud.pump(20)
    again = receive(mail)
    assert (again["outcome"], again["ticket_id"]) == ("duplicate", None)
    other = receive(a_mail("Other", Message_ID="<unseen@customer.test>"))
    assert other["outcome"] == "message", "an id that was only heard of is forgotten with its ticket"
    assert SUPPORT in other["recipients"]
