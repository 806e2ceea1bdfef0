"""Makes one comparison out of raw parts, or says what is wrong with it; both forms of a filter end here."""

from __future__ import annotations

from typing import Any

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.filters import dates
from helpdesk.filters.conditions import Condition, Scalar, Term, Value, depth, terms
from helpdesk.filters.fields import CATEGORIES, OPS, STATES, Field, Find, field_of
from helpdesk.filters.folding import tag_form, words_of

MOST_TERMS = 50
MOST_DEPTH = 8
MOST_NESTING = 40  # of the input, before what means the same is made one
MOST_VALUES = 100
MOST_CHARS = 200
_LISTS = ("in", "all")
_FLAGS: dict[Any, bool] = {True: True, False: False, "true": True, "false": False, "yes": True, "no": False}


class Fault(Exception):
    """What is wrong with a comparison: a code for programs and a sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message

    def at(self, pointer: str) -> Invalid:
        """The error that says where in the input it is."""
        return invalid(pointer, self.code, self.message)


def invalid(pointer: str, code: str, message: str) -> Invalid:
    """A filter that cannot be understood."""
    fault = FieldError(pointer, code, message)
    return Invalid(f"the filter is not understood: {message}", fault, code="bad_filter", malformed=True)


def bounded(condition: Condition, pointer: str) -> Condition:
    """The condition, if it is not too large or too deep; else `Invalid`."""
    if sum(1 for _ in terms(condition)) > MOST_TERMS:
        raise invalid(pointer, "too_many_terms", f"a filter has at most {MOST_TERMS} comparisons")
    if depth(condition) > MOST_DEPTH:
        raise too_deep(pointer)
    return condition


def too_deep(pointer: str) -> Invalid:
    """The error for a filter that nobody reads any more."""
    return invalid(pointer, "too_deep", f"a filter is at most {MOST_DEPTH} levels deep")


def term_of(name: str, op: str | None, raw: Any, find: Find = field_of) -> Condition:
    """The comparison of a field, its usual operator if none is given, and a raw value.

    Raises
    ------
    Fault
        for a name, operator or value that means nothing.
    """
    field = find(name)
    if not field:
        raise Fault("unknown_field", f"there is no field {name[:60]!r}")
    op = op or ("in" if isinstance(raw, list | tuple) else field.ops[0])
    if op not in field.ops:
        known = "is unknown" if op not in OPS else f"does not go with {field.short}"
        raise Fault("unknown_operator", f"the operator {op[:20]!r} {known}; it has {', '.join(field.ops)}")
    if op == "none":
        if raw is not None:
            raise Fault("value_not_allowed", "the operator none takes no value")
        return Term(field.name, op)
    if op in _LISTS:
        return _list_term(field, op, raw)
    return Term(field.name, op, _value(field, op, raw))


def _list_term(field: Field, op: str, raw: Any) -> Term:
    if not isinstance(raw, list | tuple) or not 1 <= len(raw) <= MOST_VALUES:
        raise Fault("bad_value", f"{field.short} {op} wants a list of 1 to {MOST_VALUES} values")
    values = dict.fromkeys(str(_value(field, op, one)) for one in raw)
    if len(values) == 1:
        return Term(field.name, "is", _value(field, "is", raw[0]))
    return Term(field.name, op, tuple(sorted(values)))


def _value(field: Field, op: str, raw: Any) -> Value:
    if field.type == "flag":
        if not isinstance(raw, str | bool) or raw not in _FLAGS:
            raise Fault("bad_value", f"{field.short} is true or false")
        return _FLAGS[raw]
    if field.type == "number":
        return _number(field, raw)
    text = _text(field, raw)
    if field.type == "date":
        if not dates.is_date(text) or (op == "is" and not dates.is_day(text)):
            raise Fault("bad_value", f"{field.short} wants {'a day' if op == 'is' else dates.FORMS}, not {text[:40]!r}")
    elif field.values and text not in field.values:
        raise Fault("bad_value", f"{field.short} is one of {', '.join(field.values)}")
    elif field.name in ("category", "was.category") and text not in (*CATEGORIES, *STATES):
        raise Fault("bad_value", f"category is one of {', '.join((*CATEGORIES, *STATES))}")
    elif field.type == "words" and not words_of(text):
        raise Fault("bad_value", "there is no word in this text")
    return tag_form(text) if field.name in ("tag", "was.tag") else text


def _number(field: Field, raw: Any) -> int:
    text = str(raw).removeprefix("#")
    if isinstance(raw, bool) or not isinstance(raw, int | str) or not text.isascii() or not text.isdigit():
        raise Fault("bad_value", f"{field.short} wants a whole number")
    if len(text) > 15:
        raise Fault("bad_value", f"{field.short} wants a whole number of at most 15 digits")
    return int(text)


def _text(field: Field, raw: Scalar | Any) -> str:
    if isinstance(raw, bool | int | float) and field.type == "custom":
        raw = str(raw).lower()
    if not isinstance(raw, str) or not raw.strip() or len(raw) > MOST_CHARS:
        raise Fault("bad_value", f"{field.short} wants a text of 1 to {MOST_CHARS} characters")
    if any(ord(char) < 32 or 0xD800 <= ord(char) <= 0xDFFF for char in raw):
        raise Fault("bad_value", "control characters are not allowed")
    return raw.strip()
