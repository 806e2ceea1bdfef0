"""The names by which the HTML of a mail asks for its pictures, in all the forms that programs write (EM-57)."""

from __future__ import annotations

from html import unescape
from urllib.parse import unquote


def normalise(value: str | None) -> str | None:
    """A Content-ID, `cid:` URL (RFC 2392) or bare image source in the form that all of them are compared in."""
    bare = unescape(value or "").strip().strip("<>").strip()
    bare = bare[4:] if bare[:4].lower() == "cid:" else bare
    return unquote(bare).strip().lower() or None
