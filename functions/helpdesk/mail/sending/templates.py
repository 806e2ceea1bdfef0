"""The texts of our own mails: a folder per language, or the organisation's own, rendered by Jinja in its sandbox.

Jinja is loaded at first use. What a template may hold is in `template_check`; here its output is bounded.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpdesk.markup.both import Both

if TYPE_CHECKING:
    from jinja2 import Template, nodes
    from jinja2.sandbox import SandboxedEnvironment

FALLBACK = "en"
MOST_OUTPUT = 4_000_000  # characters of one form; SES takes 10 MB
_FOLDER = Path(__file__).parent / "templates"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """A template; without `text` it is made of the HTML. `subject` only where the mail answers nothing."""

    html: str
    text: str | None = None
    subject: str | None = None


class TooLong(Exception):
    """A template gave more than a mail can hold."""


def languages() -> frozenset[str]:
    """The languages that we bring texts in."""
    return frozenset(path.name for path in _FOLDER.iterdir() if path.is_dir())


def language(locale: str) -> str:
    """The language that mails to `locale` (such as `de-AT`) are written in: its own if we have it, else English."""
    wanted = re.split(r"[-_]", locale.lower())[0]
    return wanted if wanted in languages() else FALLBACK


@cache
def shipped(kind: str, locale: str) -> Source:
    """The template that the desk comes with; one without words of its own lies beside the languages' folders."""
    folder = _FOLDER / language(locale)
    text, html, subject = (
        next((path.read_text() for path in (folder / name, _FOLDER / name) if path.exists()), None)
        for name in (f"{kind}.txt", f"{kind}.html", f"{kind}.subject")
    )
    return Source(html or "", text, subject and subject.strip())


def render(kind: str, locale: str, values: Mapping[str, Any], own: Source | None = None) -> Both:
    """The mail as text and as HTML, every value escaped that is not markup.

    `own` is the organisation's template. If it fails, which saving it should have prevented, the shipped one is
    sent: a mail that goes out plainly beats one that does not go.
    """
    for source in filter(None, (own, shipped(kind, locale))):
        try:
            return _rendered(source, locale, values)
        except Exception:
            if source is not own:
                raise
            _log.exception("the organisation's template failed", extra={"template": kind, "locale": locale})
    raise AssertionError("there is always a shipped template")


def subject(kind: str, locale: str, values: Mapping[str, Any], own: Source | None = None) -> str:
    """The subject of a mail that answers nothing."""
    source = own.subject if own and own.subject else shipped(kind, locale).subject
    return " ".join(_filled(compiled(source or "", html=False), values, html=False).split())


def part(name: str, locale: str, values: Mapping[str, Any]) -> Both:
    """A piece of a mail that is no template of the organisation's: the quote."""
    lang = language(locale)
    forms = (_environment(html=form == "html").get_template(f"{name}.{form}") for form in ("txt", "html"))
    text, html = (template.render(values, lang=lang) for template in forms)
    return Both(text.strip("\n"), html)


def parsed(source: str, *, html: bool) -> nodes.Template:
    """The parts of `source`; raises what Jinja raises."""
    return _environment(html=html).parse(source)


@lru_cache(maxsize=256)
def compiled(source: str, *, html: bool) -> Template:
    """`source` made ready; raises what Jinja raises."""
    return _environment(html=html).from_string(source)


def _rendered(source: Source, locale: str, values: Mapping[str, Any]) -> Both:
    from markupsafe import Markup

    from helpdesk.markup.html_text import to_text

    inner = _filled(compiled(source.html, html=True), values, html=True)
    text = to_text(inner) if source.text is None else _filled(compiled(source.text, html=False), values, html=False)
    layout = _environment(html=True).get_template("layout.html")
    page = layout.render(content=Markup(inner), subject=values.get("subject", ""), lang=locale)  # noqa: S704
    return Both(text.strip("\n") + "\n", page)


def _filled(template: Template, values: Mapping[str, Any], *, html: bool) -> str:
    from markupsafe import Markup

    form = {name: (Markup(it.html) if html else it.text) if isinstance(it, Both) else it for name, it in values.items()}  # noqa: S704
    return "".join(_bounded(template.generate(form)))


def _bounded(pieces: Iterable[str]) -> Iterable[str]:
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > MOST_OUTPUT:
            raise TooLong(f"more than {MOST_OUTPUT} characters")
        yield piece


@cache
def _environment(*, html: bool) -> SandboxedEnvironment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
