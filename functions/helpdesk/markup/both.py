"""A piece of words in the two forms that a mail has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Both:
    """The same words as plain text and as HTML that is safe to show."""

    text: str = ""
    html: str = ""
