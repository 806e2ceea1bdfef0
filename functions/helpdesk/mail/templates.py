"""The texts of our own mails: a folder per language, rendered by Jinja in its sandbox (loaded on first use)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

FALLBACK = "en"

_FOLDER = Path(__file__).parent / "templates"


def language(locale: str) -> str:
    """The language that mails to `locale` (such as `de-AT`) are written in: its own if we have it, else
    English.
    """
    wanted = re.split(r"[-_]", locale.lower())[0]
    return wanted if wanted in _languages() else FALLBACK


def render(name: str, locale: str, values: dict[str, Any]) -> tuple[str, str]:
    """The template `name` as text and as HTML, in which every value is escaped that is not marked as markup.

    A template without words of its own lies beside the languages' folders.
    """
    folder = language(locale)
    text, html = (
        _environment().select_template([f"{folder}/{name}.{form}", f"{name}.{form}"]).render(values, lang=folder)
        for form in ("txt", "html")
    )
    return text.strip("\n") + "\n", html


def subject(name: str, locale: str, values: dict[str, Any]) -> str:
    """The subject of a mail that answers nothing."""
    return _environment().get_template(f"{language(locale)}/{name}.subject").render(values).strip()


@cache
def _languages() -> frozenset[str]:
    return frozenset(path.name for path in _FOLDER.iterdir() if path.is_dir())


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
