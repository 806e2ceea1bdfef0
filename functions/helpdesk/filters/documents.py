"""The JSON form: `{"all": [{"field": "tag", "op": "is", "value": "vip"}, ...]}`."""

from __future__ import annotations

from typing import Any

from helpdesk.filters.conditions import EVERYTHING, All, Any_, Condition, Not, Term, all_of, any_of, negation
from helpdesk.filters.fields import Find, field_of
from helpdesk.filters.terms import MOST_NESTING, MOST_TERMS, Fault, bounded, invalid, term_of, too_deep

_SHAPE = 'a condition is {"all": [...]}, {"any": [...]}, {"not": {...}} or {"field": ..., "op": ..., "value": ...}'


def from_json(value: Any, pointer: str = "/filter", find: Find = field_of) -> Condition:
    """The condition in a JSON document; `find` says which fields there are.

    Raises
    ------
    Invalid
        `bad_filter`, with a pointer to the part that is at fault.
    """
    return bounded(_part(value, pointer, 0, find), pointer)


def to_json(condition: Condition) -> dict[str, Any]:
    """The document of a condition; `from_json` gives the condition back."""
    match condition:
        case Term(field, op, value):
            shown = list(value) if isinstance(value, tuple) else value
            return {"field": field, "op": op} | ({} if op == "none" else {"value": shown})
        case Not(part):
            return {"not": to_json(part)}
        case All(parts):
            return {"all": [to_json(part) for part in parts]}
        case Any_(parts):
            return {"any": [to_json(part) for part in parts]}


def _part(value: Any, pointer: str, depth: int, find: Find) -> Condition:
    if depth > MOST_NESTING:
        raise too_deep(pointer)
    if not isinstance(value, dict):
        raise invalid(pointer, "bad_condition", _SHAPE)
    match value:
        case {"all": list(parts)} if len(value) == 1:
            return all_of(_parts(parts, f"{pointer}/all", depth, find))
        case {"any": list(parts)} if len(value) == 1 and parts:
            return any_of(_parts(parts, f"{pointer}/any", depth, find))
        case {"not": part} if len(value) == 1:
            return _negated(_part(part, f"{pointer}/not", depth + 1, find), pointer)
        case {"field": str(name)} if set(value) <= {"field", "op", "value"}:
            return _term(name, value, pointer, find)
    raise invalid(pointer, "bad_condition", _SHAPE)


def _parts(parts: list[Any], pointer: str, depth: int, find: Find) -> list[Condition]:
    if len(parts) > MOST_TERMS:
        raise invalid(pointer, "too_many_terms", f"a filter has at most {MOST_TERMS} comparisons")
    return [_part(part, f"{pointer}/{index}", depth + 1, find) for index, part in enumerate(parts)]


def _negated(part: Condition, pointer: str) -> Condition:
    if part == EVERYTHING:
        raise invalid(pointer, "bad_condition", "the opposite of everything is nothing")
    return negation(part)


def _term(name: str, value: dict[str, Any], pointer: str, find: Find) -> Condition:
    op = value.get("op")
    if op is not None and not isinstance(op, str):
        raise invalid(f"{pointer}/op", "unknown_operator", "an operator is a word")
    try:
        return term_of(name, op, value.get("value"), find)
    except Fault as fault:
        place = {"unknown_field": "field", "unknown_operator": "op"}.get(fault.code, "value")
        raise fault.at(f"{pointer}/{place}") from None


def condition_from(value: Any, pointer: str = "/filter", find: Find = field_of) -> Condition:
    """The condition in either form: a text, or a JSON document; `find` says which fields there are."""
    from helpdesk.filters.text import parse

    return parse(value, pointer, find) if isinstance(value, str) else from_json(value, pointer, find)
