"""What a mail holds beside its words is in the message's answer: invitations, signature, report, damage."""

from __future__ import annotations

from pathlib import Path

from tests.callers import Caller
from tests.inbound import a_mail, receive

MAILS = Path(__file__).parents[1] / "fixtures" / "mail"


def message_of(agent: Caller, name: str) -> dict:
    row = receive((MAILS / f"{name}.eml").read_bytes())
    assert row["outcome"] == "message", row
    return agent.get(f"/v1/tickets/{row['ticket_id']}/messages").body["data"][0]


def test_an_invitation_names_the_file_for_the_readers_calendar(agent):
    message = message_of(agent, "EM-60-request")
    (invite,) = message["invites"]
    assert (invite["start"], invite["end"]) == ("2026-07-03T08:00:00Z", "2026-07-03T09:30:00Z")
    assert invite["organizer"] == {"name": "Zoe Zimmer", "email": "zoe@customer.test", "status": ""}
    assert invite["attachment_id"] == message["attachments"][0]["id"] and "sha256" not in invite
    assert agent.get(f"/v1/attachments/{invite['attachment_id']}").status == 302


def test_a_mail_that_is_nothing_but_an_invitation_has_words(agent):
    message = message_of(agent, "EM-60-nothing-but-a-calendar")
    assert message["body_text"].startswith("Visit of the, technician\n") and "2026-07-03" in message["body_html"]


def test_a_signature_that_nobody_known_vouches_for_is_not_verified(agent):
    signed = message_of(agent, "EM-61-detached")["signed"]
    assert (signed["status"], signed["signer"]) == ("unverified", "zoe@customer.test")
    assert signed["problem"] == "issuer_unknown", "the root of the fixtures is known to the unit tests alone"


def test_a_report_tells_of_each_recipient(agent):
    report = message_of(agent, "EM-33-several-recipients")["report"]
    assert [(one["email"], one["action"]) for one in report["recipients"]] == [
        ("zoe@customer.test", "failed"),
        ("bo@elsewhere.test", "delayed"),
        ("eve@elsewhere.test", "delivered"),
    ]


def test_files_in_a_winmail_can_be_opened(agent):
    names = [one["filename"] for one in message_of(agent, "EM-59-files-beside-a-text")["attachments"]]
    assert names == ["winmail.dat", "Angebot März.pdf", "log.txt"]


def test_damage_is_told(agent):
    assert message_of(agent, "EM-52-latin-1-that-is-utf-8")["defects"] == ["charset_wrong"]


def test_more_files_than_are_kept_are_told(agent):
    mail = a_mail()
    for number in range(65):
        mail.add_attachment(b"x%d" % number, maintype="text", subtype="plain", filename=f"{number}.txt")
    row = receive(mail)
    message = agent.get(f"/v1/tickets/{row['ticket_id']}/messages").body["data"][0]
    assert len(message["attachments"]) == 60 and "files_too_many" in message["defects"]


def test_an_ordinary_message_has_none_of_it(agent, ticket):
    message = agent.get(f"/v1/tickets/{ticket['id']}/messages").body["data"][0]
    assert (message["invites"], message["signed"], message["report"], message["defects"]) == ([], None, None, [])


def test_html_that_the_parser_breaks_down_over_stops_neither_mail_nor_api(agent, ticket):
    assert message_of(agent, "EM-66-charset-that-ends-too-early")["body_html"].strip() == "<p>It hums.</p>"
    note = {"kind": "note", "body_html": '<meta http-equiv="content-type" content="charset"><p>x</p>'}
    made = agent.post(f"/v1/tickets/{ticket['id']}/messages", note)
    assert (made.status, made.body["body_html"]) == (201, "<p>x</p>")
