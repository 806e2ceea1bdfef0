"""Definitions that cannot all be meant: fields that wait for each other, or that nobody could ever fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from helpdesk.core.errors import FieldError
from helpdesk.filters.conditions import Condition, Not, Term, conjuncts
from helpdesk.filters.fields import STATES
from helpdesk.settings.fields.model import CUSTOMER, STAFF, Definition
from helpdesk.settings.fields.rules import cycle_in


@dataclass(frozen=True)
class World:
    """What conditions and audiences may name: other definitions, roles, and the ids of what the desk has."""

    definitions: Mapping[str, Definition] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by field of the grammar, e.g. status_id


def contradictions(definition: Definition, world: World) -> list[FieldError]:
    """What of a definition excludes something else of it or of the others."""
    everything = dict(world.definitions) | {definition.id: definition}
    if cycle := cycle_in(everything):
        return [FieldError("/visible_when", "cyclic", f"these fields wait for each other: {', '.join(sorted(cycle))}")]
    several = frozenset(f"fields.{id_}" for id_, one in everything.items() if one.type == "multi_select") | {"tag"}
    shown = conjuncts(definition.visible_when) if definition.visible_when is not None else ()
    if never(shown, several):
        return [FieldError("/visible_when", "contradiction", "this never holds, so nobody would see the field")]
    if definition.required_when is None:
        return []
    if all(_only_reads(one, definition.read_only_to) for one in definition.visible_to):
        message = "everybody who sees the field may only read it, so nobody could fill it"
        return [FieldError("/required_when", "contradiction", message)]
    if never((*conjuncts(definition.required_when), *shown), several):
        return [FieldError("/required_when", "contradiction", "it would be required only when nobody sees it")]
    return []


def never(parts: tuple[Condition, ...], several: frozenset[str] = frozenset()) -> bool:
    """True if these parts cannot all hold because one says what another excludes; finds the plain cases.

    `several` are fields that have more than one value at once.
    """
    possible: dict[str, set[str]] = {}
    for one in parts:
        if isinstance(one, Not) and one.part in parts:
            return True
        if isinstance(one, Term) and one.op in ("is", "in", "none") and one.field not in several:
            values = {"(none)"} if one.op == "none" else _values(one)
            possible[one.field] = possible.get(one.field, values) & values
            if not possible[one.field]:
                return True
    return False


def _values(term: Term) -> set[str]:
    given = term.value if isinstance(term.value, tuple) else (str(term.value),)
    return {one for value in given for one in (STATES.get(value, (value,)) if term.field == "category" else (value,))}


def _only_reads(audience: str, read_only_to: frozenset[str]) -> bool:
    return audience in read_only_to or (audience != CUSTOMER and STAFF in read_only_to)
