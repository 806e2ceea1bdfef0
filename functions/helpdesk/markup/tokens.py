"""HTML as a row of tags and texts, and a guard for what goes into nh3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

DEEPEST = 200
"""Levels of elements that are kept; below, an HTML parser needs quadratic time."""

_TOKEN = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^>"]|"[^"]*")*)>|([^<]+|<)')
_ATTRIBUTE = re.compile(r'([a-zA-Z-]+)="([^"]*)"')
_NESTING = re.compile(
    r"<(/?)(?!(?:area|base|br|col|embed|hr|img|input|link|meta|source|wbr"
    r"|p|li|dt|dd|tr|td|th|thead|tbody|tfoot|option|html|head|body)\b)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A tag (`name` in lower case, `closes` for an end tag) or a text (`name` empty); `start`, `end` are
    offsets.
    """

    name: str
    closes: bool
    source: str
    start: int
    end: int

    def text(self) -> str:
        """The characters of a text."""
        return unescape(self.source)

    def attributes(self) -> dict[str, str]:
        """The attributes of a start tag."""
        return {name.lower(): unescape(value) for name, value in _ATTRIBUTE.findall(self.source)}


def flatten(html: str) -> str:
    """`html` of any kind with the tags taken out that nest deeper than 200 levels."""
    depth = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        closes = bool(match.group(1))
        deepest, depth = max(depth, depth + 1 - closes), max(0, depth + (-1 if closes else 1))
        return match.group() if deepest <= DEEPEST else ""

    return _NESTING.sub(keep, html) if html.count("<") > DEEPEST else html


def tokens(html: str) -> Iterator[Token]:
    """Every tag and text of what nh3 has put out (well-formed, attributes in double quotes) in order."""
    for match in _TOKEN.finditer(html):
        slash, name, attributes, text = match.groups()
        source = attributes if text is None else text
        yield Token((name or "").lower(), bool(slash), source or "", match.start(), match.end())
