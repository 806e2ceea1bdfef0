"""Which language somebody writes in, told from his words."""

from __future__ import annotations

from functools import cache
from typing import Any

MOST_CHARS = 2_000
_LEAST_CHARS = 8


def language_of(text: str) -> str | None:
    """The language of a text (ISO 639-1), None where it is too short or too mixed to tell."""
    words = " ".join(text[:MOST_CHARS].split())
    if len(words.encode()) < _LEAST_CHARS:
        return None
    found = _detector().detect(words)
    return str(found.language) if found.is_reliable() else None


@cache
def _detector() -> Any:
    """Read once a container: 70 ms, and only where a team asks for languages."""
    from eld import LanguageDetector

    detector = LanguageDetector()
    detector.clean_text(True)
    return detector
