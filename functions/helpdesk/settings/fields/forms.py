"""Forms: which fields a ticket asks for, in which order; a topic names its form, and one form is everybody's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpdesk.core.errors import Conflict
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.records import service as records
from helpdesk.records.service import Kind
from helpdesk.settings import kept
from helpdesk.settings.fields.model import Form
from helpdesk.settings.fields.service import check_ids
from helpdesk.settings.kept import Derived, Kept

FORM = Kept(Kind("form", "form", most=100))
AGENT, PORTAL, BOTH = "agent", "portal", "both"


def _built(rows: dict[str, Item]) -> dict[str, Form]:
    return {
        id_: Form(id_, row["label"], tuple(row["field_ids"]), row.get("for", BOTH), bool(row.get("default")))
        for id_, row in rows.items()
    }


forms = Derived(FORM, _built)
"""The organisation's forms by id, in order; no round trip when warm."""


def form_for(org_id: str, form_id: str | None, door: str) -> Form | None:
    """The form that a ticket asks with at a door (agent or portal): its topic's, else the default; None is all fields.

    Of several default forms the first that is made for the door counts.
    """
    known: Mapping[str, Form] = forms(org_id)
    named = known.get(form_id or "")
    if named and named.for_ in (door, BOTH):
        return named
    return next((form for form in known.values() if form.default and form.for_ in (door, BOTH)), None)


def create_form(cause: Cause, body: dict[str, Any]) -> Item:
    """Make a form; `Invalid` for a field that is not in use."""
    check_ids(cause.org_id, body["field_ids"], "/field_ids")
    return kept.create(cause, FORM, {"for": BOTH, "default": False} | body)


def change_form(cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> Item:
    """Change a form's label, fields, door, or whether it is the default."""
    if "field_ids" in changes:
        check_ids(cause.org_id, changes["field_ids"], "/field_ids")
    return kept.change(cause, FORM, id_, changes, version)


def delete_form(cause: Cause, id_: str, version: int | None) -> None:
    """Remove a form; `Conflict` `in_use` with `by` while topics ask with it."""
    from helpdesk.settings.topics import topics

    users = [topic.id for topic in topics(cause.org_id).values() if topic.form_id == id_ and not topic.archived]
    if users:
        raise Conflict(f"the form is used by the topics {', '.join(users)}", code="in_use", by=users)
    records.delete(cause, FORM.kind, id_, version)
