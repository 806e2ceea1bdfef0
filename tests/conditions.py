"""Conditions of every kind for property tests, and a ticket's facts to try them on."""

from __future__ import annotations

from hypothesis import strategies as st

from helpdesk.filters.conditions import EVERYTHING, Condition, all_of, any_of, negation
from helpdesk.filters.fields import CATEGORIES, FIELDS, OPS_OF, STATES
from helpdesk.filters.terms import term_of

FACTS = {
    "status_id": "open",
    "category": "open",
    "priority": "high",
    "assignee_id": "ME",
    "team_id": None,
    "requester_id": "CARLA",
    "tag": ["vip", "battery"],
    "channel": "mail",
    "number": 1001,
    "subject": "The charger stops",
    "text": "The charger stops. Das Ladegerät hält an. 充電器が止まる",
    "created_at": "2026-11-20T08:00:00.000Z",
    "updated_at": "2026-11-20T09:00:00.000Z",
    "has_attachments": False,
    "message_count": 3,
    "follower": ["ME"],
    "fields": {"site": "B", "size": 10, "colours": ["red", "blue"], "ok": True},
}
VALUES = {
    "status_id": ["new", "open", "waiting", "solved", "closed"],
    "category": [*CATEGORIES, *STATES],
    "priority": ["low", "normal", "high", "urgent"],
    "assignee_id": ["me", "ANNA", "BERT"],
    "requester_id": ["me", "CARLA", "DORA"],
    "tag": ["vip", "spam", "battery", "größe"],
    "channel": ["mail", "portal"],
    "subject": ["charger", "stops", "PRÄZISE", 'say "no"', "a:b", "charger stops"],
    "text": ["charger", "stops now", "Lade", "充電", "or", "and", "12", "größ"],
}
_DATES = ["2026-11-20", "2026-11-18", "2026-11-19T08:00:00Z", "today", "yesterday", "now", "-2d", "-36h", "+1w"]
_CUSTOM = [
    ("fields.site", "B"),
    ("fields.site", "none"),
    ("fields.size", "9.5"),
    ("fields.size", "-3"),
    ("fields.t-1", "x y"),
]
_DEFAULTS = {
    "date": _DATES,
    "number": ["0", "3", "7", "1001"],
    "flag": [True, False],
    "id": ["A", "B", "a b", ">x", "none"],
    "set": ["A", "me"],
}


@st.composite
def _terms(draw: st.DrawFn, names: tuple[str, ...], values: dict[str, list[object]]) -> Condition:
    if draw(st.integers(0, 9)) == 0 and names == tuple(FIELDS):
        name, value = draw(st.sampled_from(_CUSTOM))
        op = draw(st.sampled_from(OPS_OF["custom"]))
        return term_of(name, op, None if op == "none" else [value, "z"] if op == "in" else value)
    field = FIELDS[draw(st.sampled_from(names))]
    op = draw(st.sampled_from(field.ops))
    pool = values.get(field.name) or VALUES.get(field.name) or _DEFAULTS[field.type]
    if op == "none":
        return term_of(field.name, op, None)
    if op in ("in", "all"):
        return term_of(field.name, op, draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3)))
    if field.type == "date" and op == "is":
        pool = ["2026-11-20", "2026-11-19", "today", "yesterday"]
    return term_of(field.name, op, draw(st.sampled_from(pool)))


def conditions(
    names: tuple[str, ...] = tuple(FIELDS), values: dict[str, list[object]] | None = None
) -> st.SearchStrategy[Condition]:
    """Conditions over these fields, at most a few levels deep."""

    def wider(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(inner, min_size=1, max_size=3)
        opposite = inner.filter(lambda one: one != EVERYTHING).map(negation)
        return several.map(all_of) | several.map(any_of) | opposite

    return st.recursive(_terms(names, values or {}), wider, max_leaves=6)
