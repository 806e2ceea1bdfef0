"""A CSV file as people have one, read and written; pure.

Read forgivingly: UTF-8 with or without BOM, UTF-16 with one, else Windows-1252; commas, semicolons or tabs; names of
columns in any case. Written so that no spreadsheet takes a cell for a formula, and read back as it was.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from helpdesk.core.errors import FieldError, Invalid

MOST_ROWS = 500
_DELIMITERS = ",;\t"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_QUOTED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True)
class Sheet:
    """The rows of a file by column, those of its columns that mean something, and those that do not."""

    columns: tuple[str, ...]
    ignored: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


def text_of(data: bytes) -> str:
    """The text of a file."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read(text: str, known: Mapping[str, str], key: str) -> Sheet:
    """The rows of a file; `known` has the columns by each of their names, `key` is the one that it has to have.

    Empty rows are left out, but counted: row 2 of a file is the second of its lines.

    Raises
    ------
    Invalid
        when it is no CSV, has no such column or one twice, or more than 500 rows.
    """
    lines = _lines(text)
    if not lines:
        raise _fault("empty", "a line with the names of the columns, then a line for each")
    named = [known.get(_folded(name), "") for name in lines[0]]
    columns = tuple(name for name in named if name)
    if key not in columns:
        raise _fault("no_key", f"a column {key!r}; these are known: {', '.join(dict.fromkeys(known.values()))}")
    if twice := [name for name in columns if columns.count(name) > 1]:
        raise _fault("twice", f"the column {twice[0]!r} once")
    if len(lines) - 1 > MOST_ROWS:
        raise _fault("too_many", f"at most {MOST_ROWS} rows; this has {len(lines) - 1}")
    ignored = tuple(name[:60] for name, it in zip(lines[0], named, strict=True) if not it and name.strip())
    return Sheet(columns, ignored, tuple(_row(named, line) for line in lines[1:]))


def written(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """The rows as a file; who puts a BOM before it makes Excel read it as UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_safe(row.get(name, "")) for name in columns] for row in rows)
    return out.getvalue()


def parts_of(cell: str) -> list[str]:
    """The values of a cell that has several, with semicolons between them and quotes where they have one themselves."""
    line = next(csv.reader([cell.replace("\n", " ")], delimiter=";", skipinitialspace=True), [])
    return [one.strip() for one in line if one.strip()]


def joined(values: Iterable[str]) -> str:
    """Several values in one cell."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="").writerow(list(values))
    return out.getvalue()


def _lines(text: str) -> list[list[str]]:
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as failure:
        raise _fault("malformed", str(failure)) from None


def _row(named: Sequence[str], line: Sequence[str]) -> Mapping[str, str]:
    if not any(cell.strip() for cell in line):
        return {}
    cells = [*line, *[""] * (len(named) - len(line))]
    return {name: _plain(cell) for name, cell in zip(named, cells, strict=False) if name}


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]+", "_", name.strip().casefold())


def _safe(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _plain(cell: str) -> str:
    return cell[1:] if _QUOTED.match(cell) else cell


def _fault(code: str, message: str) -> Invalid:
    return Invalid("this file cannot be read", FieldError("/csv", code, message))
