"""What is decided about a mail before any table is written: its ticket, its writer, how far it is to be believed."""

from __future__ import annotations

from typing import Any

import mail_fixtures as fixtures
import pytest

from helpdesk.mail.model import ParsedMail
from helpdesk.mail.parsing.parse import parse
from helpdesk.mail.receiving import forwards, gathering
from helpdesk.mail.receiving.threading import decide
from helpdesk.mail.receiving.verdicts import trust_of
from helpdesk.mail.receiving.writers import writer_of

ROWS = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16", "17", "18",
        "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32", "38", "39", "41", "42", "43", "44", "46",
        "47", "48", "49", "50", "51"]  # fmt: skip


def each(key: str) -> pytest.MarkDecorator:
    names = [name for name in fixtures.names() if key in fixtures.expected(name)]
    return pytest.mark.parametrize("case", [(name, key) for name in names], ids=names, indirect=True)


@pytest.fixture
def case(request: pytest.FixtureRequest) -> tuple[ParsedMail, Any]:
    name, key = request.param
    return parse(fixtures.raw(name)), fixtures.expected(name)[key]


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "mail_key", lambda: fixtures.KEY)


def test_every_row_of_what_comes_in_has_a_fixture() -> None:
    assert [row for row in ROWS if not any(name.startswith(f"EM-{row}-") for name in fixtures.names())] == []


@each("thread")
def test_threading_decides_as_expected(case: tuple[ParsedMail, Any]) -> None:
    mail, expected = case
    decision = decide(fixtures.evidence(mail, expected))
    assert expected.get("reason_has", "") in decision.reason
    assert decision.reason
    for name in ("ticket_id", "link_to", "third_party", "recovery", "ours"):
        if name in expected:
            assert getattr(decision, name) == expected[name], decision
    used = [one["ticket_id"] for one in decision.evidence if one["used"]]
    assert used == [decision.ticket_id] or (decision.ticket_id is None and len(used) <= 1)


@each("trust")
def test_trust(case: tuple[ParsedMail, Any]) -> None:
    _, expected = case
    assert trust_of(expected["verdicts"])["level"] == expected["level"]


@each("sent_by")
def test_the_from_is_kept_where_somebody_else_wrote(case: tuple[ParsedMail, Any]) -> None:
    mail, expected = case
    writer = writer_of(mail, fixtures.OWN_ADDRESSES)
    assert writer is not None
    assert writer.sent_by == expected
    assert trust_of({"dmarc": "PASS"}, writer.sent_by)["level"] == ("unverified" if expected else "verified")


@each("name")
def test_the_name_in_front_of_via_is_the_writers(case: tuple[ParsedMail, Any]) -> None:
    mail, expected = case
    writer = writer_of(mail, fixtures.OWN_ADDRESSES)
    assert writer is not None and writer.address.name == expected


@each("passed_on")
def test_the_mail_in_a_forward(case: tuple[ParsedMail, Any]) -> None:
    mail, (email, text, remark) = case
    assert forwards.asks(mail, [one.email for one in mail.to], fixtures.OWN_ADDRESSES)
    inner = forwards.original_in(mail)
    assert inner is not None and inner.mail.from_ is not None
    assert (inner.mail.from_.email, inner.mail.text.strip(), inner.remark) == (email, text, remark)
