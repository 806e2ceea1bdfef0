"""A condition on a ticket as plain data, and the one form in which equal conditions are equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Scalar = str | int | bool
Value = Scalar | tuple[str, ...] | None


@dataclass(frozen=True)
class Term:
    """One field compared with one value; `fields.FIELDS` says which operators a field has."""

    field: str
    op: str
    value: Value = None


@dataclass(frozen=True)
class All:
    """Every part holds; without parts it holds of everything."""

    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Any_:
    """At least one of two or more parts holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Term | All | Any_ | Not
EVERYTHING = All()


def all_of(parts: Iterable[Condition]) -> Condition:
    """The conjunction, flat; of one part that part."""
    flat: list[Condition] = []
    for part in parts:
        flat += part.parts if isinstance(part, All) else (part,)
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def any_of(parts: Iterable[Condition]) -> Condition:
    """The disjunction of at least one part, flat; of one part that part."""
    flat: list[Condition] = []
    for part in parts:
        flat += part.parts if isinstance(part, Any_) else (part,)
    if EVERYTHING in flat:
        return EVERYTHING
    return flat[0] if len(flat) == 1 else Any_(tuple(flat))


def negation(part: Condition) -> Condition:
    """The opposite; twice is the part itself."""
    return part.part if isinstance(part, Not) else Not(part)


def terms(condition: Condition) -> Iterator[Term]:
    """Every comparison in the condition."""
    match condition:
        case Term():
            yield condition
        case Not(part):
            yield from terms(part)
        case All(parts) | Any_(parts):
            for part in parts:
                yield from terms(part)


def names(condition: Condition) -> frozenset[str]:
    """The fields that the condition looks at."""
    return frozenset(term.field for term in terms(condition))


def conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """The parts that must all hold: of a conjunction its parts, of anything else itself."""
    return condition.parts if isinstance(condition, All) else (condition,)


def depth(condition: Condition) -> int:
    """How many levels the condition has; a single comparison is one."""
    match condition:
        case Not(part):
            return 1 + depth(part)
        case All(parts) | Any_(parts):
            return 1 + max((depth(part) for part in parts), default=0)
    return 1
