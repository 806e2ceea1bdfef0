"""Whether a definition can mean what it says: contradictions are refused before anybody meets them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.items import Item
from helpdesk.filters.conditions import Condition, Term, names, terms
from helpdesk.filters.documents import condition_from, to_json
from helpdesk.settings.fields import patterns
from helpdesk.settings.fields.contradictions import World, contradictions
from helpdesk.settings.fields.model import STAFF, BadValue, Definition, Validation, definition_of
from helpdesk.settings.fields.options import option_faults
from helpdesk.settings.fields.pattern_classes import BadPattern
from helpdesk.settings.fields.rules import FACTS
from helpdesk.settings.fields.values import BOUNDED, CHOICES, MOST_LONG_TEXT, MOST_TEXT, REFERENCES, normalised

_CONDITIONS = ("visible_when", "required_when")


def checked(row: Item, world: World) -> Item:
    """The record of a definition with its conditions and default in the form in which they are kept.

    Raises
    ------
    Invalid
        naming everything that contradicts.
    """
    faults: list[FieldError] = [*_audience_faults(row, world), *option_faults(row)]
    conditions = {name: _parsed(row, name, faults) for name in _CONDITIONS}
    kept = row | {name: to_json(one) if one is not None else None for name, one in conditions.items()}
    bounds = _bounds(row, faults)
    for name, condition in conditions.items():
        if condition is not None:
            faults += _condition_faults(row["id"], name, condition, world)
    if not faults:
        definition = replace(definition_of(kept | {"default": None}), validation=bounds)
        kept["default"] = _default(definition, row.get("default"), faults)
        faults += contradictions(definition, world)
    if faults:
        raise Invalid("this field contradicts itself or the desk", *faults)
    given = {name: getattr(bounds, name) for name in ("min", "max", "max_length", "pattern")}
    return kept | {"validation": {name: value for name, value in given.items() if value is not None}}


def _parsed(row: Item, name: str, faults: list[FieldError]) -> Condition | None:
    if row.get(name) is None:
        return None
    try:
        return condition_from(row[name], f"/{name}")
    except Invalid as fault:
        faults += fault.errors
        return None


def _condition_faults(own_id: str, name: str, condition: Condition, world: World) -> list[FieldError]:
    found = []
    for used in sorted(names(condition)):
        id_ = used.partition(".")[2]
        if used.startswith("fields."):
            if id_ == own_id:
                found.append(FieldError(f"/{name}", "cyclic", "a field cannot depend on itself"))
            elif id_ not in world.definitions or world.definitions[id_].archived:
                found.append(FieldError(f"/{name}", "unknown_field", f"there is no field {id_}"))
        elif used not in (*FACTS, "tag"):
            allowed = ", ".join((*FACTS, "tag", "fields.<id>"))
            found.append(FieldError(f"/{name}", "not_allowed", f"{used} cannot decide about a field; {allowed} can"))
    for term in terms(condition):
        found += _value_faults(name, term, world)
    return found


def _value_faults(name: str, term: Term, world: World) -> list[FieldError]:
    """Values that the field in question can never have."""
    if term.op not in ("is", "in", "all"):
        return []
    values = term.value if isinstance(term.value, tuple) else (str(term.value),)
    known: Iterable[str] | None = world.ids.get(term.field)
    definition = world.definitions.get(term.field.partition(".")[2]) if term.field.startswith("fields.") else None
    if definition and definition.type in CHOICES:
        known = definition.options
    elif definition and definition.type == "boolean":
        known = ("true", "false")
    if known is None:
        return []
    wrong = [one for one in values if one not in known]
    return [FieldError(f"/{name}", "unknown_option", f"{term.field} is never {one}") for one in wrong]


def _audience_faults(row: Item, world: World) -> list[FieldError]:
    found = []
    for name in ("visible_to", "read_only_to"):
        for index, one in enumerate(row.get(name) or ()):
            if one not in world.roles and one not in (STAFF, "customer"):
                known = ", ".join((STAFF, "customer", *sorted(world.roles)))
                found.append(FieldError(f"/{name}/{index}", "unknown", f"one of {known}"))
    return found


def _bounds(row: Item, faults: list[FieldError]) -> Validation:
    given, type_ = row.get("validation") or {}, row["type"]
    allowed = {"min", "max"} if type_ in BOUNDED else {"max_length"} if type_ in ("text", "long_text") else set()
    allowed |= {"pattern"} if type_ == "text" else set()
    values: dict[str, Any] = {}
    for name, value in given.items():
        if value is None:
            continue
        if name not in allowed:
            faults.append(FieldError(f"/validation/{name}", "not_allowed", f"a {type_} has no {name}"))
        elif name in ("min", "max"):
            try:
                values[name] = normalised(Definition(row["id"], "", type_), value)
            except BadValue as bad:
                faults.append(FieldError(f"/validation/{name}", bad.fault.code, bad.fault.message))
        elif name == "max_length" and value > (most := MOST_TEXT if type_ == "text" else MOST_LONG_TEXT):
            faults.append(FieldError("/validation/max_length", "too_large", f"at most {most}"))
        else:
            values[name] = value
    if values.get("min") is not None and values.get("max") is not None and values["min"] > values["max"]:
        faults.append(FieldError("/validation/min", "contradiction", "min is greater than max"))
    if "pattern" in values:
        try:
            patterns.compiled(values["pattern"])
        except BadPattern as bad_pattern:
            faults.append(FieldError("/validation/pattern", "bad_pattern", str(bad_pattern)))
    return Validation(**values)


def _default(definition: Definition, value: Any, faults: list[FieldError]) -> Any:
    if value is None:
        return None
    if definition.type in REFERENCES:
        faults.append(FieldError("/default", "not_allowed", f"a {definition.type} has no default"))
        return None
    try:
        return normalised(definition, value)
    except BadValue as bad:
        faults.append(FieldError("/default", bad.fault.code, bad.fault.message))
        return None
