"""Mail made to keep us busy, or to fill our memory: each is read within its bounds, and kept."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import zipfile
from base64 import b64encode, encodebytes
from pathlib import Path

import mail_tnef as tnef
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7

from helpdesk.mail.parsing import bounds
from helpdesk.mail.parsing.parse import parse
from helpdesk.mail.receiving.intake import quarantine_cause
from tests.fixtures.make_signed_mail import certificate

HEAD = b"From: zoe@customer.test\r\nTo: support@acme.test\r\nSubject: x\r\n"
SECONDS = 3


def file(content: bytes, kind: bytes = b"application/octet-stream") -> bytes:
    return (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the file.\r\n--b\r\n"
        b"Content-Type: " + kind + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + encodebytes(content) + b"--b--"
    )


def winmail(*objects: bytes) -> bytes:
    return file(tnef.HEAD + b"".join(objects), b"application/ms-tnef; name=winmail.dat")


def calendar(body: str) -> bytes:
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{body}\nEND:VCALENDAR\n"
    return HEAD + b"Content-Type: text/calendar\r\n\r\n" + text.encode()


def event(*lines: str) -> str:
    return "\n".join(["BEGIN:VEVENT", "SUMMARY:x", "DTSTART:20260703T080000Z", *lines, "END:VEVENT"])


RULE = "BEGIN:{0}\nDTSTART:19700101T000000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:{1}\nEND:{0}\n"
HOURS = ",".join(map(str, range(24)))


def zone(rule: str) -> str:
    rules = RULE.format("STANDARD", rule) + RULE.format("DAYLIGHT", rule)
    return f"BEGIN:VTIMEZONE\nTZID:x\n{rules}END:VTIMEZONE\n"


def bomb_zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("zeros", b"\0" * 50_000_000)
    return packed.getvalue()


def endless_rtf() -> bytes:
    """Each reference of two bytes copies seventeen."""
    return b"\0" * 8 + b"LZFu" + b"\0" * 4 + (b"\xff" + b"\x00\x0f" * 8) * 40_000


def wrapped(depth: int) -> bytes:
    inner = tnef.HEAD + tnef.file("deep.txt", b"x")
    for _ in range(depth):
        signature = b"\x07\x03\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"
        data = tnef.properties(tnef.value(tnef.OBJECT, 0x3701, signature + inner))
        inner = tnef.HEAD + tnef.in_file(tnef.BEGINS, b"\1\0") + tnef.in_file(tnef.FILE, data)
    return inner[len(tnef.HEAD) :]


def signed_within(depth: int) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    owner = certificate("Zoe", key, None, key, email="zoe@customer.test")
    inner = b"Content-Type: text/plain\r\n\r\nbottom\r\n"
    head = b"Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    for _ in range(depth):
        builder = pkcs7.PKCS7SignatureBuilder().set_data(inner).add_signer(owner, key, hashes.SHA256())
        inner = head + encodebytes(builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary]))
    return HEAD + inner


BOMBS = {
    "a zip of zeros": file(bomb_zip(), b"application/zip"),
    "a winmail.dat with four billion properties": winmail(tnef.item(tnef.MESSAGE, b"\xff\xff\xff\xff" * 20)),
    "a winmail.dat with four billion values of no length": winmail(
        tnef.item(tnef.MESSAGE, b"\x01\0\0\0\x01\x10\x01\0\xff\xff\xff\xff")
    ),
    "a winmail.dat with 200,000 objects": winmail(tnef.item(tnef.BODY, b"") * 200_000),
    "a winmail.dat with 5,000 files": winmail(tnef.file("a.txt", b"x") * 5_000),
    "a winmail.dat in a winmail.dat": winmail(wrapped(60)),
    "rich text that swells": winmail(
        tnef.item(tnef.MESSAGE, tnef.properties(tnef.value(tnef.BINARY, 0x1009, endless_rtf())))
    ),
    "rich text with 100,000 groups": winmail(
        tnef.item(
            tnef.MESSAGE,
            tnef.properties(tnef.value(tnef.BINARY, 0x1009, tnef.stored_rtf(b"{\\rtf1 " + b"{\\*" * 100_000))),
        )
    ),
    "a signature in a signature": signed_within(12),
    "DER that never ends": file(b"\x30\x80" * 200_000, b"application/pkcs7-mime; name=smime.p7m"),
    "DER that claims to be huge": file(b"\x30\x84\xff\xff\xff\xff", b"application/pkcs7-mime; name=smime.p7m"),
    "10,000 events": calendar("\n".join([event()] * 4_000)),
    "10,000 guests": calendar(event(*["ATTENDEE;CN=x:mailto:x@y.test"] * 10_000)),
    "an event for ever": calendar(event("RRULE:FREQ=SECONDLY;INTERVAL=1")),
    "a calendar in a calendar": calendar("BEGIN:VEVENT\n" * 20_000),
    "a zone that changes every second": calendar(zone("FREQ=SECONDLY") + event("DTEND;TZID=x:20260703T103000")),
    "a zone that changes each minute of a year": calendar(
        zone(f"FREQ=YEARLY;BYHOUR={HOURS};BYMINUTE={HOURS}") + event("DTEND;TZID=x:20260703T103000")
    ),
    "a zone of 10,000 rules": calendar(
        "BEGIN:VTIMEZONE\nTZID:x\n"
        + RULE.format("STANDARD", "FREQ=YEARLY") * 4_000
        + "END:VTIMEZONE\n"
        + event("DTEND;TZID=x:20260703T103000")
    ),
    "a line of the calendar of half a megabyte": calendar(event("DESCRIPTION:" + "x\\n" * 150_000)),
    "encoded words without end": HEAD + b"X-A: " + b"=?utf-8?q?a?= " * 15_000 + b"\r\n\r\nx",
    "recipients without end": HEAD + b"Cc: " + b"a@x.test, " * 20_000 + b"\r\n\r\nx",
    "brackets without end": HEAD + b"Cc: " + b"(" * 30_000 + b"<" * 30_000 + b"\r\n\r\nx",
    "references without end": HEAD + b"References: " + b"<a@x.test> " * 20_000 + b"\r\n\r\nx",
    "a megabyte of nothing": HEAD + b"\r\n" + b"\0" * 1_000_000,
    "nothing in the names of headers": b"\0".join(HEAD.splitlines(keepends=True)) + b"\r\nx",
    "a body of one character reference": HEAD + b"Content-Type: text/html\r\n\r\n" + b"&#" + b"1" * 500_000 + b";",
    "html of five million links": HEAD + b"Content-Type: text/html\r\n\r\n" + b"<a href=x>y</a>" * 400_000,
    "html within html": HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div><p><b>" * 300_000,
    "html of one attribute": HEAD + b"Content-Type: text/html\r\n\r\n<a " + b"x " * 2_000_000 + b">y</a>",
    "boundaries that almost are": HEAD
    + b"".join(
        b"Content-Type: multipart/mixed; boundary=%s\r\n\r\n--%s\r\n" % (b"x" * n, b"x" * n) for n in range(1, 45)
    )
    + b"\r\n"
    + b"--y\r\n" * 100_000,
    "quotes within quotes": HEAD + b"\r\n" + b">" * 900_000 + b"\r\n",
}


@pytest.mark.parametrize("raw", BOMBS.values(), ids=BOMBS.keys())
def test_bombs_are_read_in_time(raw: bytes) -> None:
    start = time.process_time()
    mail = parse(raw)
    spent = time.process_time() - start
    assert spent < SECONDS, spent
    assert "mime_unreadable" not in mail.defects and quarantine_cause(mail) is None
    assert len(mail.attachments) <= bounds.MOST_PARTS and len(mail.text) <= bounds.LONGEST_BODY


def test_a_packed_file_is_never_unpacked() -> None:
    packed = bomb_zip()
    assert [one.content for one in parse(file(packed, b"application/zip")).attachments] == [packed]


def test_time_runs_out_and_the_mail_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SECONDS", -1.0)
    mail = parse(file(b"x"))
    assert "out_of_time" in mail.defects and "See the file." in mail.text and quarantine_cause(mail) is None


MEASURE = """
import base64, resource
head = b"From: zoe@customer.test\\r\\nContent-Type: multipart/mixed; boundary=b\\r\\n"
head += b"\\r\\n--b\\r\\n\\r\\nSee the file.\\r\\n--b\\r\\n"
kind = b"Content-Type: application/zip; name=a.zip\\r\\nContent-Transfer-Encoding: base64\\r\\n\\r\\n"
line = base64.encodebytes(bytes(range(57)))
raw = head + kind + line * ((40 * 1024 * 1024 - 1000) // len(line)) + b"--b--\\r\\n"
from helpdesk.mail.parsing.parse import parse
mail = parse(raw)
assert len(mail.attachments[0].content) > 27_000_000 and mail.text == "See the file."
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_forty_megabytes_fit_into_half_a_gigabyte() -> None:
    functions = Path(__file__).parents[3] / "functions"
    command = [sys.executable, "-c", MEASURE]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(functions)}, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 512


def test_a_bomb_in_base64_is_no_larger_than_it_came() -> None:
    noise = HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b64encode(b"x" * 3_000_000) + b"=" * 1_000_000
    start = time.process_time()
    assert len(parse(noise).text) <= bounds.LONGEST_BODY
    assert time.process_time() - start < SECONDS


def test_a_zone_of_one_mail_moves_no_appointment_of_another() -> None:
    def mail(offset: str) -> bytes:
        own = RULE.format("STANDARD", "FREQ=YEARLY").replace("+0200", offset).replace("+0100", offset)
        lines = ["BEGIN:VEVENT", "SUMMARY:x", "DTSTART;TZID=Office:20260703T100000", "END:VEVENT"]
        return calendar(f"BEGIN:VTIMEZONE\nTZID:Office\n{own}END:VTIMEZONE\n" + "\n".join(lines))

    starts = [parse(mail(offset)).invites[0].start for offset in ("+0500", "-0500")]
    assert starts == ["2026-07-03T05:00:00Z", "2026-07-03T15:00:00Z"]
