"""Whether what a body names is there: statuses, priorities, teams, colleagues, topics; all faults at once."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.people import store as people_store
from helpdesk.settings.defaults import TYPES
from helpdesk.settings.service import check_team, priorities, statuses
from helpdesk.settings.topics import offered, topics


def reference_faults(actor: Actor, body: dict[str, Any]) -> list[FieldError]:
    """A fault for every reference in the body that is not known here or not used any more."""
    org_id, faults = actor.org_id, []
    for name, known in (("status_id", statuses), ("priority", priorities)):
        usable = [one.id for one in known(org_id).values() if not one.archived] if body.get(name) else []
        if body.get(name) and body[name] not in usable:
            faults.append(FieldError(f"/{name}", "unknown", f"one of {', '.join(usable)}"))
    if body.get("type") and body["type"] not in TYPES:
        faults.append(FieldError("/type", "unknown", f"one of {', '.join(TYPES)}"))
    if body.get("topic_id") and body["topic_id"] not in _topics(actor):
        faults.append(FieldError("/topic_id", "unknown", "there is no such topic"))
    if body.get("team_id"):
        try:
            check_team(org_id, body["team_id"])
        except Invalid as fault:
            faults += fault.errors
    if body.get("assignee_id"):
        person = people_store.get_person(org_id, body["assignee_id"])
        if not person or person.kind != "agent" or person.disabled:
            faults.append(FieldError("/assignee_id", "unknown", "there is no such colleague"))
    return faults


def check_references(actor: Actor, body: dict[str, Any]) -> None:
    """Raise `Invalid` with every fault that `reference_faults` finds."""
    if faults := reference_faults(actor, body):
        raise Invalid("some values are not known here", *faults)


def _topics(actor: Actor) -> list[str]:
    if actor.kind == "contact":
        return [topic.id for topic in offered(actor.org_id)]
    return [topic.id for topic in topics(actor.org_id).values() if not topic.archived]
