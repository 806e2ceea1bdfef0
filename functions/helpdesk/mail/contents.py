"""What is below the header of a mail: its body, its files, and what they say of it beyond words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from typing import TypeVar

from helpdesk.mail import address_lists, bodies, charsets, dates, invites, mime_tree, reports, signatures
from helpdesk.mail.attachments import attach
from helpdesk.mail.bodies import Collected
from helpdesk.mail.bounds import LARGEST, LONGEST_BODY, MOST_LINKS, Budget, OutOfBoundsError
from helpdesk.mail.header_lines import HeaderLines
from helpdesk.mail.model import Invite, MailAttachment, Report, Signed
from helpdesk.markup import html_text
from helpdesk.markup.panics import is_fault

_T = TypeVar("_T")
_LONGEST_FALLBACK = 64 * 1024
_MOST_INVITES = 5
_LINK = re.compile(r"<a\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Content:
    """`text` is never missing; all else only where the mail has it. `defects` are codes."""

    text: str
    html: str | None = None
    attachments: tuple[MailAttachment, ...] = ()
    report: Report | None = None
    invites: tuple[Invite, ...] = ()
    signed: Signed | None = None
    defects: tuple[str, ...] = ()


def read(raw: bytes, headers: HeaderLines) -> Content:
    """Read what `raw` holds below its `headers`. Never raises: what is too much or broken is told by its beginning."""
    if len(raw) > LARGEST:
        return _plain(raw, headers, "too_large")
    if "headers_too_many" in headers.defects:
        return _plain(raw, headers, "out_of_bounds")
    broken_block = "header_malformed" in headers.defects and headers.raw
    budget = Budget()
    try:
        root, defects = mime_tree.read(headers.rebuilt(raw[headers.body :]) if broken_block else raw, budget)
        return _structured(root, headers, bodies.collect(root, raw, headers.body, budget), defects)
    except OutOfBoundsError as failure:
        return _plain(raw, headers, failure.code)
    except RecursionError:
        return _plain(raw, headers, "out_of_bounds")
    except BaseException as failure:  # no mail may be lost to a fault in a library
        if not is_fault(failure):
            raise
        return _plain(raw, headers, "mime_unreadable")


def _structured(root: Message, headers: HeaderLines, found: Collected, defects: tuple[str, ...]) -> Content:
    sender = next((one.email for one in address_lists.parse(headers.first("from"))), None)
    date, text = dates.parse(headers.first("date")), found.text()[:LONGEST_BODY]
    html, too_much = _bounded(found.html())
    too_much += ("text_shortened",) if len(text) == LONGEST_BODY or len(html or "") > html_text.LONGEST else ()
    calendars, broken = _invites(found)
    failed: list[str] = []
    report = _tried(lambda: reports.find(root, headers, text, sender), "report_unreadable", failed)
    signed = _tried(lambda: signatures.judge(found.evidence, text, sender, date), "signature_unreadable", failed)
    return Content(
        text=text or "\n\n".join(map(invites.describe, calendars)),
        html=html,
        attachments=attach(found.files, html),
        report=report,
        invites=calendars,
        signed=signed,
        defects=(*defects, *found.defects, *broken, *too_much, *failed),
    )


def _tried(read_one: Callable[[], _T | None], code: str, failed: list[str]) -> _T | None:
    """What is said beside the words: a fault in reading it must not cost body and files."""
    try:
        return read_one()
    except BaseException as failure:
        if not is_fault(failure):
            raise
        failed.append(code)
        return None


def _bounded(html: str | None) -> tuple[str | None, tuple[str, ...]]:
    """No HTML rather than one that would keep a browser busy: the text is there, and the raw mail (EM-56)."""
    if html and len(html) > LONGEST_BODY:
        return None, ("html_too_large",)
    if html and len(_LINK.findall(html)) > MOST_LINKS:
        return None, ("html_too_many_links",)
    return html, ()


def _invites(found: Collected) -> tuple[tuple[Invite, ...], tuple[str, ...]]:
    """The events of all calendar files, each once: many programs send the same one as a part and as a file."""
    calendars: dict[tuple[str, str | None], Invite] = {}
    defects: list[str] = []
    for one in found.files:
        if one.content_type in invites.TYPES and len(calendars) < _MOST_INVITES:
            events, defect = invites.read(one.content, one.charset, hashlib.sha256(one.content).hexdigest())
            defects += [defect] if defect else []
            for event in events:
                calendars.setdefault((event.uid or event.summary, event.start), event)
    return tuple(calendars.values())[:_MOST_INVITES], tuple(defects)


def _plain(raw: bytes, headers: HeaderLines, defect: str) -> Content:
    """What can be said without looking at the structure: the beginning of the body as it stands."""
    text, _ = charsets.decode(raw[headers.body : headers.body + _LONGEST_FALLBACK])
    return Content(text.strip(), defects=(defect,))
