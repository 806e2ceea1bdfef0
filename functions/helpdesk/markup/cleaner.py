"""The one door to nh3: what its parser stumbles over neither stops a worker nor reaches a reader."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from helpdesk.markup.panics import is_fault
from helpdesk.markup.tokens import flatten

_OF_HEAD = re.compile(r"<(/?)(?:meta|link|base|basefont|bgsound)(?![a-z0-9:-])", re.IGNORECASE)


def clean(html: str, **options: Any) -> str:
    """`html` as `nh3.clean` puts it out with these options; as text, escaped, if the library breaks down over it.

    html5ever 0.39 reads behind the end of `<meta http-equiv="content-type" content="charset">`, and of its likes in a
    head: a panic, which would end the worker. A `param` is as empty, and as little shown.
    """
    import nh3

    try:
        return nh3.clean(flatten(_OF_HEAD.sub(r"<\1param", html)), **options)
    except BaseException as failure:
        if not is_fault(failure):
            raise
        return escape(html)
