"""Routes of what tickets are described with: statuses, priorities, topics, fields, forms and tags."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from helpdesk.feed.store import get_head
from helpdesk.filters.shown import both_forms
from helpdesk.jobs import service as jobs
from helpdesk.settings import kept, tags
from helpdesk.settings.closing_rules import CLOSING_RULE, change_rule, create_rule, remove_rule
from helpdesk.settings.fields import forms
from helpdesk.settings.fields import service as fields
from helpdesk.settings.priorities import (
    change_priority,
    create_priority,
    order_priorities,
    priorities,
    remove_priority,
)
from helpdesk.settings.statuses import change_status, create_status, order_statuses, remove_status, statuses
from helpdesk.settings.topics import TOPIC, change_topic, create_topic, remove_topic, topics
from helpdesk.web.api import Api
from helpdesk.web.call import Call
from helpdesk.web.setting_routes import Resource, add_setting_routes, put_in_order

_BODIES = "admin.describing_bodies"


def _carried(call: Call, counter: str) -> int:
    """How many tickets carry this, by the feed's live counts."""
    return max(0, int(get_head(call.actor.org_id).get(counter, 0)))


def _remove_status(call: Call, id_: str) -> None:
    remove_status(call.cause, id_, call.query.get("replace_by"), _carried(call, f"status:{id_}"), call.version)
    _replace_on_tickets(call, "status_id", id_)


def _remove_priority(call: Call, id_: str) -> None:
    remove_priority(call.cause, id_, call.query.get("replace_by"), _carried(call, f"priority:{id_}"), call.version)
    _replace_on_tickets(call, "priority", id_)


def _remove_topic(call: Call, id_: str) -> None:
    remove_topic(call.cause, id_, call.query.get("replace_by"), _carried(call, f"topic:{id_}"), call.version)
    _replace_on_tickets(call, "topic_id", id_)


def _replace_on_tickets(call: Call, field: str, id_: str) -> None:
    """Begin the job that gives tickets what stands in the archived record's place."""
    if call.query.get("replace_by"):
        action = {"kind": "replace_archived", "field": field, "value": id_}
        jobs.start(call.actor, call.cause, {"action": action})


def _tags(call: Call) -> list[dict[str, Any]]:
    """Registered tags and those in use, the most used first."""
    head = get_head(call.actor.org_id)
    counts = {name[4:]: count for name, count in head.items() if name.startswith("tag:") and count > 0}
    known = tags.tags(call.actor.org_id)
    rows = [_tag(known.get(name, {"id": name}), counts.get(name, 0)) for name in {**counts, **known}]
    return sorted(rows, key=lambda row: (-row["count"], row["id"]))


def _tag(row: dict[str, Any], count: int) -> dict[str, Any]:
    return {
        "id": row["id"],
        "count": count,
        "hue": row.get("hue"),
        "description": row.get("description", ""),
        "version": row.get("version", 0),
    }


def _changed_tag(call: Call, id_: str) -> dict[str, Any]:
    return _tag(tags.change_tag(call.cause, id_, call.body, call.version), _carried(call, f"tag:{id_}"))


def _shown_rule(row: dict[str, Any]) -> dict[str, Any]:
    return kept.shown(row) | both_forms(row["filter"])


def _form(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("replaced_by", "archived")}


def _form_body(call: Call) -> dict[str, Any]:
    """The body with `for`, which is no name in Python."""
    return {name.rstrip("_"): value for name, value in call.body.items()}


_RESOURCES = (
    Resource(
        name="status",
        path="/v1/statuses",
        plural="statuses",
        shape="Status",
        takes=_BODIES,
        rows=lambda call: map(asdict, statuses(call.actor.org_id).values()),
        create=lambda call: asdict(create_status(call.cause, call.body)),
        change=lambda call, id_: asdict(change_status(call.cause, id_, call.body, call.version)),
        remove=_remove_status,
        order=lambda call: order_statuses(call.cause, call.body["ids"]),
    ),
    Resource(
        name="priority",
        path="/v1/priorities",
        plural="priorities",
        shape="Priority",
        takes=_BODIES,
        rows=lambda call: map(asdict, priorities(call.actor.org_id).values()),
        create=lambda call: asdict(create_priority(call.cause, call.body)),
        change=lambda call, id_: asdict(change_priority(call.cause, id_, call.body, call.version)),
        remove=_remove_priority,
        order=lambda call: order_priorities(call.cause, call.body["ids"]),
    ),
    Resource(
        name="topic",
        path="/v1/topics",
        plural="topics",
        shape="Topic",
        takes=_BODIES,
        rows=lambda call: map(asdict, topics(call.actor.org_id).values()),
        create=lambda call: asdict(create_topic(call.cause, call.body)),
        change=lambda call, id_: asdict(change_topic(call.cause, id_, call.body, call.version)),
        remove=_remove_topic,
        order=lambda call: put_in_order(call, TOPIC),
    ),
    Resource(
        name="field",
        path="/v1/fields",
        plural="fields",
        shape="CustomField",
        takes=_BODIES,
        rows=lambda call: map(kept.shown, kept.all_of(call.actor.org_id, fields.FIELD).values()),
        create=lambda call: kept.shown(fields.create_field(call.cause, call.body)),
        change=lambda call, id_: kept.shown(fields.change_field(call.cause, id_, call.body, call.version)),
        remove=lambda call, id_: fields.archive_field(call.cause, id_, call.version),
        order=lambda call: put_in_order(call, fields.FIELD),
    ),
    Resource(
        name="form",
        path="/v1/forms",
        plural="forms",
        shape="Form",
        takes=_BODIES,
        rows=lambda call: map(_form, kept.all_of(call.actor.org_id, forms.FORM).values()),
        create=lambda call: _form(forms.create_form(call.cause, _form_body(call))),
        change=lambda call, id_: _form(forms.change_form(call.cause, id_, _form_body(call), call.version)),
        remove=lambda call, id_: forms.delete_form(call.cause, id_, call.version),
        order=lambda call: put_in_order(call, forms.FORM),
    ),
    Resource(
        name="closing_rule",
        path="/v1/closing-rules",
        plural="closing rules",
        shape="ClosingRule",
        takes="admin.closing_bodies",
        rows=lambda call: map(_shown_rule, kept.all_of(call.actor.org_id, CLOSING_RULE).values()),
        create=lambda call: _shown_rule(create_rule(call.cause, call.body)),
        change=lambda call, id_: _shown_rule(change_rule(call.cause, id_, call.body, call.version)),
        remove=lambda call, id_: remove_rule(call.cause, id_, call.version),
        order=lambda call: put_in_order(call, CLOSING_RULE),
    ),
    Resource(
        name="tag",
        path="/v1/tags",
        plural="tags",
        shape="Tag",
        takes=_BODIES,
        rows=_tags,
        create=lambda call: _tag(tags.create_tag(call.cause, call.body), _carried(call, f"tag:{call.body['id']}")),
        change=_changed_tag,
        remove=lambda call, id_: tags.remove_tag(call.cause, id_, _carried(call, f"tag:{id_}"), call.version),
    ),
)


def add_describing_routes(api: Api) -> None:
    """Add the routes of statuses, priorities, topics, fields, forms and tags."""
    for resource in _RESOURCES:
        add_setting_routes(api, resource)
