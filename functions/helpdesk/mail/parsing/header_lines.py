"""The header block of a mail as pairs, read within bounds and without trust (RFC 5322, section 2.2; EM-54)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from helpdesk.mail.parsing.encoded_words import decode

LONGEST_BLOCK = 256 * 1024
LONGEST_VALUE = 64 * 1024
MOST = 2_000

_LINE = re.compile(rb"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_KNOWN = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|mime-version|content-[a-z-]+|received|reply-to|sender|return-path"
    rb"|delivered-to|references|in-reply-to|dkim-signature|x-[a-z-]+)[ \t]*:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HeaderLines:
    """`raw` values are unfolded, with surrogate escapes for what is not ASCII.

    `body` is the offset of the first byte after the block, `defects` are codes.
    """

    raw: tuple[tuple[str, str], ...]
    body: int
    defects: tuple[str, ...]

    def first(self, name: str) -> str:
        """The first value of `name` (lower case) as it came, or an empty text."""
        return next((value for key, value in self.raw if key.lower() == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of `name` (lower case) as it came, in order."""
        return tuple(value for key, value in self.raw if key.lower() == name)

    def text(self, name: str) -> str:
        """The first value of `name` (lower case), decoded, or an empty text."""
        return decode(self.first(name))

    def decoded(self) -> tuple[tuple[str, str], ...]:
        """All pairs, decoded."""
        return tuple((name, decode(value)) for name, value in self.raw)

    def rebuilt(self, body: bytes) -> bytes:
        """A clean header block from what was understood, and `body` below it."""
        fields = (f"{name}: {value}\r\n".encode("ascii", "surrogateescape") for name, value in self.raw)
        return b"".join(fields) + b"\r\n" + body


def read(raw: bytes) -> HeaderLines:
    """The fields up to the first empty line.

    A line that is no field ends the block (somebody forgot the empty line), but for one with known fields
    below it: that one is left out, and noted.
    """
    block = raw[:LONGEST_BLOCK]
    fields: list[list[bytes]] = []
    defects: list[str] = []
    end = 0
    for start, after, line in _lines(block):
        end = after
        if line[:1] in b" \t" and fields:
            fields[-1].append(line)
        elif _FIELD.match(line):
            fields.append([line])
        elif not line.startswith(b"From "):
            defects.append("header_malformed")
            if not _known_below(block, after):
                end = start
                break
    if len(fields) > MOST or end >= LONGEST_BLOCK:
        defects.append("headers_too_many")
    pairs = tuple(_pair(lines) for lines in fields[:MOST])
    return HeaderLines(pairs, end, tuple(dict.fromkeys(defects)))


def _lines(block: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Start, end and content of each line; the empty one that ends the block has the length 0 and comes as
    end only.
    """
    for match in _LINE.finditer(block):
        if not match.group(1):
            return
        yield match.start(), match.end() + _empty_line(block, match.end()), match.group(1)


def _empty_line(block: bytes, at: int) -> int:
    match = re.compile(rb"\r\n|\r|\n").match(block, at)
    return len(match.group()) if match else 0


def _known_below(block: bytes, start: int) -> bool:
    return any(_KNOWN.match(line) for _, _, line in _lines(block[start : start + LONGEST_VALUE]))


def _pair(lines: list[bytes]) -> tuple[str, str]:
    text = b"".join(lines)[: LONGEST_VALUE + 200].decode("ascii", "surrogateescape")
    name, _, value = text.partition(":")
    return name.strip(), value.strip()
