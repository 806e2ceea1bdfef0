"""Values that somebody enters: checked against definitions and rules, all faults at once, and defaults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from helpdesk.core.errors import FieldError
from helpdesk.filters.matching import Context
from helpdesk.settings.fields.model import BadValue, Viewer
from helpdesk.settings.fields.rules import Definitions, evaluate
from helpdesk.settings.fields.values import normalised

_NOBODY = Context()


def entered(
    definitions: Definitions,
    viewer: Viewer,
    facts: Mapping[str, Any],
    given: Mapping[str, Any],
    context: Context = _NOBODY,
) -> tuple[dict[str, Any], list[FieldError]]:
    """`(values as they are kept, faults)` of what a viewer gives for a ticket with these facts; None clears.

    `facts["fields"]` are the values so far. What the viewer may not see is as unknown to him as what is not there.
    """
    before: Mapping[str, Any] = facts.get("fields") or {}
    values: dict[str, Any] = {}
    faults: list[FieldError] = []
    for id_, value in given.items():
        try:
            values[id_] = _taken(definitions, viewer, id_, value, before.get(id_))
        except BadValue as bad:
            faults.append(FieldError(pointer_to(id_), bad.fault.code, bad.fault.message))
    after = dict(facts) | {"fields": merged(before, values)}
    rules = evaluate(definitions, viewer, after, context=context)
    for id_, value in values.items():
        if value == before.get(id_):
            continue
        if id_ in rules.read_only and (value is not None or not definitions.by_id[id_].archived):
            faults.append(FieldError(pointer_to(id_), "read_only", "this field cannot be changed by you"))
        elif value is not None and id_ not in rules.visible:
            faults.append(FieldError(pointer_to(id_), "not_applicable", "this ticket does not have this field"))
    return values, faults


def missing(
    definitions: Definitions,
    viewer: Viewer,
    facts: Mapping[str, Any],
    form: Iterable[str] | None,
    context: Context = _NOBODY,
) -> list[FieldError]:
    """A fault for each required field that has no value."""
    values = facts.get("fields") or {}
    rules = evaluate(definitions, viewer, facts, form, context)
    return [
        FieldError(pointer_to(id_), "required", f"{definitions.by_id[id_].label}: a value is needed")
        for id_ in rules.asked
        if id_ in rules.required and values.get(id_) is None
    ]


def with_defaults(definitions: Definitions, facts: Mapping[str, Any], context: Context = _NOBODY) -> dict[str, Any]:
    """The values of a new ticket with the defaults of all fields that it has and nobody filled."""
    values = dict(facts.get("fields") or {})
    seen = dict(facts) | {"fields": values}
    for one in _by_need(definitions):
        if one.default is None or one.archived or one.id in values:
            continue
        if one.id not in definitions.hidden(seen, context):
            values[one.id] = one.default
    return {id_: value for id_, value in values.items() if value is not None}


def merged(before: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values after a change; those that were cleared are gone."""
    return {id_: value for id_, value in {**before, **values}.items() if value is not None}


def pointer_to(id_: str) -> str:
    """The JSON pointer of a field's value (RFC 6901 escapes)."""
    return "/fields/" + id_.replace("~", "~0").replace("/", "~1")


def _taken(definitions: Definitions, viewer: Viewer, id_: str, value: Any, before: Any) -> Any:
    definition = definitions.by_id.get(id_)
    if definition is None or id_ not in definitions.open_to(viewer):
        if value is None and before is not None and definition is None and viewer.kind != "contact":
            return None  # what is left of a field that is gone may be cleared
        raise BadValue("unknown", "there is no such field")
    if value == before:
        return before  # what is there may stay, even if it would not be taken today
    if definition.archived and value is not None:
        raise BadValue("archived", "this field is not used any more")
    return normalised(definition, value)


def _by_need(definitions: Definitions) -> list[Any]:
    plain = [one for one in definitions.by_id.values() if one.visible_when is None]
    return [*plain, *definitions.conditional]
