"""Which pictures the HTML of a mail shows by itself, in all the forms that programs write (EM-57)."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

_CID = re.compile(r"""cid:([^"'\s<>)]{1,500})""", re.IGNORECASE)
_SOURCE = re.compile(r"""<img\b[^>]{0,2000}?\ssrc\s*=\s*(?:"([^"]{1,500})"|'([^']{1,500})'|([^\s"'>]{1,500}))""", re.I)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def normalise(value: str | None) -> str | None:
    """A Content-ID, `cid:` URL (RFC 2392) or bare image source in the form that all of them are compared in."""
    bare = unescape(value or "").strip().strip("<>").strip()
    bare = bare[4:] if bare[:4].lower() == "cid:" else bare
    return unquote(bare).strip().lower() or None


def referenced(html: str) -> frozenset[str]:
    """The normalised ids of all pictures that `html` expects inside the mail: `cid:` ones and those without
    scheme.
    """
    bare = ("".join(groups) for groups in _SOURCE.findall(html))
    found = [*_CID.findall(html), *(source for source in bare if not _SCHEME.match(source.strip()))]
    return frozenset(filter(None, map(normalise, found)))
