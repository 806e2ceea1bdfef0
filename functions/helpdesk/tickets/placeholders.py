"""Marked places that a template left open, `[[requester.phone?]]`: no message goes out while one stands in it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from helpdesk.core.errors import FieldError, Invalid

_MARKED = re.compile(r"\[\[([A-Za-z][A-Za-z0-9_.-]{0,80})\?\]\]")


def marked(name: str) -> str:
    """The mark for a variable that has no value."""
    return f"[[{name}?]]"


def marks_in(text: str) -> list[str]:
    """The variables whose places are still open, each once."""
    return list(dict.fromkeys(_MARKED.findall(text)))


def refuse_placeholders(body: dict[str, Any], pointer: str = "") -> None:
    """Raise `Invalid` `undefined_variable` for a body whose text or HTML still holds a mark."""
    faults = [
        FieldError(f"{pointer}/{name}", "undefined_variable", f"{open_} has no value: write it, or take it out")
        for name in ("body_html", "body_text")
        for open_ in marks_in(re.sub(r"<[^>]*>", "", unescape(body.get(name) or "")))
    ]
    if faults:
        raise Invalid("the message has places that nobody filled", *faults, code="undefined_variable")
