"""Broken mail on purpose, the same in every run: seeded mutations of all that we have, and the way that each goes.

`make fuzz` runs this file with 100,000 of them; the tests take 5,000.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import time
from base64 import b64decode, encodebytes
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

import mail_fixtures as fixtures
from mail_corpora import CORPORA, mails

from helpdesk.core.items import dump_item
from helpdesk.mail import words
from helpdesk.mail.intake import quarantine_cause
from helpdesk.mail.model import ParsedMail
from helpdesk.mail.parse import parse

CHUNK = 500
SLOWEST = 3.0  # seconds of computing for one mail
LARGEST_ROW = 300_000  # bytes beside the bodies, which go to S3; DynamoDB takes 400 kB
Dice = random.Random


def flip_bits(raw: bytes, dice: Dice) -> bytes:
    octets = bytearray(raw)
    for _ in range(dice.randint(1, 20)):
        if octets:
            octets[dice.randrange(len(octets))] ^= 1 << dice.randrange(8)
    return bytes(octets)


def flip_bits_inside(raw: bytes, dice: Dice) -> bytes:
    """Of what a base64 block holds: a calendar, a signature, a winmail.dat that are broken under a whole wrapping."""
    blocks = list(re.finditer(rb"(?:[A-Za-z0-9+/]{40,80}\r?\n)+[A-Za-z0-9+/]*={0,2}", raw))
    if not blocks:
        return flip_bits(raw, dice)
    block = dice.choice(blocks)
    bare = re.sub(rb"[^A-Za-z0-9+/]", b"", block.group())
    inner = dice.choice([flip_bits, truncate, repeat])(b64decode(bare[: len(bare) // 4 * 4]), dice)
    return raw[: block.start()] + encodebytes(inner) + raw[block.end() :]


def truncate(raw: bytes, dice: Dice) -> bytes:
    return raw[: dice.randint(0, len(raw))]


def repeat(raw: bytes, dice: Dice) -> bytes:
    start = dice.randint(0, len(raw))
    piece = raw[start : start + dice.randint(1, 300)]
    return raw[:start] + piece * dice.randint(2, 50) + raw[start:]


def swap_headers(raw: bytes, dice: Dice) -> bytes:
    head, end, body = raw.partition(b"\r\n\r\n" if b"\r\n\r\n" in raw else b"\n\n")
    lines = head.splitlines()
    dice.shuffle(lines)
    return b"\r\n".join(lines) + end + body


def swap_values(raw: bytes, dice: Dice) -> bytes:
    """A header gets what another one says."""
    values = re.findall(rb"(?m)^[\w-]+:(.*)$", raw)
    return re.sub(rb"(?m)^([\w-]+):.*$", lambda m: m[1] + b":" + dice.choice(values), raw, count=dice.randint(1, 3))


def edit_boundaries(raw: bytes, dice: Dice) -> bytes:
    edits = [b"--", b"-----", b"", b"--b", b"\n--\n", b'boundary="', b"boundary=\xff", b"--\x00"]
    return re.sub(rb"(?m)^--", lambda _: dice.choice(edits), raw, count=dice.randint(1, 5)) + dice.choice(edits)


def change_types(raw: bytes, dice: Dice) -> bytes:
    kinds = [b"multipart/alternative", b"multipart/signed", b"multipart/report", b"message/rfc822", b"text/calendar"]
    kinds += [b"application/ms-tnef", b"application/pkcs7-mime", b"message/delivery-status", b"text/html", b"x/"]
    return re.sub(rb"(?i)(content-type:\s*)[\w/.+-]+", lambda m: m[1] + dice.choice(kinds), raw, count=2)


def lie_about_charset(raw: bytes, dice: Dice) -> bytes:
    lies = [b"utf-7", b"utf-16", b"x-none", b"idna", b"hex", b"iso-2022-jp", b"gb2312", b"rot13", b"punycode", b""]
    return re.sub(rb'charset="?[\w-]+', lambda _: b"charset=" + dice.choice(lies), raw)


def change_encoding(raw: bytes, dice: Dice) -> bytes:
    kinds = [b"base64", b"quoted-printable", b"x-uuencode", b"8-bit", b"none", b"base64;x", b"\xff"]
    return re.sub(rb"(?i)transfer-encoding: *[\w-]+", lambda _: b"Transfer-Encoding: " + dice.choice(kinds), raw)


def insert_noise(raw: bytes, dice: Dice) -> bytes:
    at = dice.randint(0, len(raw))
    noise = [b"\0" * 10, b"\r", b"\xff\xfe", b"=?utf-8?q?", b'"', b"<" * 50, b"(" * 50, dice.randbytes(50)]
    return raw[:at] + dice.choice(noise) + raw[at:]


MUTATIONS: list[Callable[[bytes, Dice], bytes]] = [
    flip_bits, flip_bits_inside, truncate, repeat, swap_headers, swap_values, edit_boundaries, change_types,
    lie_about_charset, change_encoding, insert_noise,
]  # fmt: skip


@dataclass
class Tally:
    """What became of some mutants."""

    outcomes: Counter[str] = field(default_factory=Counter)
    defects: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    def add(self, other: Tally) -> None:
        self.outcomes += other.outcomes
        self.defects += other.defects
        self.slowest = max(self.slowest, other.slowest)


def sources() -> list[bytes]:
    found = [fixtures.raw(name) for name in fixtures.names()]
    found += [path.read_bytes() for path in mails()] if CORPORA.is_dir() else []
    return [raw for raw in found if len(raw) < 200_000]


def mutants(seed: int, count: int, known: Sequence[bytes]) -> Iterator[bytes]:
    dice = random.Random(seed)
    for _ in range(count):
        raw = dice.choice(known)
        for _ in range(dice.randint(1, 3)):
            raw = dice.choice(MUTATIONS)(raw, dice)
        yield raw


def run(seed: int, count: int = CHUNK) -> Tally:
    """Take `count` mutants the way that a mail goes; AssertionError names the one that went wrong."""
    tally = Tally()
    for number, raw in enumerate(mutants(seed, count, sources())):
        start = time.process_time()
        try:
            mail = take(raw)
        except BaseException as failure:  # a panic in Rust is no Exception, and cannot be sent to another process
            raise AssertionError(f"mutant {number} of seed {seed}: {type(failure).__name__} {failure}") from None
        tally.slowest = max(tally.slowest, time.process_time() - start)
        tally.outcomes[str(quarantine_cause(mail) or "message")] += 1
        tally.defects.update(mail.defects)
    return tally


def take(raw: bytes) -> ParsedMail:
    """From bytes to what a row of the table would hold."""
    mail = parse(raw)
    assert isinstance(mail, ParsedMail) and mail.size == len(raw)
    rows = [
        {
            "id": f"F{number}",
            "filename": one.filename,
            "content_type": one.content_type,
            "size": len(one.content),
            "inline": one.inline,
            "sha256": one.sha256,
            "content_id": one.content_id,
            "verdict": "GRAY",
        }
        for number, one in enumerate(mail.attachments[: words.MOST_FILES])
    ]
    values = words.contents_of(mail, rows)
    bodies = ("body_text", "body_html", "trimmed_html")
    dump_item(values)
    row = {name: value for name, value in values.items() if name not in bodies}
    assert len(json.dumps(row, ensure_ascii=False).encode("utf-8")) < LARGEST_ROW
    "".join(filter(None, (values[name] for name in bodies))).encode("utf-8")
    return mail


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--mutants", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=0)
    options = asked.parse_args()
    seeds = range(options.seed, options.seed + max(1, options.mutants // CHUNK))
    tally, begun = Tally(), time.perf_counter()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for done in pool.map(run, seeds):
            tally.add(done)
    print(f"{sum(tally.outcomes.values())} mutants in {time.perf_counter() - begun:.0f} s, none lost, none raised")
    print("outcomes", dict(tally.outcomes.most_common()))
    print("defects", dict(tally.defects.most_common()))
    print(f"slowest {tally.slowest * 1000:.0f} ms")
    sys.exit(tally.slowest > SLOWEST or "mime_unreadable" in tally.defects)


if __name__ == "__main__":
    main()
