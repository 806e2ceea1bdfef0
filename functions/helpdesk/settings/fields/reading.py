"""What of custom fields leaves the desk: values, changes, events and conditions, as the reader may see fields (TM-08).

Lists, search, views, jobs, undo, the feed, the audit trail and webhooks ask here. A field that a reader may not see
is to him as if there were none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Event
from helpdesk.filters.conditions import Condition, names
from helpdesk.settings.fields.model import DESK, EVERY_COLLEAGUE, Viewer
from helpdesk.settings.fields.rules import ids_in, shown_fields
from helpdesk.settings.fields.service import context_of, definitions, viewer_of

_FIELD = "fields."


def shown(actor: Actor, ticket: Any) -> dict[str, Any]:
    """The field values of a ticket that the actor may see."""
    return shown_to(viewer_of(actor), ticket)


def shown_to(viewer: Viewer, ticket: Any) -> dict[str, Any]:
    """The field values of a ticket that such a viewer may see."""
    if not ticket.fields:
        return {}
    return shown_fields(definitions(ticket.org_id), viewer, ticket, context_of(ticket.org_id))


def spoken(ticket: Any) -> dict[str, Any]:
    """The field values that free text finds: those that every colleague may see."""
    return shown_to(EVERY_COLLEAGUE, ticket)


def compared(ticket: Any) -> dict[str, Any]:
    """The field values that conditions look at: all but those that the ticket does not have by its other values."""
    return shown_to(DESK, ticket)


def shown_event(actor: Actor, event: Event) -> dict[str, Any]:
    """An event as it leaves the desk: without the values of custom fields that the actor may never see."""
    return event_for(viewer_of(actor), actor.org_id, event)


def event_for(viewer: Viewer, org_id: str, event: Event) -> dict[str, Any]:
    """An event without the values of custom fields that such a viewer may never see."""
    shape = event.public()
    if event.subject["kind"] != "ticket":
        return shape
    return shape | {"changes": changes_for(viewer, org_id, shape["changes"])}


def shown_changes(actor: Actor, changes: dict[str, Any]) -> dict[str, Any]:
    """`{field: {from, to}}` of a ticket without the values of custom fields that the actor may never see."""
    return changes_for(viewer_of(actor), actor.org_id, changes)


def changes_for(viewer: Viewer, org_id: str, changes: dict[str, Any]) -> dict[str, Any]:
    """`{field: {from, to}}` of a ticket without the values of custom fields that such a viewer may never see."""
    moved = changes.get("fields")
    if not moved:
        return changes
    sides = {
        side: {id_: value for id_, value in (values or {}).items() if _readable(viewer, org_id, id_)}
        for side, values in moved.items()
    }
    return changes | {"fields": sides}


def shown_conflicts(actor: Actor, conflicts: Mapping[str, Any]) -> dict[str, Any]:
    """What stands against an undo, by name, without the custom fields (`fields.<id>`) that the actor may never see."""
    viewer = viewer_of(actor)
    return {
        name: value
        for name, value in conflicts.items()
        if not name.startswith(_FIELD) or _readable(viewer, actor.org_id, name.removeprefix(_FIELD))
    }


def unknown_in(viewer: Viewer, org_id: str, condition: Condition) -> list[str]:
    """The custom fields of a condition that this viewer may not see, or that do not exist: to him that is the same."""
    asked = ids_in(names(condition))
    return sorted(asked - definitions(org_id).open_to(viewer)) if asked else []


def check_askable(viewer: Viewer, org_id: str, condition: Condition, pointer: str = "/filter") -> Condition:
    """The condition, if the viewer may see every custom field in it.

    Raises
    ------
    Invalid
        `bad_filter`, with `unknown` for fields that he may not see and for those that are not there, alike.
    """
    if unknown := unknown_in(viewer, org_id, condition):
        message = f"there is no field {', '.join(_FIELD + one for one in unknown)[:200]}"
        raise Invalid(message, FieldError(pointer, "unknown", message), code="bad_filter", malformed=True)
    return condition


def _readable(viewer: Viewer, org_id: str, id_: str) -> bool:
    """True for what he may see, and for staff also what no definition stands behind, so that history stays readable."""
    known = definitions(org_id)
    return id_ in known.open_to(viewer) or (id_ not in known.by_id and viewer.kind != "contact")
