"""Stretches of a body, each as text, HTML or both, and what becomes of several (EM-55)."""

from __future__ import annotations

from dataclasses import dataclass

from helpdesk.markup.html_text import to_text
from helpdesk.markup.sanitise import text_to_html

_LONGEST_FRAME = 5_000


@dataclass(slots=True)
class Piece:
    """A stretch of body."""

    text: str | None
    html: str | None


def one_of(choices: list[list[Piece]]) -> list[Piece]:
    """One piece out of the choices: the first plain one, and the last with HTML (RFC 2046, section 5.1.4)."""
    plain = [row for row in choices if row and not any(filled(piece.html) for piece in row)]
    rich = [row for row in choices if any(shows(piece.html) for piece in row)]
    readable = [row for row in plain if any(filled(piece.text) for piece in row)] or plain
    if not rich:
        return readable[0] if readable else []
    text = text_of(readable[0]) if readable else ""
    return [Piece(text or text_of(rich[-1]), html_of(rich[-1]))]


def without_twins(pieces: list[Piece]) -> list[Piece]:
    """Some programs send the two forms of one text side by side in a multipart/mixed: make them one piece
    again.
    """
    kept: list[Piece] = []
    for piece in pieces:
        before = kept[-1] if kept else None
        if before and before.html is None and piece.text is None and _same(before.text, piece.html):
            kept[-1] = Piece(before.text, piece.html)
        else:
            kept.append(piece)
    return kept


def _same(text: str | None, html: str | None) -> bool:
    return filled(text) and (text or "").split() == to_text(html or "").split()


def text_of(pieces: list[Piece]) -> str:
    """All pieces as text."""
    texts = (piece.text if filled(piece.text) else to_text(piece.html or "") for piece in pieces)
    return "\n".join(text.strip("\n") for text in texts if text and text.strip())


def html_of(pieces: list[Piece]) -> str | None:
    """All pieces as HTML, as they came; None if none of them is."""
    if not any(shows(piece.html) for piece in pieces):
        return None
    parts = (piece.html if shows(piece.html) else text_to_html(piece.text or "") for piece in pieces)
    return "\n".join(part for part in parts if part)


def filled(text: str | None) -> bool:
    """Whether there is more than white space."""
    return bool(text and text.strip())


def shows(html: str | None) -> bool:
    """Whether there is anything to see: some programs add an HTML part that is nothing but a frame."""
    if not html or len(html) > _LONGEST_FRAME or "<img" in html.lower():
        return bool(html)
    return filled(to_text(html))
