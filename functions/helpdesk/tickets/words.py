"""A body as written (text or HTML) becomes both: sanitised HTML to show, text to search and send."""

from __future__ import annotations

import re

from helpdesk.core.errors import FieldError, Invalid

_FILE = re.compile(r"/v1/attachments/([0-9a-hjkmnp-tv-z]{26})")


def both_forms(body_text: str | None, body_html: str | None) -> tuple[str, str]:
    """`(text, html)` of a body given in one of the two forms; the HTML is safe to show.

    Pictures in it are uploads of ours, `/v1/attachments/<id>`; who sees them is asked when they are fetched.

    Raises
    ------
    Invalid
        when nothing is left to read, e.g. for HTML of tags alone.
    """
    from helpdesk.markup.html_text import to_text
    from helpdesk.markup.sanitise import sanitise, text_to_html

    if body_html is not None:
        html = sanitise(body_html, _picture)
        text = to_text(html)
    else:
        text = (body_text or "").replace("\r\n", "\n").strip("\n")
        html = text_to_html(text)
    if not text.strip() and "<img" not in html:
        name = "/body_html" if body_html is not None else "/body_text"
        raise Invalid("the message is empty", FieldError(name, "empty", "write something"))
    return text, html


def _picture(source: str) -> str | None:
    """The address of an upload of ours, from one in lower case; None for all else."""
    match = _FILE.fullmatch(source)
    return f"/v1/attachments/{match.group(1).upper()}" if match else None
