"""Content-Transfer-Encoding, also where it is misspelt, cut off or lies (RFC 2045, section 6; EM-53)."""

from __future__ import annotations

import base64
import binascii
import re

_IDENTITY = frozenset({"", "7bit", "8bit", "binary", "none", "plain"})
_UUENCODE = frozenset({"x-uuencode", "uuencode", "uue", "x-uue"})
_BASE64_CLEAN = re.compile(rb"[A-Za-z0-9+/\r\n]*={0,2}\s*")
_BASE64_NOISE = re.compile(rb"[^A-Za-z0-9+/=]+")


def decode(payload: bytes, encoding: str) -> tuple[bytes, str | None]:
    """The content behind `payload`, and a defect code if it was not clean. Never raises."""
    name = re.sub(r"[\s\"'<>]", "", encoding.partition(";")[0].partition("(")[0]).lower()
    if name == "base64":
        return _base64(payload)
    if name in {"quoted-printable", "quotedprintable", "qp"}:
        return binascii.a2b_qp(payload), None
    if name in _UUENCODE:
        return _uuencode(payload)
    return payload, None if name.replace("-", "").rstrip("s") in _IDENTITY else "encoding_unknown"


def _base64(payload: bytes) -> tuple[bytes, str | None]:
    """Text that a list server hung below the last padding is left out; other strange characters are skipped."""
    if _BASE64_CLEAN.fullmatch(payload):
        try:
            return binascii.a2b_base64(payload), None
        except binascii.Error:
            pass  # it was cut off
    bare = _BASE64_NOISE.sub(b"", payload)
    chunks = [chunk for chunk in re.split(rb"={1,3}", bare) if chunk]
    if len(chunks) > 1 and b"=" in payload and not _continues(payload):
        chunks = chunks[:1]
    defect = None if re.fullmatch(rb"[A-Za-z0-9+/\s]*=*\s*", payload) else "base64_broken"
    return b"".join(map(_chunk, chunks)), defect


def _continues(payload: bytes) -> bool:
    """Whether what follows the first padding is base64 again (some programs encode piece by piece)."""
    rest = re.split(rb"=+", payload, maxsplit=1)[1]
    return re.fullmatch(rb"[A-Za-z0-9+/=\r\n]*", rest) is not None


def _chunk(chunk: bytes) -> bytes:
    usable = chunk[: len(chunk) - 1] if len(chunk) % 4 == 1 else chunk
    return base64.b64decode(usable + b"=" * (-len(usable) % 4))


def _uuencode(payload: bytes) -> tuple[bytes, str | None]:
    _, begin, body = payload.partition(b"begin ")
    if not begin:
        return payload, "uuencode_broken"
    decoded, defect = [], None
    for line in body.splitlines()[1:]:
        if line.strip() == b"end":
            break
        try:
            decoded.append(binascii.a2b_uu(line))
        except binascii.Error:
            defect = "uuencode_broken"
    return b"".join(decoded), defect
