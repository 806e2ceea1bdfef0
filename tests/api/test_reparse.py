"""The archive read again: what the present parser finds is shown, then taken over by an event, once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from helpdesk.core import clock
from infra.commands.reparse import report
from tests.callers import Caller
from tests.inbound import a_mail, receive

EVER = datetime(2020, 1, 1, tzinfo=UTC)


@contextmanager
def an_older_parser(monkeypatch: pytest.MonkeyPatch, **otherwise: object) -> Iterator[None]:
    """One that read less."""
    from helpdesk.mail.parsing.parse import parse
    from helpdesk.mail.receiving import inbound

    def parse_as_before(raw: bytes):
        return replace(parse(raw), parser_version=1, content_hash="0" * 64, **otherwise)

    with monkeypatch.context() as patch:
        patch.setattr(inbound, "parse", parse_as_before)
        yield


def taken_over(*, apply: bool = True, since: datetime = EVER) -> list[str]:
    return list(report(since, apply=apply))


def message_of(agent: Caller, ticket_id: str) -> dict:
    return agent.get(f"/v1/tickets/{ticket_id}/messages").body["data"][0]


def types_of(cloud, admin: Caller) -> list[str]:
    cloud.pump()
    return [event["type"] for event in admin.get("/v1/events?after=0&limit=500").body["data"]]


def with_file():
    mail = a_mail(text="It stops after three minutes.")
    mail.add_attachment(b"log line", maintype="text", subtype="plain", filename="charger.log")
    return mail


def test_it_tells_first_and_writes_only_when_asked(cloud, agent, admin, monkeypatch):
    with an_older_parser(monkeypatch, text="It sto", subject="The", defects=("charset_wrong",)):
        row = receive(with_file())
    before = message_of(agent, row["ticket_id"])
    told = taken_over(apply=False)
    assert f"{row['id']} ticket {row['ticket_id']}: text, html, subject, defects" in told
    assert "    subject: The -> The charger stops" in told and "    defects: charset_wrong -> date_missing" in told
    assert told[-1] == "nothing was written; --apply takes it over"
    assert message_of(agent, row["ticket_id"]) == before
    assert "message.reparsed" not in types_of(cloud, admin)


def test_what_differs_is_taken_over_by_an_event_once(cloud, agent, admin, monkeypatch):
    with an_older_parser(monkeypatch, text="It sto", subject="The", defects=("charset_wrong",)):
        row = receive(with_file())
    ticket = agent.get(f"/v1/tickets/{row['ticket_id']}").body
    file = message_of(agent, row["ticket_id"])["attachments"][0]
    taken_over()
    message = message_of(agent, row["ticket_id"])
    assert message["body_text"].strip() == "It stops after three minutes." and message["defects"] == ["date_missing"]
    assert message["attachments"] == [file], "a known file keeps its id"
    after = agent.get(f"/v1/tickets/{row['ticket_id']}").body
    assert (after["version"], after["snippet"]) == (ticket["version"] + 1, "It stops after three minutes.")
    assert after["subject"] == ticket["subject"], "the ticket's own subject is people's affair"
    assert types_of(cloud, admin).count("message.reparsed") == 1
    assert taken_over()[-1].endswith("0 differ") and types_of(cloud, admin).count("message.reparsed") == 1
    assert admin.get(f"/v1/mail/{row['id']}").body["parser_version"] > 1


def test_the_snapshot_stays_the_fold_of_its_events(cloud, agent, monkeypatch):
    from helpdesk.tickets import store
    from helpdesk.tickets.model import fold

    with an_older_parser(monkeypatch, text="It sto", attachments=()):
        row = receive(with_file())
    taken_over()
    ticket = store.get_ticket("acme", row["ticket_id"])
    assert ticket == fold("acme", row["ticket_id"], store.get_events("acme", row["ticket_id"]))
    assert ticket.has_attachments


def test_files_that_were_overlooked_come_and_none_goes(cloud, agent, monkeypatch):
    with an_older_parser(monkeypatch, attachments=()):
        found = receive(with_file())
    taken_over()
    (file,) = message_of(agent, found["ticket_id"])["attachments"]
    assert file["filename"] == "charger.log" and agent.get(f"/v1/attachments/{file['id']}").status == 302
    from helpdesk.mail.parsing.parse import parse

    (known,) = parse(with_file().as_bytes()).attachments
    more = replace(known, filename="made-up.txt", content=b"old", sha256="f" * 64)
    with an_older_parser(monkeypatch, attachments=(known, more)):
        kept = receive(with_file())
    taken_over()
    names = [one["filename"] for one in message_of(agent, kept["ticket_id"])["attachments"]]
    assert names == ["charger.log", "made-up.txt"]


def test_bytes_that_changed_keep_the_address_of_their_file(cloud, agent, monkeypatch):
    from helpdesk.mail.parsing.parse import parse
    from helpdesk.tickets.attachment_store import get_attachment

    (known,) = parse(with_file().as_bytes()).attachments
    worse = replace(known, content=known.content + b"\r\n", sha256="e" * 64)
    with an_older_parser(monkeypatch, attachments=(worse,)):
        row = receive(with_file())
    (before,) = message_of(agent, row["ticket_id"])["attachments"]
    taken_over()
    (after,) = message_of(agent, row["ticket_id"])["attachments"]
    assert after["id"] == before["id"] and (before["sha256"], after["sha256"]) == ("e" * 64, known.sha256)
    assert get_attachment("acme", after["id"])["key"].endswith(known.sha256)


def test_a_long_body_changes_too(cloud, agent, monkeypatch):
    text = "It stops.\n" * 5_000
    with an_older_parser(monkeypatch, text="old " * 10_000):
        row = receive(a_mail(text=text))
    taken_over()
    assert message_of(agent, row["ticket_id"])["body_text"].split() == text.split()
    assert taken_over()[-1].endswith("0 differ")


def test_a_redelivery_is_known_after_the_change(cloud, agent, monkeypatch):
    mail = a_mail(Message_ID="<one@customer.test>")
    with an_older_parser(monkeypatch):
        receive(mail)
    taken_over()
    assert receive(mail)["outcome"] == "duplicate"


def test_mail_that_is_understood_now_is_only_told(cloud, admin, monkeypatch):
    with an_older_parser(monkeypatch, from_=None):
        row = receive(a_mail())
    assert row["cause"] == "no_sender"
    told = taken_over()
    assert f"{row['id']} quarantine (no_sender): is understood now" in told
    assert admin.get(f"/v1/mail/{row['id']}").body["outcome"] == "quarantine"


def test_what_a_person_released_stays_a_persons(cloud, agent, admin):
    row = receive(a_mail(Auto_Submitted="auto-replied"), spam="FAIL")
    released = admin.put(f"/v1/mail/{row['id']}/release").body
    assert message_of(agent, released["ticket_id"])["automatic"] is False
    assert taken_over(apply=False)[-1].endswith("0 differ")


def test_only_mail_since_the_day_is_read(cloud, agent):
    receive(a_mail())
    assert taken_over(since=clock.now() + timedelta(days=1)) == [
        f"0 mails read by parser {_version()}, 0 differ",
    ]
    assert taken_over(since=clock.now() - timedelta(days=1))[-1].startswith("1 mails read")


def _version() -> int:
    from helpdesk.mail.model import PARSER_VERSION

    return PARSER_VERSION
