"""The one evaluator: who sees which field of a ticket, must fill it, and may only read it (TM-08).

API, portal, forms, export, webhooks and search all ask here. It is pure: definitions, viewer and facts in, sets out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from helpdesk.filters.conditions import names
from helpdesk.filters.matching import Context, matches
from helpdesk.settings.fields.model import Definition, Viewer

_NOBODY = Context()
FACTS = ("status_id", "category", "priority", "team_id", "assignee_id", "company_id", "channel", "topic_id", "type")
"""What of a ticket a condition may look at, beside `tag` and `fields.<id>`: nothing that changes with the clock."""


@dataclass(frozen=True)
class Rules:
    """What holds for one viewer of one ticket; `asked` are the visible fields of its form, in order."""

    visible: frozenset[str]
    required: frozenset[str]
    read_only: frozenset[str]
    asked: tuple[str, ...]


@dataclass(frozen=True)
class Definitions:
    """All definitions in their order, archived ones too, and what can be said of them without a ticket."""

    by_id: Mapping[str, Definition]
    conditional: tuple[Definition, ...] = field(init=False)  # a field after those that its condition looks at
    _seen: dict[Viewer, frozenset[str]] = field(init=False, default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "conditional", tuple(_in_order(self.by_id)))

    def open_to(self, viewer: Viewer) -> frozenset[str]:
        """The fields that this viewer may ever see."""
        if viewer not in self._seen:
            self._seen[viewer] = frozenset(id_ for id_, one in self.by_id.items() if viewer.in_(one.visible_to))
        return self._seen[viewer]

    def closed_to(self, viewer: Viewer, ids: Iterable[str]) -> frozenset[str]:
        """Of these fields those that this viewer may never see or change; what is not defined is closed to nobody."""
        known = [self.by_id[id_] for id_ in ids if id_ in self.by_id]
        return frozenset(one.id for one in known if one.id not in self.open_to(viewer) or _kept_from(viewer, one))

    def hidden(self, facts: Mapping[str, Any], context: Context = _NOBODY) -> frozenset[str]:
        """The fields whose condition does not hold of the facts; a hidden field's value counts as none for others."""
        if not self.conditional:
            return frozenset()
        values = dict(facts.get("fields") or {})
        seen = dict(facts) | {"fields": values}
        found = set()
        for one in self.conditional:
            assert one.visible_when is not None  # noqa: S101 - only these are in `conditional`
            if not matches(one.visible_when, seen, context):
                found.add(one.id)
                values.pop(one.id, None)
        return frozenset(found)


def evaluate(
    definitions: Definitions,
    viewer: Viewer,
    facts: Mapping[str, Any],
    form: Iterable[str] | None = None,
    context: Context = _NOBODY,
) -> Rules:
    """What the viewer sees, must fill and may only read of a ticket with these facts.

    `form` are the ids that the ticket's form asks for, None for all; what a form does not ask for is never required.
    A field is required only if the viewer sees it and may change it, and never when it is hidden or archived.
    """
    hidden = definitions.hidden(facts, context)
    visible = definitions.open_to(viewer) - hidden
    asked = tuple(
        id_
        for id_ in (definitions.by_id if form is None else form)
        if id_ in visible and not definitions.by_id[id_].archived
    )
    values = {id_: value for id_, value in (facts.get("fields") or {}).items() if id_ not in hidden}
    seen = dict(facts) | {"fields": values}
    read_only, required = set(), set()
    for id_ in visible:
        one = definitions.by_id[id_]
        if one.archived or _kept_from(viewer, one):
            read_only.add(id_)
    for id_ in asked:
        condition = definitions.by_id[id_].required_when
        if condition is not None and id_ not in read_only and matches(condition, seen, context):
            required.add(id_)
    return Rules(visible, frozenset(required), frozenset(read_only), asked)


def shown_fields(definitions: Definitions, viewer: Viewer, ticket: Any, context: Context = _NOBODY) -> dict[str, Any]:
    """The values of a ticket's fields that this viewer may see; what everything that leaves the desk goes by.

    A value whose definition is gone is shown to staff, so that history stays readable.
    """
    values: Mapping[str, Any] = ticket.fields
    if not values:
        return {}
    open_, known = definitions.open_to(viewer), definitions.by_id
    hidden = definitions.hidden(facts_of(ticket), context)
    return {
        id_: value
        for id_, value in values.items()
        if (id_ in open_ and id_ not in hidden) or (id_ not in known and viewer.kind != "contact")
    }


def facts_of(ticket: Any) -> dict[str, Any]:
    """What conditions look at, by the names of the filter grammar."""
    facts = {name: getattr(ticket, name, None) for name in FACTS}
    return facts | {"tag": ticket.tags, "fields": ticket.fields}


def _kept_from(viewer: Viewer, definition: Definition) -> bool:
    return bool(definition.read_only_to) and viewer.kind != "system" and viewer.in_(definition.read_only_to)


def needed(definition: Definition) -> frozenset[str]:
    """The ids of the fields that decide whether this one is visible."""
    return ids_in(names(definition.visible_when)) if definition.visible_when is not None else frozenset()


def ids_in(fields: Iterable[str]) -> frozenset[str]:
    """The custom fields among names of the filter grammar."""
    return frozenset(name.partition(".")[2] for name in fields if name.startswith("fields."))


def cycle_in(by_id: Mapping[str, Definition]) -> list[str]:
    """The ids of fields whose conditions wait for each other, [] if there are none."""
    left = {id_: needed(one) & by_id.keys() for id_, one in by_id.items()}
    while free := [id_ for id_, others in left.items() if not others & left.keys()]:
        for id_ in free:
            del left[id_]
    return list(left)


def _in_order(by_id: Mapping[str, Definition]) -> list[Definition]:
    waiting = {id_: one for id_, one in by_id.items() if one.visible_when is not None}
    ordered: list[Definition] = []
    while waiting:
        free = [one for one in waiting.values() if not needed(one) & waiting.keys()]
        for one in free or list(waiting.values()):  # a cycle cannot be stored; if one is, no call fails for it
            ordered.append(waiting.pop(one.id))
    return ordered
