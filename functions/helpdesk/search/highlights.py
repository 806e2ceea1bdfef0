"""Where the words of a question stand in a text: HTML-escaped, with <mark> around what was found."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpdesk.filters.conditions import EVERYTHING, All, Any_, Condition, Not, Term, all_of, names
from helpdesk.filters.folding import folded, words_of
from helpdesk.search.engine import Engine

_LENGTH = 240  # characters of an excerpt
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Marker:
    """Marks the words of one question."""

    wanted: tuple[str, ...]

    def spans(self, text: str) -> list[tuple[int, int]]:
        """`[from, to)` of each found word, in order and apart."""
        found: list[tuple[int, int]] = []
        for token in _TOKEN.finditer(text):
            plain = folded(token[0])
            for word in self.wanted:
                place = plain.find(word)
                if place >= 0 and (place == 0 or len(word) >= 4 or not word.isascii()):
                    found.append(_span(token, plain, place, word))
        return _apart(found)

    def marked(self, text: str) -> str:
        """The whole text, safe as HTML."""
        return _marked(text, self.spans(text), 0, len(text))

    def excerpt(self, text: str) -> str:
        """The part of the text with the most found words, safe as HTML."""
        spans = self.spans(text)
        start = max((one[0] for one in spans), key=lambda at: _inside(spans, at), default=0)
        start = max(0, start - 60)
        if start:
            start = max(start, text.find(" ", start, start + 20) + 1)
        end = min(len(text), start + _LENGTH)
        body = _marked(text, spans, start, end)
        return f"{'… ' if start else ''}{body}{' …' if end < len(text) else ''}"

    def best(self, messages: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The messages that have any of the words, those with most different ones first, then the newest."""
        if not self.wanted:
            return []
        counted = [(self._different(one["text"]), one["id"], one) for one in messages]
        ordered = sorted((one for one in counted if one[0]), key=lambda one: one[:2], reverse=True)
        return [message for _, _, message in ordered]

    def _different(self, text: str) -> int:
        plain = folded(text)
        return sum(1 for word in self.wanted if word in plain)


def marker(engine: Engine, q: str) -> Marker:
    """The marker of a question: its words, and where a word stands nowhere what it may have meant."""
    words = list(dict.fromkeys(words_of(q)))[:12]
    meant = engine.similar([word for word in words if word.isascii() and len(word) > 2]) if words else {}
    wider = [one for found in meant.values() for one in found]
    return Marker(tuple(dict.fromkeys([*words, *wider]))[:60])


def without_words(condition: Condition) -> Condition:
    """What of a condition can be told without a ticket's messages: `text` comparisons are taken as fulfilled."""
    match condition:
        case All(parts):
            return all_of(without_words(part) for part in parts)
        case Any_() | Not() if "text" in names(condition):
            return EVERYTHING
        case Term("text"):
            return EVERYTHING
    return condition


def _span(token: re.Match[str], plain: str, place: int, word: str) -> tuple[int, int]:
    """Where in the text the word stands; if folding has changed lengths, the whole token."""
    if len(plain) != len(token[0]):
        return token.span()
    return token.start() + place, token.start() + place + len(word)


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _inside(spans: Sequence[tuple[int, int]], start: int) -> int:
    return sum(1 for one in spans if start <= one[0] < start + _LENGTH - 60)


def _marked(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> str:
    parts, at = [], start
    for one, other in spans:
        if one < at or other > end:
            continue
        parts += [html.escape(text[at:one]), "<mark>", html.escape(text[one:other]), "</mark>"]
        at = other
    return "".join([*parts, html.escape(text[at:end])])
