"""Tokens of a filter's text form, each with the offset where it begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from helpdesk.core.errors import Invalid
from helpdesk.filters.terms import invalid

_NAME = re.compile(r"((?:was\.)?[A-Za-z_]+(?:\.[A-Za-z0-9_-]{1,60})?):(?!//)")
_SIGN = re.compile(r">=|<=|[><=&~]")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_PLAIN = re.compile(r'[^\s"(),]+')
_WORD = re.compile(r'[^\s"()]+')
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True)
class Token:
    """`kind` is open, close, or, minus or term; a term without a name is words."""

    kind: str
    offset: int
    name: str | None = None
    sign: str = ""
    values: tuple[str, ...] = ()
    quoted: bool = False


def tokens_of(text: str, pointer: str) -> list[Token]:
    """The tokens in order; `and` between terms says nothing and is left out.

    Raises
    ------
    Invalid
        for a quote that does not end and a name without a value.
    """
    found: list[Token] = []
    place = 0
    while place < len(text):
        char = text[place]
        if char.isspace():
            place += 1
        elif char in "()":
            found.append(Token("open" if char == "(" else "close", place))
            place += 1
        elif char == "-" and place + 1 < len(text) and not text[place + 1].isspace():
            found.append(Token("minus", place))
            place += 1
        else:
            token, place = _term(text, place, pointer)
            if token:
                found.append(token)
    return found


def _term(text: str, start: int, pointer: str) -> tuple[Token | None, int]:
    if named := _NAME.match(text, start):
        return _named(text, start, named, pointer)
    if text[start] == '"':
        value, place = _quoted(text, start, pointer)
        return Token("term", start, values=(value,), quoted=True), place
    word = _WORD.match(text, start)
    assert word is not None  # noqa: S101 - no space, quote or parenthesis stands here
    if word[0].lower() == "and":
        return None, word.end()
    if word[0].lower() == "or":
        return Token("or", start), word.end()
    return Token("term", start, values=(word[0],)), word.end()


def _named(text: str, start: int, named: re.Match[str], pointer: str) -> tuple[Token, int]:
    place = named.end()
    sign = ""
    if found := _SIGN.match(text, place):
        sign, place = found[0], found.end()
    values: list[str] = []
    quoted = False
    while True:
        if text[place : place + 1] == '"':
            value, place = _quoted(text, place, pointer)
            quoted = True
        elif plain := _PLAIN.match(text, place):
            value, place = plain[0], plain.end()
        else:
            raise invalid(f"{pointer}#{place}", "no_value", f"{named[1]}: has no value (at character {place + 1})")
        values.append(value)
        if text[place : place + 1] != ",":
            return Token("term", start, named[1], sign, tuple(values), quoted), place
        place += 1


def _quoted(text: str, start: int, pointer: str) -> tuple[str, int]:
    found = _QUOTED.match(text, start)
    if not found:
        raise _open_quote(pointer, start)
    return _ESCAPED.sub(r"\1", found[1]), found.end()


def _open_quote(pointer: str, start: int) -> Invalid:
    return invalid(f"{pointer}#{start}", "open_quote", f"a quote that does not end (at character {start + 1})")
