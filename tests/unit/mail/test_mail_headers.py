"""Header values as people, programs and attackers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.mail.parsing import address_lists, charsets, encoded_words, filenames, header_lines, transfer
from helpdesk.mail.parsing.parse import parse


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("John <A@B.com>", [("John", "a@b.com")]),
        ('"Doe, John" <j@x.test>, Doe, Jane <jane@x.test>', [("Doe, John", "j@x.test"), ("Doe, Jane", "jane@x.test")]),
        ("undisclosed-recipients:;", []),
        (
            "Team: Ed <joe@x.test>, john@x.test;, x@y.test",
            [("Ed", "joe@x.test"), ("", "john@x.test"), ("", "x@y.test")],
        ),
        ("=?utf-8?q?M=C3=BCller,_A?= <m@x.test>", [("Müller, A", "m@x.test")]),
        ('"=?utf-8?q?M=C3=BCller?=" <m@x.test>', [("Müller", "m@x.test")]),
        ("m@x.test (Maja Müller)", [("Maja Müller", "m@x.test")]),
        ("<spaced out@x.test >", [("", "spacedout@x.test")]),
        ("mailto:x@y.test", [("", "x@y.test")]),
        ("'q@x.test' <q@x.test>", [("", "q@x.test")]),
        ("=?utf-8?B?SsO8cmdlbiA8akB4LnRlc3Q+?=", [("Jürgen", "j@x.test")]),
        (", , x@y.test", [("", "x@y.test")]),
        ("<<a@b.test>>", [("", "a@b.test")]),
        ("a@b.test>", [("", "a@b.test")]),
        ("Me@Home <a@b.test>", [("Me@Home", "a@b.test")]),
        ("MAILER-DAEMON", []),
        ("", []),
    ],
)
def test_address_lists(value: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.name, one.email) for one in address_lists.parse(value)] == expected


@given(st.text(max_size=300) | st.text('<>()",;:@=? abc\\', max_size=300))
def test_address_lists_never_raise(value: str) -> None:
    assert all("@" in one.email and "\n" not in one.name for one in address_lists.parse(value))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?a_b=C3=A4?= c", "a bä c"),
        ("=?utf-8?b?w6Q=?= =?utf-8?b?w7Y=?=", "äö"),
        ("=?utf-8?b?4pyT4p?=\r\n =?utf-8?b?yT?=", "✓✓"),
        ("=?gb2312?b?xOO6ww==?=", "你好"),
        ("=?iso-8859-1?q?caf=E9?= =?utf-8?q?_=C3=A9?=", "café é"),
        ("=?x-none?q?caf=C3=A9?=", "café"),
        ("=?utf-8?q?broken", "=?utf-8?q?broken"),
        ("folded\r\n line", "folded line"),
    ],
)
def test_encoded_words(value: str, text: str) -> None:
    assert encoded_words.decode(value) == text


@pytest.mark.parametrize(
    ("payload", "declared", "text", "defect"),
    [
        ("ä".encode(), "utf-8", "ä", None),
        ("ä€".encode("cp1252"), "iso-8859-1", "ä€", None),
        ("ä€".encode(), "iso-8859-1", "ä€", "charset_wrong"),
        ("привет, как дела".encode("cp1251"), "windows-1251", "привет, как дела", None),
        ("plain".encode("utf-16"), "utf-16", "plain", None),
        (b"a\0b", None, "ab", None),
        ("ä".encode(), None, "ä", "charset_missing"),
        ("ä".encode(), "x-made-up", "ä", "charset_unknown"),
        ("ä".encode() * 300 + b"\xc3", "utf-8", "ä" * 300 + "\ufffd", "charset_broken_bytes"),
        (b"Hi +2D3-", "utf-7", "Hi \ufffd", "charset_broken_bytes"),
    ],
)
def test_charsets(payload: bytes, declared: str | None, text: str, defect: str | None) -> None:
    assert charsets.decode(payload, declared) == (text, defect)


@given(st.binary(max_size=200), st.text(max_size=20) | st.sampled_from(["idna", "hex", "utf-7", "unicode_escape"]))
def test_charsets_never_raise(payload: bytes, declared: str) -> None:
    charsets.decode(payload, declared)[0].encode("utf-8")


@pytest.mark.parametrize(
    ("payload", "encoding", "content"),
    [
        (b"SGVsbG8=", "base64", b"Hello"),
        (b"SGVs\r\nbG8", "BASE64", b"Hello"),
        (b"SGVsbG8=\r\n-- \r\nlist footer!", "base64", b"Hello"),
        (b"SGVsbG8=\r\nSGVsbG8=", "base64", b"HelloHello"),
        (b"S*G*V*sbG8=", "base64; x", b"Hello"),
        (b"a=C3=A4=\r\nb", "quoted printable", b"a\xc3\xa4b"),
        (b"a=", "7-bit", b"a="),
        (b"x", "made-up", b"x"),
        (b"begin 644 a\n#0V%T\n`\nend", "x-uuencode", b"Cat"),
    ],
)
def test_transfer_encodings(payload: bytes, encoding: str, content: bytes) -> None:
    assert transfer.decode(payload, encoding)[0] == content


@given(st.binary(max_size=200), st.sampled_from(["base64", "quoted-printable", "uuencode", ""]))
def test_transfer_encodings_never_raise(payload: bytes, encoding: str) -> None:
    transfer.decode(payload, encoding)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a.pdf", "a.pdf"),
        ("../../etc/passwd", "etc_passwd"),
        ("C:\\x\\a.exe", "C_x_a.exe"),
        ("a\r\nb\0.txt", "a_b_.txt"),
        ("gpj.\u202eexe", "gpj._exe"),
        ("con.txt", "_con.txt"),
        (" . ", "attachment-3.png"),
        (None, "attachment-3.png"),
    ],
)
def test_file_names_are_safe(name: str | None, safe: str) -> None:
    assert filenames.safe(name, "image/png", 3) == safe


@given(st.text(max_size=400))
def test_any_file_name_is_short_and_flat(name: str) -> None:
    safe = filenames.safe(name, "application/pdf", 1)
    assert 0 < len(safe) <= filenames.LONGEST and not set('/\\:*?"<>|\0\n') & set(safe) and safe not in {".", ".."}


def test_file_names_differ() -> None:
    taken: set[str] = set()
    names = [filenames.unique(name, taken) for name in ("a.pdf", "A.PDF", "a.pdf", "b", "b")]
    assert names == ["a.pdf", "A (2).PDF", "a (3).pdf", "b", "b (2)"]


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_line_ends_of_all_kinds(end: bytes) -> None:
    lines = [b"From: zoe@customer.test", b"Subject: a", b" b", b"", b"body", b"more"]
    mail = parse(end.join(lines))
    assert (mail.subject, mail.text, mail.from_ and mail.from_.email) == ("a b", "body\nmore", "zoe@customer.test")


def test_a_forgotten_empty_line_ends_the_header() -> None:
    mail = parse(b"From: zoe@customer.test\nSubject: x\nDear team,\nplease: help\n")
    assert mail.subject == "x" and "Dear team," in mail.text


def test_a_stray_line_among_the_headers_is_left_out() -> None:
    raw = b"From: zoe@customer.test\nwhat is this\nContent-Type: text/html\nSubject: x\n\n<p>body</p>"
    mail = parse(raw)
    assert (mail.subject, mail.text, mail.html) == ("x", "body", "<p>body</p>") and "header_malformed" in mail.defects


@given(st.binary(max_size=300))
def test_header_lines_never_raise(raw: bytes) -> None:
    header_lines.read(raw).decoded()


@given(st.binary(max_size=400))
def test_parse_never_raises(raw: bytes) -> None:
    assert parse(raw).size == len(raw)
