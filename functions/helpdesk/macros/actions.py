"""What a macro can do, each action as the change that it makes of a ticket."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.records.service import Kind
from helpdesk.settings.kept import Kept

MACRO = Kept(Kind("macro", "macro", most=1000))
PROPERTIES = {
    "set_status": "status_id",
    "set_priority": "priority",
    "set_assignee": "assignee_id",
    "set_team": "team_id",
    "set_topic": "topic_id",
    "set_type": "type",
}
NEEDS = dict.fromkeys((*PROPERTIES, "set_field", "add_tags", "remove_tags", "reply", "note"), "tickets:write")
"""The permission that whoever runs a macro needs for each kind of action in it."""


def change_of(actor: Actor, action: dict[str, Any]) -> dict[str, Any]:
    """The part of a ticket's change that an action asks for; {} for words."""
    type_ = action["type"]
    if type_ in PROPERTIES:
        value = action.get("value")
        return {PROPERTIES[type_]: actor.id if type_ == "set_assignee" and value == "me" else value}
    if type_ == "set_field":
        return {"fields": {action["field_id"]: action.get("value")}}
    if type_ in ("add_tags", "remove_tags"):
        return {"tags": {type_.partition("_")[0]: action["tags"]}}
    return {}


def change_of_all(actor: Actor, actions: list[dict[str, Any]]) -> dict[str, Any]:
    """One change for all actions; of two that set the same the later counts, a tag ends as the last action says."""
    body: dict[str, Any] = {}
    add: dict[str, None] = {}
    remove: dict[str, None] = {}
    for action in actions:
        change = change_of(actor, action)
        fields = body.get("fields", {}) | change.pop("fields", {})
        tags = change.pop("tags", {})
        for tag in tags.get("add", ()):
            remove.pop(tag, None)
            add[tag] = None
        for tag in tags.get("remove", ()):
            add.pop(tag, None)
            remove[tag] = None
        body |= change | ({"fields": fields} if fields else {})
    return body | ({"tags": {"add": list(add), "remove": list(remove)}} if add or remove else {})
