"""Hides the quoted history below somebody's words, and his signature. For display only: the whole text stays in
store, search and API.

Better too little than a word of the customer's: answers between quotes keep all of the mail, and so does a
mail that would be empty without its quotes (EM-64; pain point 20).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from helpdesk.mail.parsing import quote_lines, signature_lines
from helpdesk.mail.parsing.quote_heads import attribution_length, is_forward, is_header_block, is_separator, is_sure
from helpdesk.mail.parsing.quote_lines import Line
from helpdesk.markup.sanitise import regular

_SHORTEST_RUN = 3
_FARTHEST = 2_000
"""Lines among which the beginning of the history is looked for."""

_SIGNATURE = re.compile(r"--\s*\Z")
_RULE = re.compile(r"[-_*=]{5,}\Z")
_TAIL = re.compile(r"(?:\s|&nbsp;|<(?!img\b)[a-z][^<>]*>|</?(?:br|hr|wbr)>)+\Z", re.IGNORECASE)


def trim_text(text: str) -> str | None:
    """`text` without the history and the signature at its end; None if there is none, or nothing but history."""
    lines = quote_lines.of_text(text)
    cut = _cut(lines)
    return None if cut is None else text[: lines[cut].start].rstrip()


def trim_html(html: str) -> str | None:
    """`html` (as it came: classes and ids are evidence) without what stands at its end; None as in
    `trim_text`.

    What comes back is well-formed but not yet safe: give it to `sanitise.sanitise`.
    """
    tidy = regular(html)
    lines = quote_lines.of_html(tidy)
    cut = _cut(lines)
    return None if cut is None else regular(_TAIL.sub("", tidy[: lines[cut].start]))


def _cut(lines: Sequence[Line]) -> int | None:
    """The number of the first line that is folded: of the signature above the history, or of the history."""
    history = _history(lines)
    signature = signature_lines.begin(lines[:history])
    return history if signature is None else signature


def _history(lines: Sequence[Line]) -> int | None:
    """The number of the first line of the history."""
    filled = [number for number, line in enumerate(lines) if line.text or line.quoted]
    texts = [lines[number].text for number in filled]
    shown = [lines[number] for number in filled]
    for place in range(min(len(filled), _FARTHEST)):
        if is_forward(texts[place]) and not shown[place].quoted:
            return None
        if _begins_history(shown, texts, place):
            cut = _with_rule_above(texts, filled, place)
            own_words = any(line.text and not line.quoted for line in lines[:cut])
            return cut if own_words else None
    return None


def _begins_history(lines: Sequence[Line], texts: Sequence[str], place: int) -> bool:
    """Whether all from this line on is history; below a first quote and an answer to it, the rest is a talk."""
    first = lines[place]
    introduced = first.head == "unmarked" or is_separator(first.text) or is_header_block(texts[place : place + 8])
    if introduced and not first.quoted:
        return True
    if any(line.quoted for line in islice(lines, place)):
        return False
    heading = attribution_length(texts[place : place + 3])
    if heading:
        quoted = any(line.quoted for line in lines[place + heading :])
        return _all_quoted(lines, place + heading) if quoted else is_sure(" ".join(texts[place : place + heading]))
    if first.head == "marked":
        return _all_quoted(lines, place + (not first.quoted))
    long_run = first.quoted and not first.from_markup and len(lines) - place >= _SHORTEST_RUN
    return (first.cited or long_run) and _all_quoted(lines, place)


def _all_quoted(lines: Sequence[Line], start: int) -> bool:
    """Whether nobody wrote between or below the quotes from `start` on; a signature may stand there."""
    for line in islice(lines, start, None):
        if line.quoted or not line.text:
            continue
        return _SIGNATURE.match(line.text) is not None
    return start < len(lines)


def _with_rule_above(texts: Sequence[str], filled: Sequence[int], place: int) -> int:
    return filled[place - 1] if place and _RULE.match(texts[place - 1]) else filled[place]
