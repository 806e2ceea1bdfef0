"""Text as filters and search compare it: without case, accents and widths, in words.

Both search engines index what comes out of here, so that they and `matches` cannot disagree on what a word is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

# Chinese, Japanese, Korean and Thai write without spaces: each pair of neighbours is a word.
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_SPECIAL = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})


@cache
def _token() -> re.Pattern[str]:
    """A word, or a run of unspaced characters; made at first use, because it costs 2 ms of a cold start."""
    return re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")


@cache
def _run() -> re.Pattern[str]:
    return re.compile(rf"[{_UNSPACED}]+")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The text without differences of case, accent and width (NFKD without marks, casefolded)."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(char for char in plain if not unicodedata.combining(char) or _run().match(char))
    return unicodedata.normalize("NFC", bare).translate(_SPECIAL)


def tag_form(text: str) -> str:
    """A tag as it is kept and compared: in small letters, composed (NFC)."""
    return unicodedata.normalize("NFC", text).lower()


def words_of(text: str) -> list[str]:
    """The words of a text, in order; of unspaced scripts the pairs of characters, of a single one itself."""
    found: list[str] = []
    for token in _token().findall(folded(text)):
        if _run().fullmatch(token) and len(token) > 1:
            found += [token[place : place + 2] for place in range(len(token) - 1)]
        else:
            found.append(token)
    return found


def has_phrase(text: str, phrase: str) -> bool:
    """True if the words of the phrase stand in the text side by side; the last may be only begun."""
    wanted, found = _phrase_words(phrase), _text_words(text)
    *whole, last = wanted
    return any(
        found[place : place + len(whole)] == whole and found[place + len(whole)].startswith(last)
        for place in range(len(found) - len(whole))
    )


@lru_cache(maxsize=1024)
def _phrase_words(phrase: str) -> list[str]:
    return words_of(phrase)


@lru_cache(maxsize=8)
def _text_words(text: str) -> list[str]:
    """The words of a text about which many conditions ask, one after the other."""
    return words_of(text)


def number_in(text: str) -> float | None:
    """The number that the whole text is, None if it is none."""
    try:
        return float(text) if re.fullmatch(r"[+-]?\d{1,18}(\.\d{1,9})?", text, re.ASCII) else None
    except ValueError:
        return None


def plain(value: object) -> str:
    """A custom field's value as filters compare it: folded text; true and false for flags."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return folded(str(value))
