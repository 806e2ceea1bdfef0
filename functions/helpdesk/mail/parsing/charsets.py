"""Bytes of a mail become text, whatever it claims about them (EM-52): declared, alias, detected, replaced."""

from __future__ import annotations

import codecs
import re
import unicodedata

_ALIASES = {
    "ascii": "cp1252", "us-ascii": "cp1252", "ansi_x3.4-1968": "cp1252", "ansi": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "iso_8859-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "euc-cn": "gb18030", "gb_2312-80": "gb18030",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "ksc5601": "cp949", "euc-kr": "cp949", "5601": "cp949",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext", "iso-2022-jp-ms": "iso2022_jp_ext", "cp50220": "iso2022_jp_ext",
    "big5": "big5hkscs", "big5-eten": "big5hkscs", "unicode-1-1-utf-7": "utf-7", "x-unicode-2-0-utf-7": "utf-7",
    "utf8": "utf-8", "utf-8mb4": "utf-8", "unicode-1-1-utf-8": "utf-8", "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "windows-874": "cp874",
}  # fmt: skip
"""What mail programs write, and the larger set that they mean by it (WHATWG Encoding Standard, section 4.2).
"""

_NO_CHARSET = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_LATIN = frozenset({"cp1252", "iso8859-15", "iso8859-2", "cp1250", "cp1254", "mac-roman"})
_SEVEN_BIT = ("utf-7", "utf_7", "iso2022", "hz", "utf-16", "utf-32")
"""Charsets in which ASCII bytes mean something else."""

_SAMPLE = 16 * 1024
_LONE = re.compile("[\ud800-\udfff]")
"""Halves of characters: UTF-7 can spell them, UTF-8 can not carry them."""

_TOO_FEW = 12
"""Non-ASCII bytes below which a guess of the charset is a worse bet than western Europe."""


def decode(payload: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """`payload` as text without NUL, and a defect code if it was not what was declared. Never raises."""
    text, defect = _decode(payload, _known(declared), declared)
    return _LONE.sub("\ufffd", text.replace("\0", "").removeprefix("\ufeff")), defect


def _decode(payload: bytes, charset: str | None, declared: str | None) -> tuple[str, str | None]:
    if payload.isascii() and not (charset or "").startswith(_SEVEN_BIT):
        return payload.decode("ascii"), None
    if charset is None:
        return _detect(payload), "charset_unknown" if declared else "charset_missing"
    if charset in _LATIN and (text := _strictly(payload, "utf-8")) is not None:
        return text, "charset_wrong"
    if (text := _strictly(payload, charset)) is not None:
        return unicodedata.normalize("NFC", text) if charset == "cp1258" else text, None
    if charset.startswith("iso2022") and (text := _microsoft_japanese(payload)) is not None:
        return text, None
    return _despite_errors(payload, charset)


def _known(declared: str | None) -> str | None:
    name = (declared or "").strip(" \t\r\n\"'<>;").lower()
    try:
        found = codecs.lookup(_ALIASES.get(name, name)).name
        b"ab".decode(found, "replace")
    except (LookupError, ValueError, TypeError):
        return None
    return None if found.replace("-", "_") in _NO_CHARSET else found


def _despite_errors(payload: bytes, charset: str) -> tuple[str, str]:
    text = payload.decode(charset, "replace")
    if text.count("\ufffd") * 100 <= len(text) + 100:
        return text, "charset_broken_bytes"
    return _detect(payload), "charset_wrong"


def _detect(payload: bytes) -> str:
    if (text := _strictly(payload, "utf-8")) is not None:
        return text
    if sum(octet >= 0x80 for octet in payload[:_SAMPLE]) < _TOO_FEW:
        return payload.decode("cp1252", "replace")
    from charset_normalizer import from_bytes

    guess = from_bytes(payload[:_SAMPLE]).best()
    if guess is not None and (text := _strictly(payload, guess.encoding)) is not None:
        return text
    return payload.decode("cp1252", "replace")


def _microsoft_japanese(payload: bytes) -> str | None:
    """ISO-2022-JP with the rows that Windows adds (ISO-2022-JP-MS, CP50220): the same table as Shift JIS has."""
    if max(payload, default=0) >= 0x80:
        return None  # it is something else: this charset has seven bits
    shifted = bytearray()
    for part in re.split(rb"(?=\x1b[$(].)", payload):
        escape, rest = (part[:3], part[3:]) if part.startswith(b"\x1b") else (b"", part)
        if escape in {b"\x1b$B", b"\x1b$@"}:
            shifted += b"".join(map(_shift, rest[::2], rest[1::2]))
        else:
            shifted += bytes(octet | 0x80 for octet in rest) if escape == b"\x1b(I" else rest
    return _strictly(bytes(shifted), "cp932")


def _shift(first: int, second: int) -> bytes:
    """JIS X 0208 to Shift JIS."""
    lead = ((first - 0x21) >> 1) + 0x81
    lead += 0x40 if lead > 0x9F else 0
    trail = second + ((0x20 if second >= 0x60 else 0x1F) if first % 2 else 0x7E)
    return bytes((lead & 0xFF, trail & 0xFF))


def _strictly(payload: bytes, charset: str) -> str | None:
    try:
        return payload.decode(charset)
    except (UnicodeError, ValueError):
        return None
