"""The words of a body in compressed rich text (MS-OXRTFCP, RTF 1.9), for Outlook mails that hold no other; linear."""

from __future__ import annotations

import re
import struct

from helpdesk.mail.parsing import charsets

LONGEST = 1024 * 1024

_WINDOW = 4096
_FIRST = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_TOKEN = re.compile(
    rb"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<octet>[0-9a-f]{2})|\\(?P<sign>[^a-z])|(?P<brace>[{}])"
    rb"|[\r\n]+|(?P<text>[^\\{}\r\n]+)|.",
    re.IGNORECASE | re.DOTALL,
)
_HIDDEN = frozenset({b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer"})
_SIGNS = {b"par": b"\n", b"line": b"\n", b"tab": b"\t", b"bullet": b"*", b"emdash": b"-", b"endash": b"-"}
_ESCAPED = {b"~": b" ", b"_": b"-", b"{": b"{", b"}": b"}", b"\\": b"\\"}


def words_of(compressed: bytes) -> str:
    """The text without its looks, or what of it stands before a broken place. Never raises."""
    return _words(_decompressed(compressed))


def _decompressed(data: bytes) -> bytes:
    if data[8:12] == b"MELA":
        return data[16 : 16 + LONGEST]
    if data[8:12] != b"LZFu":
        return b""
    window, at = bytearray(_FIRST.ljust(_WINDOW, b"\0")), len(_FIRST)
    out, place = bytearray(), 16
    while place < len(data) and len(out) < LONGEST:
        control, place = data[place], place + 1
        for bit in range(8):
            if not control >> bit & 1:
                piece, place = data[place : place + 1], place + 1
            elif place + 2 <= len(data):
                (reference,) = struct.unpack_from(">H", data, place)
                start, place = reference >> 4, place + 2
                if start == at:
                    return bytes(out)
                piece = _copied(window, start, at, (reference & 15) + 2)
            else:
                return bytes(out)
            for octet in piece:
                window[at] = octet
                at = (at + 1) % _WINDOW
            out += piece
    return bytes(out)


def _copied(window: bytearray, start: int, at: int, length: int) -> bytes:
    """A reference may reach into what it is just writing."""
    distance = (at - start) % _WINDOW or _WINDOW
    piece = bytes(window[(start + number) % _WINDOW] for number in range(min(length, distance)))
    return (piece * (length // len(piece) + 1))[:length]


def _words(rtf: bytes) -> str:
    reader = _Reader()
    for token in _TOKEN.finditer(rtf):
        reader.read(token)
    reader.flush()
    text = "".join(reader.parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = text.split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


class _Reader:
    """Follows the groups; `html` is on between the marks of text that repeats the tags of an HTML source."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.octets = bytearray()
        self.charset = "cp1252"
        self.hidden: list[bool] = [False]
        self.html = False
        self.skip = 0

    def read(self, token: re.Match[bytes]) -> None:
        kind = token.lastgroup
        if kind == "brace":
            self.group(opens=token["brace"] == b"{")
        elif token["word"]:
            self.word(token["word"].lower(), int(token["number"] or b"-1"))
        elif kind == "octet":
            self.add(bytes.fromhex(token["octet"].decode()))
        elif kind == "sign":
            self.hidden[-1] = self.hidden[-1] or token["sign"] == b"*"
            self.add(_ESCAPED.get(token["sign"], b""))
        elif kind == "text":
            self.add(token["text"])

    def group(self, *, opens: bool) -> None:
        if opens and len(self.hidden) < 1_000:
            self.hidden.append(self.hidden[-1])
        elif not opens and len(self.hidden) > 1:
            self.hidden.pop()

    def word(self, word: bytes, number: int) -> None:
        if word in _HIDDEN:
            self.hidden[-1] = True
        elif word == b"htmlrtf":
            self.html = number != 0
        elif word == b"ansicpg":
            self.charset = f"cp{number}"
        elif word == b"u" and not (self.hidden[-1] or self.html):
            self.flush()
            self.parts.append(chr(number % 0x10000))
            self.skip = 1
        elif word in _SIGNS and not self.hidden[-1]:
            self.octets += _SIGNS[word]

    def add(self, octets: bytes) -> None:
        octets, self.skip = octets[self.skip :], 0
        if not (self.hidden[-1] or self.html):
            self.octets += octets

    def flush(self) -> None:
        self.parts.append(charsets.decode(bytes(self.octets), self.charset)[0])
        self.octets.clear()
