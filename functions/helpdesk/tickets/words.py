"""A body as written (text or HTML) becomes both: sanitised HTML to show, text to search and send."""

from __future__ import annotations

from helpdesk.core.errors import FieldError, Invalid


def both_forms(body_text: str | None, body_html: str | None) -> tuple[str, str]:
    """`(text, html)` of a body given in one of the two forms; the HTML is safe to show.

    Raises
    ------
    Invalid
        when nothing is left to read, e.g. for HTML of tags alone.
    """
    from helpdesk.markup.html_text import to_text
    from helpdesk.markup.sanitise import sanitise, text_to_html

    if body_html is not None:
        html = sanitise(body_html, lambda _cid: None)
        text = to_text(html)
    else:
        text = (body_text or "").replace("\r\n", "\n").strip("\n")
        html = text_to_html(text)
    if not text.strip() and "<img" not in html:
        name = "/body_html" if body_html is not None else "/body_text"
        raise Invalid("the message is empty", FieldError(name, "empty", "write something"))
    return text, html
