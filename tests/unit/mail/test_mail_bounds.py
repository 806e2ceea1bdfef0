"""Mail that is too much: large, deep, many-headed, or no mail at all."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from helpdesk.mail.model import QuarantineCause
from helpdesk.mail.parsing import contents
from helpdesk.mail.parsing.parse import LARGEST, parse
from helpdesk.mail.parsing.quoting import trim_html, trim_text
from helpdesk.mail.receiving.intake import quarantine_cause
from helpdesk.markup.html_text import to_text
from helpdesk.markup.sanitise import sanitise

HEAD = b"From: zoe@customer.test\r\nTo: support@acme.test\r\nSubject: x\r\n"


def nested(depth: int) -> bytes:
    opening = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    return HEAD + opening + b"Content-Type: text/plain\r\n\r\nbottom\r\n"


def many_parts(count: int) -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * count + b"--b--"


@pytest.mark.parametrize(
    ("raw", "cause"),
    [
        (b"", QuarantineCause.EMPTY),
        (b"\r\n\r\n", QuarantineCause.EMPTY),
        (b"just some words, no header", QuarantineCause.UNPARSEABLE),
        (bytes(range(256)) * 100, QuarantineCause.UNPARSEABLE),
        (b"\x89PNG\r\n\x1a\n" + b"\0\xff" * 500, QuarantineCause.UNPARSEABLE),
        (b"Subject: hello\r\n\r\nno sender", QuarantineCause.NO_SENDER),
        (b"From: zoe@customer.test\r\n\r\n", QuarantineCause.EMPTY),
    ],
)
def test_what_is_no_mail_waits_for_a_person(raw: bytes, cause: QuarantineCause) -> None:
    mail = parse(raw)
    assert mail.defects and quarantine_cause(mail) == cause


@pytest.mark.parametrize(
    ("raw", "defect"),
    [
        (nested(60), "out_of_bounds"),
        (nested(3_000), "out_of_bounds"),
        (many_parts(1_100), "out_of_bounds"),
        (many_parts(50_000), "out_of_bounds"),
        (HEAD + b"X-A: b\r\n" * 100_000 + b"\r\nbody", "headers_too_many"),
        (HEAD + b"X-Long: " + b"a" * 1_000_000 + b"\r\n\r\nbody", "headers_too_many"),
        (many_parts(1)[:-5] + b"A: b\r\n" * 100_000, None),
    ],
)
def test_bombs_are_bounded_and_kept(raw: bytes, defect: str | None) -> None:
    start = time.process_time()
    mail = parse(raw)
    assert time.process_time() - start < 3
    assert defect is None or defect in mail.defects
    assert mail.from_ and quarantine_cause(mail) is None


def test_bounds_leave_room_for_honest_mail() -> None:
    assert parse(nested(40)).text == "bottom"
    assert "out_of_bounds" not in parse(many_parts(900)).defects


@pytest.mark.parametrize("megabytes", [26, 39])
def test_large_mail_is_read_within_memory(megabytes: int) -> None:
    line = b"A" * 76 + b"\r\n"
    head = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the file.\r\n--b\r\n"
    file_head = b"Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    raw = head + file_head + line * (megabytes * 1024 * 1024 // len(line)) + b"--b--\r\n"
    tracemalloc.start()
    mail = parse(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert mail.text == "See the file." and len(mail.attachments[0].content) > megabytes * 700_000
    assert peak < 400 * 1024 * 1024


def test_beyond_the_limit_the_header_is_read_and_the_rest_waits() -> None:
    mail = parse(HEAD + b"\r\n" + b"x\r\n" * (LARGEST // 3 + 1))
    assert mail.from_ and "too_large" in mail.defects
    assert quarantine_cause(mail) == QuarantineCause.TOO_LARGE


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<blockquote>" * 20_000,
        "<x>" * 50_000,
        '<a href="http://x">' * 5_000,
        "<table><tr><td>" * 10_000,
        "<" * 100_000,
        '<img src="' * 50_000,
        "&" * 100_000,
        "<object data=" * 20_000,
        "<p>From: x<br>" * 20_000,
    ],
)
def test_html_bombs_are_bounded(html: str) -> None:
    start = time.process_time()
    to_text(html)
    sanitise(html, lambda _: None)
    trim_html(html)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "line", ["On 1 wrote: x:", "> On 1, a@b wrote:", "From: x", "a" * 300 + ":", "--", "1:00 a@b:"]
)
def test_text_bombs_are_bounded(line: str) -> None:
    start = time.process_time()
    trim_text("\n".join([line] * 20_000))
    assert time.process_time() - start < 5


def test_text_that_is_shortened_says_so() -> None:
    html = HEAD + b"Content-Type: text/html\r\n\r\n" + b"<p>word</p>" * 120_000
    plain = HEAD + b"\r\n" + b"word " * 1_100_000
    assert "text_shortened" in parse(html).defects and len(parse(html).html or "") == 11 * 120_000
    assert "text_shortened" in parse(plain).defects
    assert "text_shortened" not in parse(html[:500_000]).defects + parse(plain[:4_000_000]).defects


def test_a_library_that_breaks_down_costs_the_structure_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    panic = type("PanicException", (BaseException,), {})

    def fail(*_: object) -> None:
        raise panic

    raw = many_parts(1)
    with monkeypatch.context() as patch:
        patch.setattr(contents.signatures, "judge", fail)
        mail = parse(raw)
        assert mail.text == "x" and "signature_unreadable" in mail.defects
    monkeypatch.setattr(contents.bodies, "collect", fail)
    mail = parse(raw)
    assert "mime_unreadable" in mail.defects and "x" in mail.text and mail.from_
    monkeypatch.setattr(contents.bodies, "collect", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        parse(raw)
