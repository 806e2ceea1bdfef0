"""What people paste to find one thing: a ticket's number or id, an address, a phone, a Message-ID, an order's code."""

from __future__ import annotations

import re

from helpdesk.core import email_address, ids

_PHONE = re.compile(r"(?<![\w.-])(?:\+|00)?\d[\d ()/.\-\u2009\u00a0]{5,20}\d(?![\w-])")
_CODE = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z-])[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+(?![\w-])")
_MAIL = re.compile(r"[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+")
_SIGNIFICANT = 8  # last digits by which two ways of writing a phone are the same
_MOST_CODES = 40  # of one text


def wanted_by(query: str) -> list[str]:
    """The exact values that a whole query may be."""
    text = query.strip()
    found: list[str] = []
    bare = text.strip("<>")
    if (number := text.removeprefix("#").strip()).isascii() and number.isdigit() and len(number) < 16:
        found.append(f"number:{int(number)}")
    if ids.is_id(text.upper()):
        found.append(f"id:{text.upper()}")
    if _MAIL.fullmatch(bare):
        found += [f"message:{bare.lower()}", f"mail:{email_address.normalise(bare) or bare.lower()}"]
    return found + phones_in(text, whole=True) + codes_in(text, whole=True)


def phones_in(text: str, *, whole: bool = False) -> list[str]:
    """The phones in a text, or that the whole text is, by their last digits: +49 89 1234567 is 089/1234567."""
    matches = [_PHONE.fullmatch(text)] if whole else list(_PHONE.finditer(text[:20_000]))[:_MOST_CODES]
    digits = (re.sub(r"\D", "", found[0]) for found in matches if found)
    return list(dict.fromkeys(f"phone:{one[-_SIGNIFICANT:]}" for one in digits if 7 <= len(one) <= 15))


def codes_in(text: str, *, whole: bool = False) -> list[str]:
    """Codes such as LD-4711-B in a text, or that the whole text is, without case."""
    matches = [_CODE.fullmatch(text)] if whole else list(_CODE.finditer(text[:20_000]))[:_MOST_CODES]
    return list(dict.fromkeys(f"code:{found[0].lower()}" for found in matches if found and len(found[0]) <= 40))
