"""Outlook's winmail.dat (MS-OXTNEF): the body and the files that are wrapped in it, read within bounds (EM-59)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from helpdesk.mail.parsing import charsets

SIGNATURE = b"\x78\x9f\x3e\x22"
TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
MOST_OBJECTS = 5_000
MOST_PROPERTIES = 2_000

_BODY, _ATTACH_DATA, _ATTACH_TITLE = 0x800C, 0x800F, 0x8010
_ATTACH_BEGINS, _MESSAGE_PROPERTIES, _ATTACH_PROPERTIES, _CODEPAGE = 0x9002, 0x9003, 0x9005, 0x9007
_MAPI_BODY, _MAPI_HTML, _MAPI_RTF, _MAPI_CODEPAGE = 0x1000, 0x1013, 0x1009, 0x3FDE
_MAPI_DATA, _MAPI_SHORT_NAME, _MAPI_LONG_NAME, _MAPI_MIME, _MAPI_CONTENT_ID = 0x3701, 0x3704, 0x3707, 0x370E, 0x3712
_MESSAGE_OBJECT = b"\x07\x03\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"
_STRING, _UNICODE, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
_SIZES = {0x02: 4, 0x03: 4, 0x04: 4, 0x0A: 4, 0x0B: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16, 1: 0}


class BrokenError(Exception):
    """The bytes end early, or say what cannot be."""


@dataclass(slots=True)
class File:
    """One file; `content_type` may be empty, `name` None."""

    name: str | None = None
    content: bytes = b""
    content_type: str = ""
    content_id: str | None = None


@dataclass(slots=True)
class Unwrapped:
    """What was inside; `rtf` is compressed as it came, `broken` if the end was not reached."""

    text: str = ""
    html: str = ""
    rtf: bytes = b""
    files: list[File] = field(default_factory=list)
    broken: bool = False


def read(content: bytes) -> Unwrapped:
    """Unwrap; what stands before a broken place is kept. Never raises, linear in time."""
    found = Unwrapped(broken=not content.startswith(SIGNATURE))
    if found.broken:
        return found
    codepage = "cp1252"
    at = 6
    for _ in range(MOST_OBJECTS):
        if at + 11 > len(content):
            return found
        name, length = struct.unpack_from("<HxxI", content, at + 1)
        data = content[at + 9 : at + 9 + length]
        at += length + 11
        try:
            codepage = _codepage(data) if name == _CODEPAGE else codepage
            _take(found, name, data, codepage)
        except (BrokenError, struct.error):
            found.broken = True
    found.broken = True
    return found


def _codepage(data: bytes) -> str:
    return _charset(struct.unpack_from("<I", data)[0])


def _take(found: Unwrapped, name: int, data: bytes, codepage: str) -> None:
    if name == _BODY:
        found.text = found.text or _decoded(data, codepage)
    elif name == _MESSAGE_PROPERTIES:
        _take_message(found, data, codepage)
    elif name == _ATTACH_BEGINS:
        found.files.append(File())
    elif found.files and name == _ATTACH_TITLE:
        found.files[-1].name = _decoded(data, codepage)
    elif found.files and name == _ATTACH_DATA:
        found.files[-1].content = data
    elif found.files and name == _ATTACH_PROPERTIES:
        _take_file(found.files[-1], data, codepage)


def _take_message(found: Unwrapped, data: bytes, codepage: str) -> None:
    internet = codepage
    for id_, kind, value in _properties(data):
        if id_ == _MAPI_CODEPAGE:
            internet = _codepage(value)
        elif id_ == _MAPI_BODY:
            found.text = _text(kind, value, codepage)
        elif id_ == _MAPI_HTML:
            found.html = _text(kind, value, internet)
        elif id_ == _MAPI_RTF:
            found.rtf = value


def _take_file(file: File, data: bytes, codepage: str) -> None:
    for id_, kind, value in _properties(data):
        if id_ == _MAPI_DATA and value.startswith(_MESSAGE_OBJECT):
            file.content, file.content_type = value[len(_MESSAGE_OBJECT) :], "application/ms-tnef"
        elif id_ == _MAPI_DATA:
            file.content = value
        elif id_ == _MAPI_LONG_NAME or (id_ == _MAPI_SHORT_NAME and not file.name):
            file.name = _text(kind, value, codepage) or file.name
        elif id_ == _MAPI_MIME:
            file.content_type = file.content_type or _text(kind, value, codepage).lower()
        elif id_ == _MAPI_CONTENT_ID:
            file.content_id = _text(kind, value, codepage)


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """`(id, type, value)` of each MAPI property; of several values the first."""
    (count,) = struct.unpack_from("<I", data)
    at = 4
    for _ in range(min(count, MOST_PROPERTIES)):
        kind, id_ = struct.unpack_from("<HH", data, at)
        at = _after_name(data, at + 4) if id_ >= 0x8000 else at + 4
        many, kind = kind & 0x1000, kind & 0x0FFF
        counted = many or kind in {_STRING, _UNICODE, _OBJECT, _BINARY}
        values = struct.unpack_from("<I", data, at)[0] if counted else 1
        at += 4 * bool(counted)
        if kind not in _SIZES and kind not in {_STRING, _UNICODE, _OBJECT, _BINARY}:
            raise BrokenError
        first = b""
        for number in range(min(values, MOST_PROPERTIES)):
            value, at = _value(data, at, kind)
            first = value if number == 0 else first
        yield id_, kind, first


def _after_name(data: bytes, at: int) -> int:
    """Named properties carry a GUID and a number or a name."""
    kind, length = struct.unpack_from("<II", data, at + 16)
    return at + 24 + (_padded(length) if kind else 0)


def _value(data: bytes, at: int, kind: int) -> tuple[bytes, int]:
    length = _SIZES.get(kind)
    if length is None:
        (length,) = struct.unpack_from("<I", data, at)
        at += 4
    value = data[at : at + length]
    if len(value) < length:
        raise BrokenError
    return value, at + _padded(length)


def _padded(length: int) -> int:
    return (length + 3) & ~3


def _text(kind: int, value: bytes, codepage: str) -> str:
    return _decoded(value, "utf-16-le" if kind == _UNICODE else codepage)


def _decoded(value: bytes, charset: str) -> str:
    return charsets.decode(value, charset)[0].replace("\r\n", "\n").strip("\n")


def _charset(number: int) -> str:
    return {65001: "utf-8", 20127: "ascii", 20866: "koi8-r", 50220: "iso-2022-jp", 936: "gb18030"}.get(
        number, f"iso-8859-{number - 28590}" if 28590 < number < 28606 else f"cp{number}"
    )
