"""How long a mail takes to be read, by size, what a 40 MB one takes of memory, and how well quotes are recognised.

Over the project's own fixtures and, where they lie beside the checkout, the corpora that nobody here wrote.
"""

from __future__ import annotations

import base64
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from infra import ROOT

CORPORA = ROOT.parent / "shared" / "corpora"
FIXTURES = ROOT / "tests" / "fixtures" / "mail"
CLASSES = ((4, "up to 4 kB"), (32, "up to 32 kB"), (256, "up to 256 kB"), (10**9, "larger"))
TIMES = 5
_ANSWER = "Hi. I am fine. Thanks, Alex"
_MARKED = {"OLK_SRC_BODY_SECTION.html": "Reply", "reply-separated-by-hr.html": "Hi there Bob"}
_MEMORY = """
import resource, sys
from helpdesk.mail.parsing.parse import parse
raw = open(sys.argv[1], "rb").read()
mail = parse(raw)
assert mail.attachments
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def measure() -> list[dict[str, Any]]:
    """Median and 95th percentile of milliseconds for each class of size."""
    from helpdesk.mail.parsing.parse import parse

    mails = [path.read_bytes() for folder in (FIXTURES, CORPORA / "mime") for path in folder.rglob("*.eml")]
    found: dict[str, list[float]] = {name: [] for _, name in CLASSES}
    counts: dict[str, int] = dict.fromkeys(found, 0)
    for raw in mails:
        name = next(name for most, name in CLASSES if len(raw) <= most * 1024)
        counts[name] += 1
        parse(raw)
        found[name] += [_milliseconds(parse, raw) for _ in range(TIMES)]
    rows = [_row(name, counts[name], times) for name, times in found.items() if times]
    return [*rows, *(_row(f"{size} MB, made", 1, [_milliseconds(parse, large(size))]) for size in (1, 10, 39))]


def memory() -> int:
    """Megabytes that a process holds at most while it reads a mail of 40 MB (budget: 512)."""
    place = ROOT / ".local" / "large.eml"
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(large(40, less=1_000))
    try:
        command = [sys.executable, "-c", _MEMORY, str(place)]
        done = subprocess.run(command, cwd=ROOT / "functions", capture_output=True, text=True, check=True)
    finally:
        place.unlink()
    return int(done.stdout)


def large(megabytes: int, less: int = 0) -> bytes:
    """A mail with one file."""
    head = b"From: a@b.test\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the file.\r\n--b\r\n"
    kind = b"Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    line = base64.encodebytes(bytes(range(57)))
    room = megabytes * 1024 * 1024 - less - len(head) - len(kind) - 10
    return head + kind + line * (room // len(line)) + b"--b--\r\n"


def quotes() -> list[dict[str, Any]]:
    """Of each kind of reply in the collection: how many show just what the person wrote, and how many lose nothing."""
    talon = CORPORA / "quotes" / "talon"
    kinds = {"replies in text": _texts, "replies in HTML": _htmls, "signatures": _signatures}
    rows = []
    for name, cases in kinds.items():
        results = [(shown.split() == wanted.split(), _keeps(shown, wanted)) for shown, wanted in cases(talon)]
        right, kept = (sum(one[at] for one in results) for at in (0, 1))
        rows.append({"quotes": name, "mails": len(results), "right": right, "nothing_lost": kept})
    return [row for row in rows if row["mails"]]


def _texts(talon: Path) -> Iterator[tuple[str, str]]:
    from helpdesk.mail.parsing.parse import parse
    from helpdesk.mail.parsing.quoting import trim_text

    for path in sorted((talon / "standard_replies").glob("*.eml")):
        text = parse(path.read_bytes()).text
        below = path.name == "thunderbird.eml"  # the answer stands below the quote: all of it is to be shown
        yield trim_text(text) or text, text if below else "Hello"


def _htmls(talon: Path) -> Iterator[tuple[str, str]]:
    from helpdesk.mail.parsing.quoting import trim_html
    from helpdesk.markup.html_text import to_text

    wanted = dict.fromkeys(sorted((talon / "html_replies").glob("*.html")), _ANSWER)
    wanted |= {talon / name: words for name, words in _MARKED.items() if talon.is_dir()}
    for path, words in wanted.items():
        html = path.read_text(errors="replace")
        yield to_text(trim_html(html) or html), words


def _signatures(talon: Path) -> Iterator[tuple[str, str]]:
    from helpdesk.mail.parsing.quoting import trim_text

    for path in sorted((talon / "signature" / "emails" / "stripped").glob("*_body")):
        text = path.read_text(errors="replace")
        signature = path.with_name(path.name.replace("_body", "_signature")).read_text(errors="replace")
        yield trim_text(text) or text, text.rstrip().removesuffix(signature.strip())


def _keeps(shown: str, wanted: str) -> bool:
    return set(wanted.split()) <= set(shown.split())


def _row(name: str, count: int, times: list[float]) -> dict[str, Any]:
    ordered = sorted(times)
    worst = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return {"size": name, "mails": count, "median_ms": round(statistics.median(times), 2), "p95_ms": round(worst, 2)}


def _milliseconds(work: Callable[[bytes], object], raw: bytes) -> float:
    begun = time.perf_counter()
    work(raw)
    return (time.perf_counter() - begun) * 1000
