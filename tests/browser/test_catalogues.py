"""Every text of the screens exists in every language; none is left over."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

STATIC = Path(__file__).resolve().parents[2] / "portal_static"
CATALOGUES = {path.stem: json.loads(path.read_text()) for path in (STATIC / "shared" / "i18n").glob("*.json")}
SOURCES = [path for path in STATIC.rglob("*.js") if "vendor" not in path.parts]
CODE = "\n".join(path.read_text() for path in SOURCES)
NAMED = set(re.findall(r"""\b(?:t|pieces)\(\s*["']([\w.-]+)["']""", CODE))
MADE = {re.escape(re.split(r"\$\{", made)[0]) for made in re.findall(r"\b(?:t|pieces)\(\s*`([^`]+)`", CODE)}
STRINGS = set(re.findall(r"""["']([a-z_]+(?:\.[a-z_]+)+)["']""", CODE))


def holes(text: Any) -> set[str]:
    forms = text.values() if isinstance(text, dict) else [text]
    return {hole for form in forms for hole in re.findall(r"\{(\w+)\}", form)}


@pytest.mark.parametrize("locale", sorted(CATALOGUES))
def test_every_named_text_is_there(locale: str) -> None:
    assert sorted(NAMED - CATALOGUES[locale].keys()) == []


@pytest.mark.parametrize("locale", sorted(CATALOGUES))
def test_languages_say_the_same(locale: str) -> None:
    english, other = CATALOGUES["en"], CATALOGUES[locale]
    assert english.keys() == other.keys()
    assert [key for key in english if holes(english[key]) != holes(other[key])] == []


@pytest.mark.parametrize("locale", sorted(CATALOGUES))
def test_plural_forms_have_the_general_one(locale: str) -> None:
    assert [key for key, text in CATALOGUES[locale].items() if isinstance(text, dict) and "other" not in text] == []


def test_no_text_is_left_over() -> None:
    used = NAMED | STRINGS
    made = re.compile("|".join(sorted(MADE)))
    left = [key for key in CATALOGUES["en"] if key not in used and not made.match(key)]
    assert [key for key in left if key.rsplit("_", 1)[0] not in used] == []
