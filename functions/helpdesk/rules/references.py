"""Whether what a rule names is there: asked when it is saved, when it is listed, and before it is evaluated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from helpdesk.access.actor import Actor, system
from helpdesk.calendars.service import calendars
from helpdesk.core.errors import FieldError, NotFound
from helpdesk.filters.conditions import Condition, Term, terms
from helpdesk.filters.rule_fields import CHANGES, EVENT_FIELDS, WAS
from helpdesk.macros import sharing
from helpdesk.macros.actions import MACRO, change_of
from helpdesk.macros.templates import TEMPLATE
from helpdesk.people.store import get_person
from helpdesk.records import service as records
from helpdesk.rules.linking import contradictions, link_faults
from helpdesk.rules.model import TIME
from helpdesk.rules.side_talks import talk_faults
from helpdesk.settings.defaults import TYPES
from helpdesk.settings.fields.service import definitions
from helpdesk.settings.service import priorities, statuses, teams
from helpdesk.settings.topics import topics
from helpdesk.tickets.references import reference_faults

_OF_EVENTS = frozenset(one.name for one in EVENT_FIELDS)
_PEOPLE = ("assignee_id", "requester_id", "follower")


def condition_faults(org_id: str, when: Condition, on: Iterable[str]) -> list[FieldError]:
    """Faults of what a condition compares with, and of what cannot be asked on these events, at `/when`."""
    timed = TIME in on
    return [
        FieldError("/when", code, message)
        for term in terms(when)
        for code, message in (*_askable(term, timed), *_known(org_id, term))
    ]


def action_faults(org_id: str, then: Sequence[Mapping[str, Any]]) -> list[FieldError]:
    """Faults of what actions name, each at its place below `/then`; colleagues and tickets are not looked up."""
    actor = system(org_id)
    faults = contradictions(then)
    for index, action in enumerate(then):
        known = [FieldError(f"/{name}", "unknown", message) for name, message in _faults_of(actor, action)]
        known += talk_faults(org_id, action) if action["type"] == "side_conversation" else []
        faults += _below(index, known)
    return faults


Asked = dict[Any, list[FieldError]]


def looked_up_faults(org_id: str, then: Sequence[Mapping[str, Any]], asked: Asked | None = None) -> list[FieldError]:
    """Faults of actions that name a colleague who cannot have the ticket, or a ticket that is gone.

    A round trip or two for each that is not yet `asked`.
    """
    actor, asked = system(org_id), {} if asked is None else asked
    faults: list[FieldError] = []
    for index, action in enumerate(then):
        named = (action["type"], action.get("value"), action.get("ticket"))
        if named not in asked and action["type"] == "set_assignee":
            wrong = reference_faults(actor, {"assignee_id": action.get("value")})
            asked[named] = [replace(one, pointer="/value") for one in wrong]
        elif named not in asked:
            asked[named] = link_faults(org_id, action) if action["type"] == "link" else []
        faults += _below(index, asked[named])
    return faults


def _below(index: int, faults: Iterable[FieldError]) -> list[FieldError]:
    return [replace(one, pointer=f"/then/{index}{one.pointer}") for one in faults]


def _askable(term: Term, timed: bool) -> list[tuple[str, str]]:
    if term.field == "text":
        return [("not_here", "a rule cannot look at all words of a ticket; ask for subject or message.text")]
    if timed and (term.field in _OF_EVENTS or term.field.startswith(WAS)):
        return [("not_here", f"a rule that waits for the time knows no event, so it cannot look at {term.field}")]
    if term.field.removeprefix(WAS) in _PEOPLE and "me" in _values(term):
        return [("not_here", "a rule is nobody, so it knows no `me`")]
    if term.field == "hour" and any(int(one) > 23 for one in _values(term)):
        return [("bad_value", "hour is 0 to 23")]
    return []


def _known(org_id: str, term: Term) -> list[tuple[str, str]]:
    field = term.field.removeprefix(WAS)
    if field.startswith("fields."):
        id_ = field.partition(".")[2]
        return [] if id_ in definitions(org_id).by_id else [("unknown", f"there is no field {field}")]
    known = _ids(org_id, field)
    if known is None or term.op in ("none", "contains", "matches"):
        return []
    return [("unknown", f"there is no {field.removesuffix('_id')} {one}") for one in _values(term) if not known(one)]


def _ids(org_id: str, field: str) -> Any:
    """What says whether a value of the field is there; None for a field of which nobody knows all."""
    match field:
        case "status_id":
            return statuses(org_id).__contains__
        case "priority":
            return priorities(org_id).__contains__
        case "team_id":
            return teams(org_id).__contains__
        case "topic_id":
            return topics(org_id).__contains__
        case "within":
            return calendars(org_id).__contains__
        case "type":
            return TYPES.__contains__
        case "changed":
            return lambda one: one in CHANGES or one.removeprefix("fields.") in definitions(org_id).by_id
    return None


def _values(term: Term) -> tuple[str, ...]:
    if term.value is None:
        return ()
    return term.value if isinstance(term.value, tuple) else (str(term.value),)


def _faults_of(actor: Actor, action: Mapping[str, Any]) -> list[tuple[str, str]]:
    match action["type"]:
        case "set_field":
            one = definitions(actor.org_id).by_id.get(action["field_id"])
            return [] if one and not one.archived else [("field_id", "there is no such field")]
        case "macro":
            return _shared(actor, MACRO, "macro_id", action["macro_id"])
        case "webhook":
            there = action["webhook_id"] in records.all_of(actor.org_id, records.Kind("webhook", "webhook"))
            return [] if there else [("webhook_id", "there is no such webhook")]
        case "notify" if action["to"] not in ("assignee", "team"):
            person = get_person(actor.org_id, action["to"])
            there = person is not None and person.kind == "agent" and not person.disabled
            return [] if there else [("to", "assignee, team, or the id of a colleague")]
        case "notify":
            return []
        case "set_assignee" if action.get("value") == "me":
            return [("value", "a rule is nobody; name a colleague")]
        case "set_assignee":
            return []
    if action.get("template_id"):
        return _shared(actor, TEMPLATE, "template_id", action["template_id"])
    wanted = {name: value for name, value in change_of(actor, dict(action)).items() if name != "tags"}
    return [("value", fault.message) for fault in reference_faults(actor, wanted)]


def _shared(actor: Actor, kind: Any, name: str, id_: str) -> list[tuple[str, str]]:
    try:
        sharing.found(actor, kind, id_)
    except NotFound as missing:
        return [(name, f"{missing.detail} that is shared")]
    return []
