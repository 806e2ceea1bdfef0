"""Keeping fields and forms: made, changed, ordered and archived, never lost."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.custom_roles import list_roles
from helpdesk.core.errors import Conflict, FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.filters.conditions import names
from helpdesk.filters.matching import Context
from helpdesk.records.service import Kind
from helpdesk.settings import kept
from helpdesk.settings.defaults import CATEGORIES, TYPES
from helpdesk.settings.fields.checking import checked
from helpdesk.settings.fields.contradictions import World
from helpdesk.settings.fields.model import Definition, Viewer, definition_of
from helpdesk.settings.fields.options import with_former
from helpdesk.settings.fields.rules import Definitions, ids_in
from helpdesk.settings.kept import Derived, Kept
from helpdesk.settings.priorities import priorities
from helpdesk.settings.statuses import statuses

FIELD = Kept(Kind("field", "field", most=300))
_EMPTY: Item = {
    "customer_label": "",
    "help": "",
    "options": [],
    "default": None,
    "required_when": None,
    "visible_when": None,
    "visible_to": ["staff"],
    "read_only_to": [],
    "validation": {},
}

definitions = Derived(FIELD, lambda rows: Definitions({id_: definition_of(row) for id_, row in rows.items()}))
"""The organisation's definitions in order, archived ones too; no round trip when warm."""


def viewer_of(actor: Actor) -> Viewer:
    """How field rules see a caller; a key sees what the role of its maker sees."""
    return Viewer(actor.kind, actor.role)


def context_of(org_id: str) -> Context:
    """What conditions need to know beside the ticket: the ranks of the priorities."""
    return Context(ranks={one.id: one.rank for one in priorities(org_id).values()})


def create_field(cause: Cause, body: dict[str, Any]) -> Item:
    """Define a field; `Invalid` naming everything that contradicts, `Conflict` `exists` for a taken id."""
    row = checked(_EMPTY | {"customer_label": body["label"]} | body, _world(cause.org_id))
    return kept.create(cause, FIELD, row)


def change_field(cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> Item:
    """Change a definition; options that are no longer named are archived.

    Raises
    ------
    Conflict
        `type_fixed`: what tickets hold is of the old type, so another type is another field.
    """
    before = _EMPTY | kept.get(cause.org_id, FIELD, id_)
    if changes.get("type", before["type"]) != before["type"]:
        raise Conflict("the type of a field cannot change; make a new field and archive this one", code="type_fixed")
    if "options" in changes:
        changes = changes | {"options": with_former(changes["options"] or [], before["options"])}
    after = checked(before | changes, _world(cause.org_id, without=id_))
    named = {*changes, *(name for name in _EMPTY if after[name] != before[name])}
    return kept.change(cause, FIELD, id_, {name: after[name] for name in named}, version)


def archive_field(cause: Cause, id_: str, version: int | None) -> None:
    """Take a field out of use; what tickets hold of it can be read for ever.

    Raises
    ------
    Conflict
        `in_use` with `by`, while conditions of other fields or forms name it.
    """
    from helpdesk.settings.fields.forms import forms

    kept.get(cause.org_id, FIELD, id_)
    users = [one.id for one in definitions(cause.org_id).by_id.values() if not one.archived and id_ in _looks_at(one)]
    users += [form.id for form in forms(cause.org_id).values() if id_ in form.field_ids]
    if users:
        raise Conflict(f"the field is used by {', '.join(users)}", code="in_use", by=users)
    kept.archive(cause, FIELD, id_, None, version)


def _looks_at(one: Definition) -> frozenset[str]:
    conditions = [condition for condition in (one.visible_when, one.required_when) if condition is not None]
    return ids_in(name for condition in conditions for name in names(condition))


def _world(org_id: str, without: str | None = None) -> World:
    from helpdesk.settings.service import teams
    from helpdesk.settings.topics import topics

    known = {id_: one for id_, one in definitions(org_id).by_id.items() if id_ != without}
    ids = {
        "status_id": frozenset(statuses(org_id)),
        "category": frozenset((*CATEGORIES, "active", "done")),
        "priority": frozenset(priorities(org_id)),
        "team_id": frozenset(teams(org_id)),
        "topic_id": frozenset(topics(org_id)),
        "type": frozenset(TYPES),
    }
    return World(known, frozenset(role["id"] for role in list_roles(org_id)), ids)


def check_ids(org_id: str, ids: list[str], pointer: str) -> None:
    """Raise `Invalid` for ids that are no fields in use, or named twice."""
    known = definitions(org_id).by_id
    faults = [
        FieldError(f"{pointer}/{index}", "unknown" if id_ not in known else "twice", "a field in use, named once")
        for index, id_ in enumerate(ids)
        if id_ not in known or known[id_].archived or id_ in ids[:index]
    ]
    if faults:
        raise Invalid("some fields are not known here", *faults)
