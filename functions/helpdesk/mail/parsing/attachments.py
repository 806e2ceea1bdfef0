"""Files of a mail as they are kept: named, hashed, and known to be shown inside the body or not (EM-57, 58)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from helpdesk.mail.model import MailAttachment
from helpdesk.mail.parsing import filenames
from helpdesk.mail.parsing.parts import Leaf
from helpdesk.markup import content_ids
from helpdesk.markup.sanitise import shown_pictures


def attach(files: Sequence[Leaf], html: str | None) -> tuple[MailAttachment, ...]:
    """One attachment per file, in order. A picture is inline if the HTML shows it, and then only the first
    time.
    """
    pictures = any(one.content_type.startswith("image/") for one in files)
    wanted = set(shown_pictures(html)) if html and pictures else set[str]()
    taken: set[str] = set()
    return tuple(_attachment(one, number, wanted, taken) for number, one in enumerate(files, start=1))


def _attachment(one: Leaf, number: int, wanted: set[str], taken: set[str]) -> MailAttachment:
    shown_as = _shown_as(one, wanted)
    wanted.discard(shown_as or "")
    return MailAttachment(
        filename=filenames.unique(filenames.safe(one.name, one.content_type, number), taken),
        content_type=one.content_type,
        content=one.content,
        sha256=hashlib.sha256(one.content).hexdigest(),
        inline=shown_as is not None,
        content_id=shown_as or one.content_id,
    )


def _shown_as(one: Leaf, wanted: set[str]) -> str | None:
    """What the HTML calls this picture: by its id, its location or, with some programs, its bare name."""
    if not one.content_type.startswith("image/"):
        return None
    names = (one.content_id, one.location, content_ids.normalise(one.name))
    return next((name for name in names if name in wanted), None)
