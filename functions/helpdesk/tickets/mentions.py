"""Colleagues whom a note names, so that they are told of it (NO-02)."""

from __future__ import annotations

from typing import Any

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.people.store import get_people


def checked_mentions(org_id: str, body: dict[str, Any]) -> tuple[str, ...]:
    """The ids in a message's `mentions`, each once; a round trip if there are any.

    Raises
    ------
    Invalid
        for somebody who is no colleague, and for a reply: the customer would read of it.
    """
    ids = list(dict.fromkeys(body.get("mentions") or ()))
    if not ids:
        return ()
    if body.get("kind") != "note":
        raise Invalid("only a note mentions", FieldError("/mentions", "not_a_note", "mention colleagues in a note"))
    staff = {person.id for person in get_people(org_id, ids) if person.kind == "agent" and not person.disabled}
    faults = [
        FieldError(f"/mentions/{index}", "unknown", "there is no such colleague")
        for index, id_ in enumerate(body["mentions"])
        if id_ not in staff
    ]
    if faults:
        raise Invalid("somebody who is mentioned is no colleague", *faults)
    return tuple(ids)
