"""Mail of other projects: each file becomes a mail, none raises, none takes long."""

from __future__ import annotations

import statistics
import time
from collections import Counter

import pytest
from mail_corpora import mails, needs_corpora

from helpdesk.mail.model import ParsedMail
from helpdesk.mail.parsing.parse import parse
from helpdesk.mail.receiving.intake import quarantine_cause

pytestmark = needs_corpora


def test_every_file_becomes_a_mail(capsys: pytest.CaptureFixture[str]) -> None:
    parsed = {path.name: parse(path.read_bytes()) for path in mails()}
    causes = Counter(str(quarantine_cause(mail) or "message") for mail in parsed.values())
    defects = Counter(code for mail in parsed.values() for code in mail.defects)
    with capsys.disabled():
        print(f"\ncorpus: {len(parsed)} mails, {dict(causes)}, defects {dict(defects)}")
    assert len(parsed) > 100
    assert all(isinstance(mail, ParsedMail) and len(mail.content_hash) == 64 for mail in parsed.values())
    assert not defects.keys() & {"mime_unreadable", "out_of_bounds", "too_large"}
    assert causes["message"] >= len(parsed) - 1


def test_median_parse_time_is_within_budget(capsys: pytest.CaptureFixture[str]) -> None:
    times = []
    for raw in [path.read_bytes() for path in mails()] * 2:
        start = time.process_time()
        parse(raw)
        times.append((time.process_time() - start) * 1000)
    warm = times[len(times) // 2 :]
    with capsys.disabled():
        print(f"\nparse: median {statistics.median(warm):.2f} ms, max {max(warm):.1f} ms")
    assert statistics.median(warm) < 20


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("japanese_shift_jis.eml", "このメールはテスト用のメールです。"),
        ("ks_c_5601-1987.eml", "스티해"),
        ("japanese_iso_2022.eml", "すみません。"),
        ("all-special-chars.eml", "íářčšáíéř"),
    ],
)
def test_words_in_foreign_charsets_arrive(name: str, words: str) -> None:
    path = next(path for path in mails() if path.name == name)
    assert words in parse(path.read_bytes()).text


@pytest.mark.parametrize(
    ("name", "filename"),
    [
        ("japanese_attachment.eml", "てすと.txt"),
        ("attachment_nonascii_filename.eml", "ciële.txt"),
        ("attachment_content_location.eml", "Photo25.jpg"),
        ("attachment_with_quoted_filename.eml", "Eelanalüüsi päring.jpg"),
        ("attachment_with_base64_encoded_name.eml", "This is a test.pdf"),
    ],
)
def test_file_names_are_found(name: str, filename: str) -> None:
    path = next(path for path in mails() if path.name == name)
    assert [one.filename for one in parse(path.read_bytes()).attachments] == [filename]
