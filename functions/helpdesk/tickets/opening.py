"""From a checked body to what a new ticket starts with: references, the topic's presets, and custom fields."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import Invalid
from helpdesk.people.model import normal_email
from helpdesk.settings.priorities import usual_priority
from helpdesk.settings.statuses import status_in
from helpdesk.settings.topics import presets
from helpdesk.tickets.beginning import Opening
from helpdesk.tickets.edit import bounded_fields
from helpdesk.tickets.field_rules import new_fields
from helpdesk.tickets.model import Ticket
from helpdesk.tickets.references import reference_faults


def opening_of(actor: Actor, body: dict[str, Any], channel: str) -> Opening:
    """The opening that a body asks for; what it does not say, its topic presets.

    Raises
    ------
    Invalid
        naming every value that is not known here and every field that is wrong or missing.
    """
    faults = reference_faults(actor, body)
    preset = presets(actor.org_id, body.get("topic_id"))
    chosen = {name: body.get(name) or preset[name] for name in ("priority", "team_id", "type")}
    chosen["priority"] = chosen["priority"] or usual_priority(actor.org_id)
    tags = tuple(dict.fromkeys((*(body.get("tags") or ()), *preset["tags"])))
    status = status_in(actor.org_id, "new")
    planned = Ticket(
        actor.org_id,
        "",
        status_id=status.id,
        category=status.category,
        tags=tags,
        channel=channel,
        assignee_id=body.get("assignee_id"),
        topic_id=body.get("topic_id"),
        **chosen,
    )
    fields, wrong = new_fields(actor, planned, bounded_fields(body.get("fields") or {}))
    if faults + wrong:
        raise Invalid("some values are not right", *faults, *wrong)
    requester = body["requester"]
    return Opening(
        subject=body["subject"],
        email=normal_email(requester["email"], "/requester/email"),
        name=requester.get("name"),
        channel=channel,
        tags=tags,
        assignee_id=body.get("assignee_id"),
        fields=fields,
        topic_id=body.get("topic_id"),
        acknowledge=channel == "portal",
        **chosen,
    )
