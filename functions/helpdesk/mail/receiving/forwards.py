"""A colleague's forward: whose mail it was that he passes on (EM-47; pain point 21).

Pure reading. Whether somebody may do this is decided elsewhere (`colleagues`): a customer's forward never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from helpdesk.mail.addresses import has_extension
from helpdesk.mail.model import Address, ParsedMail
from helpdesk.mail.parsing import address_lists
from helpdesk.mail.parsing.quote_heads import is_forward, is_header_block, is_separator, label_of
from helpdesk.mail.subjects import without_prefixes

COMMAND = "@fwd"
EXTENSION = "fwd"
_QUOTE = re.compile(r"\A(?:>\s?)+")
_MAILTO = re.compile(r"[\[<]mailto:([^\]>\s]+)[\]>]", re.IGNORECASE)
_LINES = 400
_HEADER_LINES = 8


@dataclass(frozen=True, slots=True)
class Inner:
    """The mail that is passed on, and what the colleague wrote above it."""

    mail: ParsedMail
    remark: str


def asks(mail: ParsedMail, recipients: Iterable[str], own_addresses: Iterable[str]) -> bool:
    """Whether the mail asks for it: `@fwd` alone on its first line, or sent to `support+fwd@...`."""
    own = tuple(own_addresses)
    first = next((line.strip() for line in mail.text.splitlines() if line.strip()), "")
    named = (*recipients, *(one.email for one in (*mail.to, *mail.cc)))
    return first.lower() == COMMAND or any(has_extension(one, EXTENSION, own) for one in named)


def original_in(mail: ParsedMail) -> Inner | None:
    """The mail that is passed on: an attached one as it is, else what stands below the first forwarded header in the
    text; None if neither names somebody.
    """
    for one in mail.attachments:
        if one.content_type == "message/rfc822":
            from helpdesk.mail.parsing.parse import parse

            return Inner(parse(one.content), _without_command(mail.text))
    lines = [_QUOTE.sub("", line).strip() for line in mail.text.splitlines()]
    for place, line in enumerate(lines[:_LINES]):
        if is_forward(line) or is_separator(line) or is_header_block(lines[place : place + _HEADER_LINES]):
            return _inline(mail, lines, place)
    return None


def _inline(mail: ParsedMail, lines: list[str], place: int) -> Inner | None:
    """The forwarded part of a text as a mail of its own: only what stands below its header, as plain text."""
    start = place if label_of(lines[place]) else place + 1
    start = _first(lines, start, blank=False)
    end = _first(lines, start, blank=True)
    writer = next((found for line in lines[start:end] if (found := _writer_in(line))), None)
    if writer is None:
        return None
    theirs = replace(
        mail,
        from_=writer,
        text="\n".join(lines[end:]).strip(),
        html=None,
        subject=without_prefixes(mail.subject),
        message_id=None,
        reply_to=(),
        to=(),
        cc=(),
        references=(),
        in_reply_to=(),
    )
    return Inner(theirs, _without_command("\n".join(lines[:place])))


def _first(lines: list[str], start: int, *, blank: bool) -> int:
    """The first line from `start` on that is blank, or is not; their number if none is."""
    return next((place for place in range(start, len(lines)) if (not lines[place]) == blank), len(lines))


def _without_command(text: str) -> str:
    lines = text.strip().splitlines()
    return "\n".join(lines[1:] if lines and lines[0].strip().lower() == COMMAND else lines).strip()


def _writer_in(line: str) -> Address | None:
    if label_of(line) != "from":
        return None
    who = _MAILTO.sub(r"<\1>", re.split(r"[:：]", line, maxsplit=1)[1].strip(" *_"))
    return next(iter(address_lists.parse(who)), None)
