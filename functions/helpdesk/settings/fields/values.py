"""What each type of field takes, and the one form in which it is kept; nothing is looked up in here."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from helpdesk.core import clock, email_address
from helpdesk.core.ids import is_id
from helpdesk.settings.fields import patterns
from helpdesk.settings.fields.model import BadValue, Definition

MOST_TEXT = 1_000  # characters of one line
MOST_LONG_TEXT = 10_000
MOST_CHOSEN = 100
_WHOLE = 2**53 - 1  # what JSON's readers hold exactly (RFC 8259, section 6)
_PHONE_NOISE = re.compile(r"[\s().\-/\u2010-\u2015]+")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")  # ITU-T E.164: at most 15 digits
_ADDRESS = re.compile(r"[^\s@<>\"',;:\\]+@[^\s@<>\"',;:\\]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def normalised(definition: Definition, value: Any) -> Any:
    """The value as it is kept; an empty text or list is None, which is no value.

    Raises
    ------
    BadValue
        saying what the field takes.
    """
    if isinstance(value, str):
        value = unicodedata.normalize("NFC", value).strip()
    if value in (None, "", []):
        return None
    return TYPES[definition.type][0](definition, value)


def _text(definition: Definition, value: Any) -> str:
    text = _string(definition, value, MOST_TEXT)
    if any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in text):
        raise BadValue("not_one_line", "one line, without control characters")
    pattern = definition.validation.pattern
    if pattern and not (len(text) <= patterns.MOST_CHARS and patterns.matches(pattern, text)):
        raise BadValue("pattern", f"it must fit the pattern {pattern}")
    return text


def _long_text(definition: Definition, value: Any) -> str:
    text = _string(definition, value, MOST_LONG_TEXT).replace("\r\n", "\n").replace("\r", "\n")
    if any(unicodedata.category(char) == "Cc" and char not in "\n\t" for char in text):
        raise BadValue("control_characters", "control characters are not allowed")
    return text


def _string(definition: Definition, value: Any, most: int) -> str:
    if not isinstance(value, str):
        raise BadValue("not_text", "a text")
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise BadValue("not_text", "half of a surrogate pair is no character")
    limit = min(most, definition.validation.max_length or most)
    if len(value) > limit:
        raise BadValue("too_long", f"at most {limit} characters")
    return value


def _number(definition: Definition, value: Any) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _WHOLE:
        raise BadValue("not_a_number", "a whole number")
    return int(_bounded(definition, value))


def _decimal(definition: Definition, value: Any) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > _WHOLE:
        raise BadValue("not_a_number", "a number")
    rounded = round(float(value), 10)
    number = _bounded(definition, int(rounded) if rounded.is_integer() else rounded)
    return number if isinstance(number, int) else float(number)


def _date(definition: Definition, value: Any) -> str:
    try:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise ValueError
        return str(_bounded(definition, date.fromisoformat(value).isoformat()))
    except ValueError:
        raise BadValue("not_a_date", "a day such as 2026-11-20") from None


def _datetime(definition: Definition, value: Any) -> str:
    try:
        if not isinstance(value, str) or len(value) > 40:
            raise ValueError
        return str(_bounded(definition, clock.iso(clock.parse(value))))
    except (ValueError, OverflowError):
        raise BadValue("not_a_time", "a time with its zone, such as 2026-11-20T09:00:00Z") from None


def _boolean(_definition: Definition, value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadValue("not_a_boolean", "true or false")
    return value


def _select(definition: Definition, value: Any) -> str:
    option = definition.options.get(value) if isinstance(value, str) else None
    if not option or option.archived:
        usable = [one.id for one in definition.options.values() if not one.archived]
        raise BadValue("unknown_option", f"one of {', '.join(usable[:20])}{' ...' if len(usable) > 20 else ''}")
    return option.id


def _multi_select(definition: Definition, value: Any) -> list[str]:
    if not isinstance(value, list) or len(value) > MOST_CHOSEN:
        raise BadValue("not_a_list", f"a list of at most {MOST_CHOSEN} options")
    chosen = {_select(definition, one) for one in value}
    return [one for one in definition.options if one in chosen]


def _email(_definition: Definition, value: Any) -> str:
    address = email_address.normalise(value) if isinstance(value, str) and _ADDRESS.fullmatch(value) else None
    if not address:
        raise BadValue("not_an_address", "a mail address")
    return address


def _url(definition: Definition, value: Any) -> str:
    text = _string(definition, value, 2_000)
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme.lower() not in ("http", "https") or not host or re.search(r"[\s\x00-\x1f\x7f<>\"\\]", text):
        raise BadValue("not_a_url", "an address that begins with https:// or http://")
    if "@" in parts.netloc:
        raise BadValue("not_a_url", "an address without a password in it")
    return parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower()).geturl()


def _phone(_definition: Definition, value: Any) -> str:
    text = _PHONE_NOISE.sub("", value) if isinstance(value, str) and len(value) <= 40 else ""
    text = "+" + text[2:] if text.startswith("00") else text
    if not _PHONE.fullmatch(text):
        raise BadValue("not_a_phone", "a number with its country, such as +49 30 901820")
    return text


def _reference(definition: Definition, value: Any) -> str:
    if not isinstance(value, str) or not is_id(value):
        raise BadValue("unknown", f"the id of a {definition.type}")
    return value


def _bounded(definition: Definition, value: Any) -> Any:
    low, high = definition.validation.min, definition.validation.max
    if low is not None and value < low:
        raise BadValue("too_small", f"at least {low}")
    if high is not None and value > high:
        raise BadValue("too_large", f"at most {high}")
    return value


TYPES: dict[str, tuple[Callable[[Definition, Any], Any], str]] = {
    "text": (_text, "one line"),
    "long_text": (_long_text, "several lines"),
    "number": (_number, "a whole number"),
    "decimal": (_decimal, "a number, to ten places"),
    "date": (_date, "a day"),
    "datetime": (_datetime, "a moment, kept in UTC"),
    "boolean": (_boolean, "true or false"),
    "select": (_select, "one option, by id"),
    "multi_select": (_multi_select, "several options, by id, in their order"),
    "tree": (_select, "one option of a tree, by id"),
    "email": (_email, "a mail address, in lower case"),
    "url": (_url, "an http or https address"),
    "phone": (_phone, "a number in the form of E.164"),
    "person": (_reference, "a person, by id"),
    "company": (_reference, "a company, by id"),
    "ticket": (_reference, "a ticket, by id"),
}
CHOICES = ("select", "multi_select", "tree")
BOUNDED = ("number", "decimal", "date", "datetime")
REFERENCES = ("person", "company", "ticket")
