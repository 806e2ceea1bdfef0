"""Keeping macros: what they would do is checked when they are saved, and again by whoever runs them."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import FieldError, Invalid, NotFound
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.macros import sharing
from helpdesk.macros.actions import MACRO, change_of
from helpdesk.macros.templates import TEMPLATE
from helpdesk.macros.variables import unknown_in
from helpdesk.settings.fields.service import definitions, viewer_of
from helpdesk.tickets.references import reference_faults


def create_macro(actor: Actor, cause: Cause, body: dict[str, Any]) -> Item:
    """Keep a macro; `Invalid` with a pointer to each action that names what is not there."""
    _check(actor, body["actions"])
    return shape(sharing.create(actor, cause, MACRO, {"description": ""} | _clean(body)))


def change_macro(actor: Actor, cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> Item:
    """Change a macro; its actions are given whole."""
    if "actions" in changes:
        _check(actor, changes["actions"])
    return shape(sharing.change(actor, cause, MACRO, id_, _clean(changes), version))


def shape(row: Item) -> Item:
    """The macro with the names in its words that no variable has, for its author."""
    return row | {"unknown_variables": unknown_in("\n".join(one.get("body_html") or "" for one in row["actions"]))}


def _clean(body: dict[str, Any]) -> dict[str, Any]:
    """The body with its words made safe to show."""
    from helpdesk.tickets.words import both_forms

    if "actions" not in body:
        return body
    actions = [
        one | {"body_html": both_forms(None, one["body_html"])[1]} if one.get("body_html") else one
        for one in body["actions"]
    ]
    return body | {"actions": actions}


def _check(actor: Actor, actions: list[dict[str, Any]]) -> None:
    faults: list[FieldError] = []
    fields = definitions(actor.org_id).open_to(viewer_of(actor))
    for index, action in enumerate(actions):
        faults += [FieldError(f"/actions/{index}/value", one.code, one.message) for one in _faults(actor, action)]
        if action["type"] == "set_field" and action["field_id"] not in fields:
            faults.append(FieldError(f"/actions/{index}/field_id", "unknown", "there is no such field"))
        if action.get("template_id"):
            try:
                sharing.found(actor, TEMPLATE, action["template_id"])
            except NotFound as missing:
                faults.append(FieldError(f"/actions/{index}/template_id", "unknown", missing.detail))
    if faults:
        raise Invalid("some actions cannot be done", *faults)


def _faults(actor: Actor, action: dict[str, Any]) -> list[FieldError]:
    wanted = {name: value for name, value in change_of(actor, action).items() if name not in ("fields", "tags")}
    if action.get("value") == "me":
        return []
    return reference_faults(actor, wanted)
