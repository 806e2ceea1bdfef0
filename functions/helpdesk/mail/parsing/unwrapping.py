"""What a winmail.dat holds, as parts like any others (EM-59)."""

from __future__ import annotations

from dataclasses import dataclass, field

from helpdesk.mail.parsing import rich_text, tnef
from helpdesk.mail.parsing.bounds import Budget
from helpdesk.mail.parsing.parts import Leaf
from helpdesk.markup import content_ids

_DEEPEST = 5
_TYPES = {
    "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "txt": "text/plain", "ics": "text/calendar", "htm": "text/html", "html": "text/html", "eml": "message/rfc822",
}  # fmt: skip


@dataclass(slots=True)
class Inside:
    """The body and the files of a wrapping, those of wrappings within it too."""

    text: str = ""
    html: str = ""
    files: list[Leaf] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)


def is_tnef(one: Leaf) -> bool:
    """Whether a part is Outlook's wrapping, also under a wrong type."""
    return one.content_type in tnef.TYPES or (
        (one.name or "").lower() == "winmail.dat" and one.content.startswith(tnef.SIGNATURE)
    )


def unwrap(one: Leaf, budget: Budget, depth: int = 0) -> Inside:
    """Open a wrapping; each file costs the mail's budget one part. OutOfBoundsError when that is spent."""
    read = tnef.read(one.content)
    text = read.text or ("" if read.html else rich_text.words_of(read.rtf))
    inside = Inside(text, read.html, defects=["tnef_broken"] if read.broken else [])
    for file in read.files:
        budget.take_part()
        if file.content_type in tnef.TYPES and file.content.startswith(tnef.SIGNATURE) and depth < _DEEPEST:
            inner = unwrap(_leaf(file), budget, depth + 1)
            inside.files += inner.files
            inside.defects += inner.defects
            inside.text = inside.text or inner.text
        inside.files.append(_leaf(file))
    return inside


def _leaf(file: tnef.File) -> Leaf:
    extension = (file.name or "").rpartition(".")[2].lower()
    guessed = _TYPES.get(extension, "application/octet-stream")
    return Leaf(
        content_type=file.content_type if "/" in file.content_type else guessed,
        disposition="attachment",
        name=file.name,
        content_id=content_ids.normalise(file.content_id),
        location=None,
        charset=None,
        content=file.content,
        defect=None,
    )
