"""From the MIME tree to one body and a list of files, always in the same way (EM-55, 57, 59, 61, 62).

Each readable stretch of the mail is a piece: text, HTML, or both. A multipart/alternative is one piece, other
multiparts are the row of their pieces, so that Apple's text between pictures and a list server's footer stay
in place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import Message

from helpdesk.mail.parsing import invites, mime_tree, signatures, unwrapping
from helpdesk.mail.parsing.bounds import Budget
from helpdesk.mail.parsing.parts import Leaf, leaf
from helpdesk.mail.parsing.pieces import Piece, filled, html_of, one_of, text_of, without_twins
from helpdesk.mail.parsing.signatures import Evidence


@dataclass(slots=True)
class Collected:
    """What a tree holds; `text` is never None in the end, `html` only if no part was HTML.

    `spare` is a body that is shown if the mail has no other; `evidence` is of its first signature.
    """

    raw: bytes
    body_at: int
    budget: Budget
    pieces: list[Piece] = field(default_factory=list)
    files: list[Leaf] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    spare: list[Piece] = field(default_factory=list)
    evidence: Evidence | None = None

    def text(self) -> str:
        """All pieces as text."""
        return text_of(self.pieces)

    def html(self) -> str | None:
        """All pieces as HTML, as they came."""
        return html_of(self.pieces)


def collect(root: Message, raw: bytes, body_at: int, budget: Budget) -> Collected:
    """Walk the tree of `raw`, whose header ends at `body_at`.

    A mail whose only text is a named inline file gets that as its body.

    Raises
    ------
    OutOfBoundsError
        when what is unpacked makes the mail too much.
    """
    found = Collected(raw, body_at, budget)
    found.pieces = _walk(root, found, is_root=True)
    if not any(filled(piece.text) or filled(piece.html) for piece in found.pieces):
        _promote(found)
    return found


def _walk(part: Message, found: Collected, *, is_root: bool = False) -> list[Piece]:
    found.budget.check_time()
    subtype = part.get_content_subtype().lower()
    if part.get_content_maintype().lower() != "multipart" or not part.is_multipart():
        return _take_leaf(leaf(part), found, is_root=is_root)
    children = mime_tree.children(part)
    if subtype in {"signed", "encrypted"}:
        found.evidence = found.evidence or _evidence(part, children, found, whole=is_root and len(children) == 2)
    if subtype == "alternative":
        return one_of([_walk(child, found) for child in children])
    if subtype == "digest":
        found.files += [leaf(child) for child in children]
        return []
    pieces = [piece for child in children for piece in _walk(child, found)]
    return without_twins(pieces)


def _take_leaf(one: Leaf, found: Collected, *, is_root: bool) -> list[Piece]:
    if one.defect:
        found.defects.append(one.defect)
    if signatures.is_smime(one.content_type, one.name):
        return _opened(one, found, whole=is_root)
    if unwrapping.is_tnef(one):
        _unwrap(one, found)
        return []
    read_anyway = one.content_type.startswith(("text/", "multipart/")) and one.content_type not in invites.TYPES
    as_text = one.is_body or (is_root and read_anyway)
    if not as_text or one.disposition == "attachment":
        found.files.append(one)
        return []
    return [_piece(one, found)]


def _evidence(part: Message, children: list[Message], found: Collected, *, whole: bool) -> Evidence | None:
    """What a multipart/signed or /encrypted says of itself, in any form that programs write."""
    named = f"{part.get_param('protocol', '')}".lower()
    if part.get_content_subtype().lower() == "encrypted":
        return Evidence("pgp", encrypted=True)
    if len(children) < 2 or "pgp" in named:
        return Evidence("pgp") if "pgp" in named else None
    last, boundary = leaf(children[-1]), part.get_boundary()
    if not signatures.is_smime_signature(last.content_type, last.name):
        return Evidence("pgp") if last.content_type == "application/pgp-signature" else None
    content = signatures.signed_bytes(found.raw, found.body_at, boundary) if boundary else None
    return Evidence("smime", last.content, content or b"", whole=whole)


def _opened(one: Leaf, found: Collected, *, whole: bool) -> list[Piece]:
    """The mail inside an opaque S/MIME signature takes the place of its wrapping; an encrypted one stays a file."""
    inner = signatures.opaque_content(one.content)
    found.evidence = found.evidence or Evidence("smime", one.content, whole=whole)
    if inner is None:
        found.files.append(one)
        return []
    found.budget.take_part()
    root, defects = mime_tree.read(inner, found.budget)
    found.defects += defects
    return _walk(root, found, is_root=True)


def _unwrap(one: Leaf, found: Collected) -> None:
    """Outlook's wrapping stays as it is, and what is in it stands beside it."""
    found.files.append(one)
    inside = unwrapping.unwrap(one, found.budget)
    found.files += inside.files
    found.defects += inside.defects
    if not found.spare and (inside.text or inside.html):
        found.spare = [Piece(inside.text or None, inside.html or None)]


def _piece(one: Leaf, found: Collected) -> Piece:
    text, defect = one.text()
    if defect:
        found.defects.append(defect)
    return Piece(None, text) if one.content_type == "text/html" else Piece(text, None)


def _promote(found: Collected) -> None:
    if found.spare:
        found.pieces = found.spare
        return
    for one in found.files:
        if one.content_type in {"text/plain", "text/html"} and one.disposition != "attachment":
            found.files.remove(one)
            found.pieces = [_piece(one, found)]
            return
