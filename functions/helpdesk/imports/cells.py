"""What a cell says: yes or no, a number, a skill with its level; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from helpdesk.imports.sheet import joined, parts_of

_YES, _NO = ("yes", "y", "true", "1", "x", "ja", "wahr"), ("no", "n", "false", "0", "nein", "falsch")


def flag(cell: str) -> bool:
    """Yes or no, in the words that spreadsheets have for it; ValueError for any other."""
    word = cell.strip().casefold()
    if word not in (*_YES, *_NO):
        raise ValueError("yes or no")
    return word in _YES


def number(cell: str) -> int | None:
    """A whole number, None for an empty cell; ValueError for anything else."""
    try:
        return int(cell) if cell.strip() else None
    except ValueError:
        raise ValueError("a whole number, or nothing") from None


def skills(cell: str) -> list[dict[str, Any]]:
    """`Python:3; SQL`: each with its level, 1 without one."""
    return [_skill(one) for one in parts_of(cell)]


def of_flag(value: bool) -> str:
    """A flag as a cell."""
    return "yes" if value else "no"


def of_number(value: int | None) -> str:
    """A number as a cell."""
    return "" if value is None else str(value)


def of_skills(given: Iterable[Mapping[str, Any]]) -> str:
    """Skills as a cell, each with its level."""
    return joined(f"{one['skill']}:{one.get('level', 1)}" for one in given)


def _skill(text: str) -> dict[str, Any]:
    name, colon, level = text.rpartition(":")
    if colon and level.strip().lstrip("-").isdecimal():
        return {"skill": name.strip(), "level": int(level)}
    return {"skill": text, "level": 1}
