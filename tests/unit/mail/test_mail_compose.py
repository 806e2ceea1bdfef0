"""What we send: the bytes are mail that others read as we meant it, and nobody can smuggle a line in."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.mail.model import Address
from helpdesk.mail.parsing.parse import parse
from helpdesk.mail.parsing.quoting import trim_html, trim_text
from helpdesk.mail.sending import templates
from helpdesk.mail.sending.compose import (
    Envelope,
    Notice,
    Quoted,
    ReplyMail,
    compose_notice,
    compose_reply,
    references_of,
)
from helpdesk.mail.sending.wire import OutgoingAttachment

AT = datetime(2026, 3, 3, 14, 5, tzinfo=UTC)
ENVELOPE = Envelope(
    sender_name="Änne Müller (Acme, Inc.)",
    support_address="support@acme.test",
    to=(Address('Zoë "Z" Zimmer', "zoe@customer.test"),),
    message_id="<01JB2Q4K7N8V6X3Z5Y9WATMDEC.aaaaaaaaaaaaaaaa@acme.test>",
    subject="Re: Drucker brummt",
    sent_at=AT,
    delivery_id="01JB",
    loop_header="acme.bbbbbbbbbbbbbbbb",
    reply_to="support+t.x@acme.test",
    cc=(Address("", "bo@elsewhere.test"),),
    in_reply_to="first@customer.test",
    references=("first@customer.test", "x" * 200 + "@customer.test"),
    configuration_set="desk",
)
QUOTED = Quoted("Zoë <Z>", AT, "It hums.\n> older\n\nStill.", '<p>It hums. <img src="/v1/attachments/1"></p>')
REPLY = ReplyMail(ENVELOPE, "Grüße\n\nTry this.", "<p>Grüße</p><p>Try this.</p>", quoted=QUOTED)


def read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def bodies(raw: bytes) -> tuple[str, str]:
    message = read(raw)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text and html
    return text.get_content().replace("\r\n", "\n"), html.get_content().replace("\r\n", "\n")


def test_reply_is_read_as_it_was_meant() -> None:
    mail = parse(compose_reply(REPLY))
    assert mail.defects == ()
    assert mail.from_ == Address("Änne Müller (Acme, Inc.)", "support@acme.test")
    assert mail.to == ENVELOPE.to and mail.cc == ENVELOPE.cc
    assert mail.reply_to[0].email == "support+t.x@acme.test"
    assert (mail.subject, mail.date) == (ENVELOPE.subject, AT)
    assert mail.message_id == ENVELOPE.message_id.strip("<>")
    assert mail.in_reply_to == ("first@customer.test",) and mail.references == ENVELOPE.references
    assert not mail.automatic


def test_same_values_give_the_same_bytes() -> None:
    assert compose_reply(REPLY) == compose_reply(REPLY)


def test_no_line_is_too_long_and_all_end_in_crlf() -> None:
    raw = compose_reply(replace(REPLY, body_text="x" * 5000, body_html="<p>" + "y" * 5000 + "</p>"))
    lines = raw.split(b"\r\n")
    assert max(map(len, lines)) <= 998 and not any(b"\n" in line or b"\r" in line for line in lines)
    assert raw.isascii()


@pytest.mark.parametrize(("locale", "words"), [("en", "wrote:"), ("de-AT", "schrieb Zoë <Z>:"), ("xx", "wrote:")])
def test_quoted_message_stands_below_in_the_language_of_the_reader(locale: str, words: str) -> None:
    text, html = bodies(compose_reply(replace(REPLY, envelope=replace(ENVELOPE, locale=locale))))
    assert words in text and "> It hums.\n>> older\n>\n> Still." in text
    assert "Zoë &lt;Z&gt;" in html and "<p>It hums. </p>" in html
    assert trim_text(text) == "Grüße\n\nTry this."
    trimmed = trim_html(html)
    assert trimmed and "Try this." in trimmed and "hums" not in trimmed


def test_without_a_quote_nothing_hangs_below() -> None:
    text, html = bodies(compose_reply(replace(REPLY, quoted=None)))
    assert text == "Grüße\n\nTry this.\n" and "wrote" not in html


def test_files_and_pictures_travel() -> None:
    files = (
        OutgoingAttachment("Rechnung März.pdf", "application/pdf", b"%PDF"),
        OutgoingAttachment("shot.png", "image/png", b"PNG", "pic1"),
        OutgoingAttachment("mail.eml", "message/rfc822", b"From: x@y.test\r\n\r\nx"),
        OutgoingAttachment("odd\r\nBcc: a@b.test", "no type", b"?"),
    )
    html = '<p>See <img src="cid:pic1"><img src="/v1/attachments/9"><img src="cid:other"></p>'
    mail = parse(compose_reply(replace(REPLY, body_html=html, attachments=files)))
    found = {one.filename: (one.inline, one.content, one.content_type) for one in mail.attachments}
    assert found["Rechnung März.pdf"] == (False, b"%PDF", "application/pdf")
    assert found["shot.png"] == (True, b"PNG", "image/png")
    assert found["mail.eml"] == (False, b"From: x@y.test\r\n\r\nx", "application/octet-stream")
    assert len(found) == 4 and mail.html and mail.html.count("<img") == 1


@given(st.text(max_size=80))
def test_no_header_can_be_smuggled_in(text: str) -> None:
    evil = f"{text}\0\x1b\r\nBcc: evil@evil.test\r\n\r\nbody"
    envelope = replace(
        ENVELOPE,
        sender_name=evil,
        subject=evil,
        message_id=evil,
        delivery_id=evil,
        loop_header="x\r\nBcc: evil@evil.test",
        reply_to="support@acme.test\r\nBcc: evil@evil.test",
        to=(Address(evil, "zoe@customer.test\r\nBcc: evil@evil.test"),),
        in_reply_to=evil,
        references=(evil,),
        configuration_set="desk\nBcc: evil@evil.test",
    )
    head = compose_reply(replace(REPLY, envelope=envelope)).partition(b"\r\n\r\n")[0].decode()
    names = [line.partition(":")[0] for line in head.split("\r\n") if not line.startswith(" ")]
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", head)
    assert "Bcc" not in names and len(names) == len(set(names)) <= 14


def test_template_syntax_of_strangers_is_text() -> None:
    text, html = bodies(compose_reply(replace(REPLY, body_text="{{ 7*7 }}", body_html="<p>{{ 7*7 }}{% x %}</p>")))
    assert "{{ 7*7 }}" in text and "{{ 7*7 }}{% x %}" in html


def test_acknowledgement_says_that_it_is_automatic() -> None:
    values = {"org": "Acme & Co", "number": 1001, "name": "Zoë <b>", "subject": "x"}
    raw = compose_notice(Notice(ENVELOPE, "acknowledgement", values))
    mail, (text, html) = parse(raw), bodies(raw)
    assert mail.header("Auto-Submitted") == "auto-replied"
    assert mail.header("X-Auto-Response-Suppress") == "All"
    assert mail.header("X-Lambdesk-Loop") == ENVELOPE.loop_header
    assert "1001" in text and "Hello Zoë <b>," in text
    assert "Acme &amp; Co" in html and "Zoë &lt;b&gt;" in html


@pytest.mark.parametrize("locale", ["en", "de"])
def test_sign_in_link(locale: str) -> None:
    envelope = replace(ENVELOPE, locale=locale, in_reply_to=None, references=(), reply_to="", cc=())
    link = "https://desk.test/portal/#/sign-in/a-b_c"
    raw = compose_notice(Notice(envelope, "sign_in_link", {"org": "Acme", "link": link, "minutes": 15}))
    mail, (text, html) = parse(raw), bodies(raw)
    assert mail.header("Auto-Submitted") == "auto-generated" and mail.header("Reply-To") is None
    assert f"\n{link}\n" in text and f'href="{link}"' in html and "15" in text


def test_every_language_has_every_template() -> None:
    folders = [path for path in templates._FOLDER.iterdir() if path.is_dir()]
    assert {path.name for path in folders} >= {"en", "de"}
    assert len({frozenset(path.name for path in folder.iterdir()) for folder in folders}) == 1


@pytest.mark.parametrize(
    ("chain", "length"), [([], 0), (["a"], 1), (["a", "", "a", "b"], 2), (list(map(str, range(50))), 20)]
)
def test_references_keep_the_root_and_the_newest(chain: list[str], length: int) -> None:
    found = references_of(chain)
    assert len(found) == length
    assert not found or (found[0], found[-1]) == (chain[0], chain[-1])
