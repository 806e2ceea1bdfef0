"""Header text: encoded words (RFC 2047), as written by programs that never read it, and raw eight-bit bytes."""

from __future__ import annotations

import base64
import binascii
import re
from itertools import groupby
from operator import itemgetter

from helpdesk.mail.parsing.charsets import decode as decode_charset

PATTERN = r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?="

_RUN = re.compile(rf"{PATTERN}(?:[ \t\r\n]*{PATTERN})*")
_WORD = re.compile(r"=\?([^?*\s]{1,60})[^?\s]*\?([bBqQ])\?([^?]*)\?=")
_QUOTED = re.compile(rb"=([0-9A-Fa-f]{2})")


def decode(value: str) -> str:
    """`value` as people shall read it, on one line. Bytes that were no ASCII stand in it as surrogate
    escapes.
    """
    parts, end = [], 0
    for run in _RUN.finditer(value):
        parts += [_raw(value[end : run.start()]), _decode_run(run.group())]
        end = run.end()
    parts.append(_raw(value[end:]))
    return " ".join("".join(parts).split())


def _decode_run(run: str) -> str:
    """Adjacent words are joined before decoding, for many programs cut inside a character or a base64 group."""
    words: list[tuple[str, str, str]] = []
    for charset, encoding, text in _WORD.findall(run):
        kind = (charset.lower(), encoding.lower())
        joins = words and words[-1][:2] == kind and not (kind[1] == "b" and words[-1][2].endswith("="))
        words.append((*kind, words.pop()[2] + text if joins else text))
    chunks = [(charset, _octets(text, encoding)) for charset, encoding, text in words]
    joined = ((charset, b"".join(octets for _, octets in group)) for charset, group in groupby(chunks, itemgetter(0)))
    return "".join(decode_charset(octets, charset)[0] for charset, octets in joined)


def _octets(text: str, encoding: str) -> bytes:
    source = text.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return _QUOTED.sub(lambda match: bytes.fromhex(match.group(1).decode()), source.replace(b"_", b" "))
    bare = re.sub(rb"[^A-Za-z0-9+/]", b"", source)
    bare = bare[:-1] if len(bare) % 4 == 1 else bare
    try:
        return base64.b64decode(bare + b"=" * (-len(bare) % 4))
    except binascii.Error:
        return source


def _raw(text: str) -> str:
    return text if text.isascii() else decode_charset(text.encode("utf-8", "surrogateescape"))[0]
