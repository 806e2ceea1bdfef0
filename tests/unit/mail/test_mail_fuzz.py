"""Broken mail on purpose: 2,000 mutants of all that we have, the same ones in every run."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable
from dataclasses import asdict

import mail_fixtures as fixtures
import pytest
from mail_corpora import CORPORA, mails

from helpdesk.mail.intake import quarantine_cause
from helpdesk.mail.model import ParsedMail
from helpdesk.mail.parse import parse
from helpdesk.mail.quoting import trim_html, trim_text
from helpdesk.markup.sanitise import sanitise

MUTANTS = 2_000
SLOWEST = 5.0  # seconds for one mail on a busy machine


def flip_bits(raw: bytes, dice: random.Random) -> bytes:
    octets = bytearray(raw)
    for _ in range(dice.randint(1, 20)):
        if octets:
            octets[dice.randrange(len(octets))] ^= 1 << dice.randrange(8)
    return bytes(octets)


def truncate(raw: bytes, dice: random.Random) -> bytes:
    return raw[: dice.randint(0, len(raw))]


def swap_headers(raw: bytes, dice: random.Random) -> bytes:
    head, end, body = raw.partition(b"\r\n\r\n" if b"\r\n\r\n" in raw else b"\n\n")
    lines = head.splitlines()
    dice.shuffle(lines)
    return b"\r\n".join(lines) + end + body


def edit_boundaries(raw: bytes, dice: random.Random) -> bytes:
    edits = [b"--", b"-----", b"", b"--b", b"\n--\n", b'boundary="', b"boundary=\xff", b"--\x00"]
    return re.sub(rb"(?m)^--", lambda _: dice.choice(edits), raw, count=dice.randint(1, 5)) + dice.choice(edits)


def lie_about_charset(raw: bytes, dice: random.Random) -> bytes:
    lies = [b"utf-7", b"utf-16", b"x-none", b"idna", b"hex", b"iso-2022-jp", b"gb2312", b"rot13", b"punycode", b""]
    return re.sub(rb'charset="?[\w-]+', lambda _: b"charset=" + dice.choice(lies), raw)


def change_encoding(raw: bytes, dice: random.Random) -> bytes:
    kinds = [b"base64", b"quoted-printable", b"x-uuencode", b"8-bit", b"none", b"base64;x", b"\xff"]
    return re.sub(rb"(?i)transfer-encoding: *[\w-]+", lambda _: b"Transfer-Encoding: " + dice.choice(kinds), raw)


def insert_noise(raw: bytes, dice: random.Random) -> bytes:
    at = dice.randint(0, len(raw))
    noise = [b"\0" * 10, b"\r", b"\xff\xfe", b"=?utf-8?q?", b'"', b"<" * 50, b"(" * 50, dice.randbytes(50)]
    return raw[:at] + dice.choice(noise) + raw[at:]


MUTATIONS: list[Callable[[bytes, random.Random], bytes]] = [
    flip_bits, truncate, swap_headers, edit_boundaries, lie_about_charset, change_encoding, insert_noise,
]  # fmt: skip


def test_no_mutant_is_lost_or_takes_long(capsys: pytest.CaptureFixture[str]) -> None:
    sources = [fixtures.raw(name) for name in fixtures.names()]
    sources += [path.read_bytes() for path in mails()] if CORPORA.is_dir() else []
    dice, slowest, held = random.Random(20260303), 0.0, 0
    for number in range(MUTANTS):
        raw = dice.choice(sources)
        for _ in range(dice.randint(1, 3)):
            raw = dice.choice(MUTATIONS)(raw, dice)
        start = time.perf_counter()
        mail = parse(raw)
        held += quarantine_cause(mail) is not None
        show(mail)
        slowest = max(slowest, time.perf_counter() - start)
        assert isinstance(mail, ParsedMail) and mail.size == len(raw), f"mutant {number}"
        assert "mime_unreadable" not in mail.defects, f"mutant {number} ran into the last guard"
    with capsys.disabled():
        print(
            f"\nfuzz: {MUTANTS} mutants of {len(sources)} mails, {held} to quarantine, slowest {slowest * 1000:.0f} ms"
        )
    assert slowest < SLOWEST


def show(mail: ParsedMail) -> None:
    """What happens to a mail before anybody sees it must not raise either."""
    json.dumps(asdict(mail), default=str, ensure_ascii=False).encode("utf-8")
    trim_text(mail.text)
    if mail.html:
        sanitise(trim_html(mail.html) or mail.html, lambda _: None).encode("utf-8")
