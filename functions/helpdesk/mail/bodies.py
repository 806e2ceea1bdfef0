"""From the MIME tree to one body and a list of files, always in the same way (EM-55, 57, 62).

Each readable stretch of the mail is a piece: text, HTML, or both. A multipart/alternative is one piece, other
multiparts are the row of their pieces, so that Apple's text between pictures and a list server's footer stay
in place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import Message

from helpdesk.mail.parts import Leaf, leaf
from helpdesk.markup.html_text import to_text
from helpdesk.markup.sanitise import text_to_html

_LONGEST_FRAME = 5_000


@dataclass(slots=True)
class Piece:
    """A stretch of body."""

    text: str | None
    html: str | None


@dataclass(slots=True)
class Collected:
    """What a tree holds; `text` is never None in the end, `html` only if no part was HTML."""

    pieces: list[Piece] = field(default_factory=list)
    files: list[Leaf] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)

    def text(self) -> str:
        """All pieces as text."""
        texts = (piece.text if _filled(piece.text) else to_text(piece.html or "") for piece in self.pieces)
        return "\n".join(text.strip("\n") for text in texts if text and text.strip())

    def html(self) -> str | None:
        """All pieces as HTML, as they came."""
        if not any(_shows(piece.html) for piece in self.pieces):
            return None
        parts = (piece.html if _shows(piece.html) else text_to_html(piece.text or "") for piece in self.pieces)
        return "\n".join(part for part in parts if part)


def collect(root: Message) -> Collected:
    """Walk the tree; a mail whose only text is a named inline file gets that as its body."""
    found = Collected()
    found.pieces = _walk(root, found, is_root=True)
    if not any(_filled(piece.text) or _filled(piece.html) for piece in found.pieces):
        _promote(found)
    return found


def _walk(part: Message, found: Collected, *, is_root: bool = False) -> list[Piece]:
    subtype = part.get_content_subtype().lower()
    if part.get_content_maintype().lower() != "multipart" or not part.is_multipart():
        return _take_leaf(leaf(part), found, is_root=is_root)
    children = [child for child in part.get_payload() if isinstance(child, Message)]
    if subtype == "alternative":
        return _alternative([_walk(child, found) for child in children])
    if subtype == "digest":
        found.files += [leaf(child) for child in children]
        return []
    pieces = [piece for child in children for piece in _walk(child, found)]
    return _without_twins(pieces)


def _take_leaf(one: Leaf, found: Collected, *, is_root: bool) -> list[Piece]:
    if one.defect:
        found.defects.append(one.defect)
    as_text = one.is_body or (is_root and one.content_type.startswith(("text/", "multipart/")))
    if not as_text or one.disposition == "attachment":
        found.files.append(one)
        return []
    return [_piece(one, found)]


def _piece(one: Leaf, found: Collected) -> Piece:
    text, defect = one.text()
    if defect:
        found.defects.append(defect)
    return Piece(None, text) if one.content_type == "text/html" else Piece(text, None)


def _alternative(choices: list[list[Piece]]) -> list[Piece]:
    """One piece out of the choices: the first plain one, and the last with HTML (RFC 2046, section 5.1.4)."""
    plain = [row for row in choices if row and not any(_filled(piece.html) for piece in row)]
    rich = [row for row in choices if any(_shows(piece.html) for piece in row)]
    filled = [row for row in plain if any(_filled(piece.text) for piece in row)] or plain
    if not rich:
        return filled[0] if filled else []
    text = Collected(pieces=filled[0]).text() if filled else ""
    return [Piece(text or Collected(pieces=rich[-1]).text(), Collected(pieces=rich[-1]).html())]


def _without_twins(pieces: list[Piece]) -> list[Piece]:
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
    return _filled(text) and (text or "").split() == to_text(html or "").split()


def _promote(found: Collected) -> None:
    for one in found.files:
        if one.content_type in {"text/plain", "text/html"} and one.disposition != "attachment":
            found.files.remove(one)
            found.pieces = [_piece(one, found)]
            return


def _filled(text: str | None) -> bool:
    return bool(text and text.strip())


def _shows(html: str | None) -> bool:
    """Whether there is anything to see: some programs add an HTML part that is nothing but a frame."""
    if not html or len(html) > _LONGEST_FRAME or "<img" in html.lower():
        return bool(html)
    return _filled(to_text(html))
