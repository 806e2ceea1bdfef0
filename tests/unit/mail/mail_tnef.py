"""Makes winmail.dat files (MS-OXTNEF), honest ones and others."""

from __future__ import annotations

import struct

HEAD = b"\x78\x9f\x3e\x22\x01\x00"
STRING, UNICODE, OBJECT, BINARY, INT, SHORT = 0x1E, 0x1F, 0x0D, 0x102, 0x03, 0x02
BODY, TITLE, DATA, BEGINS, MESSAGE, FILE, CODEPAGE = 0x800C, 0x8010, 0x800F, 0x9002, 0x9003, 0x9005, 0x9007


def item(name: int, data: bytes, *, level: int = 1) -> bytes:
    return struct.pack("<BHHI", level, name, 6, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def in_file(name: int, data: bytes) -> bytes:
    return item(name, data, level=2)


def value(kind: int, id_: int, data: bytes) -> bytes:
    """One MAPI property of a variable kind."""
    return struct.pack("<HHII", kind, id_, 1, len(data)) + data + b"\0" * (-len(data) % 4)


def number(id_: int, data: int) -> bytes:
    return struct.pack("<HHI", INT, id_, data)


def properties(*found: bytes) -> bytes:
    return struct.pack("<I", len(found)) + b"".join(found)


def stored_rtf(rtf: bytes) -> bytes:
    """Rich text in the form that is not compressed."""
    return struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf


def file(title: str, content: bytes, *more: bytes) -> bytes:
    """A file with its short and its long name."""
    long_name = value(UNICODE, 0x3707, f"{title}\0".encode("utf-16-le"))
    short = title.encode("cp1252", "replace")[:8] + b"~1.DAT\0"
    extra = in_file(FILE, properties(long_name, *more))
    return in_file(BEGINS, b"\1\0" + b"\0" * 12) + in_file(TITLE, short) + in_file(DATA, content) + extra
