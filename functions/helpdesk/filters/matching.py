"""Whether a condition holds of a ticket whose facts are at hand: rules, webhooks and short lists ask this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import ge, gt, le, lt
from typing import Any

from helpdesk.core import clock
from helpdesk.filters import dates
from helpdesk.filters.conditions import All, Any_, Condition, Not, Term
from helpdesk.filters.fields import STATES
from helpdesk.filters.folding import folded, has_phrase, number_in, plain, tag_form
from helpdesk.filters.rule_fields import WAS, rule_field_of

_ORDER = {"gt": gt, "gte": ge, "lt": lt, "lte": le}
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Context:
    """What a condition leaves open: who `me` is, when now is, and the ranks of the priorities by id."""

    me: str = ""
    ranks: Mapping[str, int] = field(default_factory=dict)
    now: datetime = field(default_factory=clock.now)


def matches(condition: Condition, facts: Facts, context: Context | None = None) -> bool:
    """True if the condition holds of the facts: values by field name, custom ones in `fields`, all words in `text`."""
    context = context or Context()
    match condition:
        case Term():
            return _holds(condition, facts, context)
        case Not(part):
            return not matches(part, facts, context)
        case All(parts):
            return all(matches(part, facts, context) for part in parts)
        case Any_(parts):
            return any(matches(part, facts, context) for part in parts)


def _holds(term: Term, facts: Facts, context: Context) -> bool:
    if term.field.startswith(WAS):
        return _holds(replace(term, field=term.field.removeprefix(WAS)), facts.get("was") or {}, context)
    known = rule_field_of(term.field)
    assert known is not None  # noqa: S101 - a Term names a field of the table
    match known.type:
        case "custom":
            return _custom(term, facts)
        case "set":
            return _set(term, set(facts.get(term.field) or ()), context)
        case "flag":
            return bool(facts.get(term.field)) == term.value
        case "words":
            return has_phrase(str(facts.get(term.field) or ""), str(term.value))
    value = facts.get(term.field)
    if term.op == "none" or value in (None, ""):
        return term.op == "none" and value in (None, "")
    match known.type:
        case "line":
            part, whole = folded(str(term.value)), folded(str(value))
            return part in whole if term.op == "contains" else part == whole
        case "date":
            return in_order(term.op, str(value), dates.span(str(term.value), context.now))
        case "rank" if term.op in _ORDER:
            return str(value) in ranked(term, context)
        case "number" if term.op in _ORDER:
            return bool(_ORDER[term.op](int(value), int(str(term.value))))
        case "number":
            return str(value) in values_of(term, context)
    return value in values_of(term, context)


def in_order(op: str, at: str, span: tuple[str, str]) -> bool:
    """How a moment stands to a span `[from, until)`; of a single moment both ends are equal."""
    start, end = span
    match op:
        case "is":
            return start <= at < end
        case "gt":
            return at >= end if start != end else at > start
        case "gte":
            return at >= start
        case "lt":
            return at < start
    return at < end if start != end else at <= start


def values_of(term: Term, context: Context) -> tuple[str, ...]:
    """The values that a comparison by `is`, `in` or `all` names, with `me`, active and done written out."""
    given = term.value if isinstance(term.value, tuple) else (str(term.value),)
    if term.field == "category":
        return tuple(one for name in given for one in STATES.get(name, (name,)))
    if term.field in ("assignee_id", "requester_id", "follower"):
        return tuple(context.me if name == "me" else name for name in given)
    return given


def ranked(term: Term, context: Context) -> tuple[str, ...]:
    """The priorities that stand to the named one as the comparison wants; of an unknown one none."""
    rank = context.ranks.get(str(term.value))
    return () if rank is None else tuple(one for one, its in context.ranks.items() if _ORDER[term.op](its, rank))


def _set(term: Term, found: set[str], context: Context) -> bool:
    if term.op == "none":
        return not found
    if term.field == "tag":
        found = {tag_form(one) for one in found}
    wanted = values_of(term, context)
    return set(wanted) <= found if term.op == "all" else bool(found & set(wanted))


def _custom(term: Term, facts: Facts) -> bool:
    found = custom_values((facts.get("fields") or {}).get(term.field.partition(".")[2]))
    if term.op == "none":
        return not found
    wanted = [plain(one) for one in (term.value if isinstance(term.value, tuple) else (term.value,))]
    if term.op == "contains":
        return any(wanted[0] in one for one in found)
    if term.op in _ORDER:
        return any(_compared(term.op, one, wanted[0]) for one in found)
    return any(one in found for one in wanted)


def custom_values(value: Any) -> list[str]:
    """The values of a custom field as they are compared: of a list each one, of nothing none."""
    values = value if isinstance(value, list | tuple) else [value]
    return [plain(one) for one in values if one not in (None, "")]


def _compared(op: str, one: str, other: str) -> bool:
    numbers = number_in(one), number_in(other)
    if numbers[0] is not None and numbers[1] is not None:
        return bool(_ORDER[op](numbers[0], numbers[1]))
    return bool(_ORDER[op](one, other)) if numbers == (None, None) else False
