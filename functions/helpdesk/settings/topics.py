"""Topics: a tree that says what a ticket is about, and what a ticket of a topic begins with."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from helpdesk.core.errors import Conflict, FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.records.service import Kind
from helpdesk.settings import kept
from helpdesk.settings.defaults import TYPES
from helpdesk.settings.fields.forms import forms
from helpdesk.settings.kept import Derived, Kept
from helpdesk.settings.priorities import priorities, usual_priority
from helpdesk.settings.service import teams

TOPIC = Kept(Kind("topic", "topic", most=500))
MOST_LEVELS = 5
_PRESETS = ("form_id", "team_id", "priority", "type", "sla_policy_id")


@dataclass(frozen=True)
class Topic:
    """What a ticket may be about; what a topic does not preset, it has of the topic above it."""

    id: str
    label: str
    customer_label: str = ""
    help: str = ""
    parent_id: str | None = None
    public: bool = False  # the portal offers it
    form_id: str | None = None
    team_id: str | None = None
    priority: str | None = None
    type: str | None = None
    sla_policy_id: str | None = None
    tags: tuple[str, ...] = ()
    position: int = 0
    archived: bool = False
    replaced_by: str | None = None
    version: int = 0
    created_at: str | None = None
    updated_at: str | None = None


_NAMES = {one.name for one in fields(Topic)}
_EMPTY = {
    name: value for name, value in asdict(Topic("", "")).items() if name not in ("id", "label", "position", "version")
}


def _built(rows: dict[str, Item]) -> dict[str, Topic]:
    return {id_: _topic(row) for id_, row in rows.items()}


def _topic(row: Item) -> Topic:
    values = {name: value for name, value in row.items() if name in _NAMES}
    return Topic(**values | {"tags": tuple(row.get("tags") or ())})


topics = Derived(TOPIC, _built)
"""The organisation's topics by id, in order, archived ones too; no round trip when warm."""


def presets(org_id: str, topic_id: str | None) -> dict[str, Any]:
    """`{form_id, team_id, priority, type, sla_policy_id, tags}` of a topic: its own, else of the nearest above it."""
    line = path_of(org_id, topic_id)
    found: dict[str, Any] = {
        name: next((value for topic in line if (value := getattr(topic, name))), None) for name in _PRESETS
    }
    return found | {"tags": tuple(dict.fromkeys(tag for topic in reversed(line) for tag in topic.tags))}


def usual_facts(org_id: str, preset: dict[str, Any]) -> dict[str, Any]:
    """What a ticket that begins with these presets is like, for conditions of fields."""
    return {
        "priority": preset["priority"] or usual_priority(org_id),
        "team_id": preset["team_id"],
        "type": preset["type"],
        "assignee_id": None,
        "tag": preset["tags"],
    }


def path_of(org_id: str, topic_id: str | None) -> list[Topic]:
    """A topic and those above it, itself first; [] for none."""
    known, line = topics(org_id), []
    topic = known.get(topic_id or "")
    while topic and topic not in line:
        line.append(topic)
        topic = known.get(topic.parent_id or "")
    return line


def offered(org_id: str) -> list[Topic]:
    """The topics that the portal offers: public ones whose every topic above is public."""
    return [
        topic
        for topic in topics(org_id).values()
        if all(one.public and not one.archived for one in path_of(org_id, topic.id))
    ]


def create_topic(cause: Cause, body: dict[str, Any]) -> Topic:
    """Add a topic; `Invalid` naming every preset that is not known here."""
    _check(cause.org_id, None, body)
    values = _EMPTY | {"customer_label": body["label"]} | body
    return _topic(kept.create(cause, TOPIC, values))


def change_topic(cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> Topic:
    """Change a topic, or bring an archived one back; tickets that have it stay where they are."""
    kept.get(cause.org_id, TOPIC, id_)
    _check(cause.org_id, id_, changes)
    if changes.get("archived") is False:
        changes = changes | {"replaced_by": None}
    return _topic(kept.change(cause, TOPIC, id_, changes, version))


def remove_topic(cause: Cause, id_: str, replace_by: str | None, carried: int, version: int | None) -> None:
    """Take a topic out of use; `carried` is how many tickets have it.

    Raises
    ------
    Conflict
        `in_use` while there are topics below it, or tickets have it and nothing is to replace it.
    """
    kept.get(cause.org_id, TOPIC, id_)
    below = [one.id for one in topics(cause.org_id).values() if one.parent_id == id_ and not one.archived]
    if below:
        raise Conflict("there are topics below it", code="in_use", by=below)
    if carried and not replace_by:
        raise Conflict(f"{carried} tickets have this topic; say replace_by", code="in_use", count=carried)
    kept.archive(cause, TOPIC, id_, replace_by, version)


def _check(org_id: str, id_: str | None, body: dict[str, Any]) -> None:
    known: dict[str, Any] = {
        "form_id": forms(org_id),
        "team_id": teams(org_id),
        "priority": [one.id for one in priorities(org_id).values() if not one.archived],
        "type": TYPES,
    }
    faults = [
        FieldError(f"/{name}", "unknown", "there is no such thing here")
        for name, there in known.items()
        if body.get(name) is not None and body[name] not in there
    ]
    if body.get("parent_id") is not None:
        faults += _parent_faults(org_id, id_, body["parent_id"])
    if faults:
        raise Invalid("this topic does not fit", *faults)


def _parent_faults(org_id: str, id_: str | None, parent_id: str) -> list[FieldError]:
    line = path_of(org_id, parent_id)
    if not line or line[0].archived:
        return [FieldError("/parent_id", "unknown", "there is no such topic in use")]
    if id_ in [topic.id for topic in line]:
        return [FieldError("/parent_id", "cyclic", "a topic cannot stand below itself")]
    if len(line) + _height(org_id, id_) > MOST_LEVELS:
        return [FieldError("/parent_id", "too_deep", f"topics have at most {MOST_LEVELS} levels")]
    return []


def _height(org_id: str, id_: str | None) -> int:
    below = [one.id for one in topics(org_id).values() if id_ and one.parent_id == id_]
    return 1 + max((_height(org_id, one) for one in below), default=0)
