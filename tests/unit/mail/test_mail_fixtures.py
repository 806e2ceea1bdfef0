"""Each row of the mail catalogue, told by a mail and its expected result (tests/fixtures/mail)."""

from __future__ import annotations

import email
import email.policy
from typing import Any

import mail_fixtures as fixtures
import pytest
from cryptography import x509

from helpdesk.mail import message_ids
from helpdesk.mail.model import ParsedMail
from helpdesk.mail.parsing import contents, trust
from helpdesk.mail.parsing.parse import parse
from helpdesk.mail.parsing.quoting import trim_html, trim_text
from helpdesk.mail.receiving import intake
from helpdesk.mail.sending import recipients
from helpdesk.markup import content_ids
from helpdesk.markup.html_text import to_text
from helpdesk.markup.sanitise import sanitise

ROWS = [
    *["01", "02", "03", "04", "05", "09", "10", "19", "20", "24", "30", "31", "33", "34", "36", "37", "45", "46"],
    *["52", "53", "54", "55", "56", "57", "58", "59", "60", "61", "62", "63", "64", "65", "66", "67", "70", "71", "73"],
]


def cases(key: str) -> list[str]:
    return [name for name in fixtures.names() if key in fixtures.expected(name)]


@pytest.fixture(autouse=True)
def _fixture_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """The signed mails hang on a root of their own."""
    known = x509.load_pem_x509_certificates((fixtures.FOLDER / "roots.pem").read_bytes())
    monkeypatch.setattr(trust, "roots", lambda: tuple(known))


@pytest.fixture
def case(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[ParsedMail, Any]:
    name, key = request.param
    monkeypatch.setattr(contents, "LARGEST", fixtures.expected(name).get("larger_than", contents.LARGEST))
    return parse(fixtures.raw(name)), fixtures.expected(name)[key]


def each(key: str) -> pytest.MarkDecorator:
    names = cases(key)
    return pytest.mark.parametrize("case", [(name, key) for name in names], ids=names, indirect=True)


def test_every_row_of_this_slice_has_a_fixture() -> None:
    assert [row for row in ROWS if not any(name.startswith(f"EM-{row}-") for name in fixtures.names())] == []


def test_every_mail_has_its_expectation_and_the_other_way_round() -> None:
    assert {path.stem for path in fixtures.FOLDER.glob("*.json")} == set(fixtures.names())


@each("mail")
def test_mail_is_read_as_expected(case: tuple[ParsedMail, Any]) -> None:
    mail, expected = case
    read = fixtures.as_json(mail)
    for name, value in expected.items():
        if name == "attachments":
            check_attachments(mail, value)
        elif name == "header_has":
            assert {key: mail.header(key) for key in value} == value
        elif name.endswith("_has"):
            found = read[name.removesuffix("_has")] or ""
            assert [part for part in value if part not in found] == [], found
        elif name in {"text", "html"}:
            assert (read[name] or "").strip() == (value or "")
            assert (read[name] is None) == (value is None)
        else:
            fixtures.assert_holds(read[name], value)


def check_attachments(mail: ParsedMail, expected: list[dict[str, Any]]) -> None:
    assert len(mail.attachments) == len(expected), mail.attachments
    for found, wanted in zip(mail.attachments, expected, strict=True):
        more = {"size": len(found.content), "text": found.content.decode("utf-8", "replace")}
        assert {key: more.get(key, getattr(found, key, None)) for key in wanted} == wanted


@each("kind")
def test_mail_is_classed_as_expected(case: tuple[ParsedMail, Any]) -> None:
    mail, expected = case
    kind = fixtures.classify(mail)
    assert {name: getattr(kind, name) for name in expected} == expected, kind


@each("cause")
def test_quarantine_cause(case: tuple[ParsedMail, Any]) -> None:
    mail, expected = case
    assert intake.quarantine_cause(mail, fixtures.OWN_ADDRESSES) == expected


@each("requester")
def test_requester(case: tuple[ParsedMail, Any]) -> None:
    mail, expected = case
    assert fixtures.person(intake.requester_of(mail, fixtures.OWN_ADDRESSES)) == expected


@each("own_ids")
def test_own_ids_are_told_from_forged_ones(case: tuple[ParsedMail, Any]) -> None:
    mail, expected = case
    assert [one for one in mail.references if message_ids.verify(one, fixtures.KEY)] == expected


@pytest.mark.parametrize("name", cases("made_up_id"))
def test_mail_without_id_gets_one_from_its_bytes(name: str) -> None:
    raw = fixtures.raw(name)
    made = message_ids.from_raw(raw, "acme.test")
    assert made == message_ids.from_raw(bytes(raw), "acme.test") == message_ids.normalise(f"<{made}>")
    assert made != message_ids.from_raw(raw + b".", "acme.test")


@pytest.mark.parametrize("name", cases("same_content_as"))
def test_redelivery_has_the_same_content_hash(name: str) -> None:
    twin = fixtures.raw(fixtures.expected(name)["same_content_as"])
    assert twin != fixtures.raw(name)
    assert parse(twin).content_hash == parse(fixtures.raw(name)).content_hash


@pytest.mark.parametrize("name", cases("other_content_than"))
def test_reused_id_has_another_content_hash(name: str) -> None:
    other = parse(fixtures.raw(fixtures.expected(name)["other_content_than"]))
    mail = parse(fixtures.raw(name))
    assert mail.message_id == other.message_id and mail.content_hash != other.content_hash


@each("sanitised")
def test_pictures_are_shown_once(case: tuple[ParsedMail, Any]) -> None:
    mail, expected = case
    assert mail.html is not None
    sources = {one.content_id: f"/files/{one.content_id}" for one in mail.attachments if one.inline and one.content_id}
    assert all(content_id == content_ids.normalise(content_id) for content_id in sources)
    assert sanitise(mail.html, sources.get).strip() == expected


@each("trimmed_text")
def test_history_is_trimmed_from_text(case: tuple[ParsedMail, Any]) -> None:
    mail, expected = case
    assert trim_text(mail.text) == expected


@each("trimmed_html")
def test_history_is_trimmed_from_html(case: tuple[ParsedMail, Any]) -> None:
    mail, expected = case
    trimmed = trim_html(mail.html or "")
    assert (None if trimmed is None else to_text(trimmed)) == expected


@each("answer")
def test_answer_has_the_right_headers(case: tuple[ParsedMail, Any]) -> None:
    mail, expected = case
    sent = email.message_from_bytes(fixtures.answer(mail, expected["kind"]), policy=email.policy.default)
    assert {name: sent[name] for name in expected["headers"]} == expected["headers"]
    assert [name for name in expected.get("absent", ()) if name in sent] == []
    if "references" in expected:
        assert sent["References"].split() == expected["references"]


@each("deliverable")
def test_recipients(case: tuple[ParsedMail, Any]) -> None:
    mail, expected = case
    found = recipients.deliverable((*mail.to, *mail.cc), fixtures.OWN_ADDRESSES)
    assert [one.email for one in found] == expected["to"]
