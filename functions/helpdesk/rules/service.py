"""Rules as administrators keep them: ordered, each with what keeps it from working, its hits and its last error."""

from __future__ import annotations

from typing import Any

from helpdesk.calendars.checks import zone_faults
from helpdesk.core.cache import remember
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.filters.conditions import Condition, names
from helpdesk.filters.documents import condition_from, to_json
from helpdesk.filters.rule_fields import rule_field_of
from helpdesk.filters.text import to_text
from helpdesk.records.service import Kind
from helpdesk.rules import side_talks, store
from helpdesk.rules.model import TIME, Rule
from helpdesk.rules.references import Asked, action_faults, condition_faults, looked_up_faults
from helpdesk.rules.written import written
from helpdesk.settings import kept
from helpdesk.settings.kept import Kept

RULE = Kept(Kind("rule", "rule", most=500))
_USUAL: dict[str, Any] = {"when": {"all": []}, "stop": False, "enabled": True, "zone": "UTC"}
_NEVER = {"hits": 0, "last_hit_at": None, "last_error": None, "last_error_at": None}


@remember(seconds=30)
def rules(org_id: str) -> tuple[Rule, ...]:
    """The rules that are switched on, in their order, each with what keeps it from being evaluated."""
    rows = kept.all_of(org_id, RULE).values()
    return tuple(rule_of(org_id, row) for row in rows if row["enabled"] and not row["archived"])


def rule_of(org_id: str, row: Item) -> Rule:
    """The rule in a row; one whose condition cannot be read any more is broken, not an error."""
    values = {"id": row["id"], "name": row["name"], "on": frozenset(row["on"]), "then": tuple(row["then"])}
    values |= {"stop": row["stop"], "zone": row["zone"]}
    try:
        when = condition_of(row["when"])
    except Invalid as failure:
        return Rule(**values, when=condition_of(""), broken=failure.detail)
    faults = (*condition_faults(org_id, when, row["on"]), *action_faults(org_id, row["then"]))
    broken = "; ".join(dict.fromkeys(one.message for one in faults))[:300]
    return Rule(**values, when=when, asks=names(when), broken=broken)


def condition_of(value: Any) -> Condition:
    """A rule's condition in either form; `Invalid` with its place below `/when`."""
    return condition_from(value, "/when", rule_field_of)


def listed(org_id: str) -> list[Item]:
    """The rules as the API shows them, those out of use, too; two round trips, and more for who and what they name."""
    counted, asked = store.counters(org_id), Asked()
    return [shown(org_id, row, counted, asked) for row in kept.all_of(org_id, RULE).values()]


def shown(org_id: str, row: Item, counted: dict[str, Item] | None = None, asked: Asked | None = None) -> Item:
    """A rule with its condition in both forms, its text, what is broken in it, and its counters."""
    one = (store.counters(org_id) if counted is None else counted).get(row["id"], {})
    rule = rule_of(org_id, row)
    broken = rule.broken or "; ".join(fault.message for fault in looked_up_faults(org_id, row["then"], asked))
    numbers = {name: one.get(name, usual) for name, usual in _NEVER.items()}
    when = {"when": to_text(rule.when), "when_json": to_json(rule.when)}
    return kept.shown(row) | when | numbers | {"broken": broken or None, "text": written(row, to_text(rule.when))}


def create_rule(cause: Cause, body: dict[str, Any]) -> Item:
    """Add a rule at the end of the order; it acts on what happens from now on.

    Raises
    ------
    Invalid
        with a pointer to each part that cannot be understood, is not there, or cannot be asked.
    """
    values = _USUAL | body
    return shown(cause.org_id, kept.create(cause, RULE, values | checked(cause.org_id, values)))


def change_rule(cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> Item:
    """Change a rule; raises as `create_rule`. One that is only switched off or renamed need not be whole."""
    before = kept.get(cause.org_id, RULE, id_)
    if set(changes) - {"name", "archived"} and changes.get("enabled", True):
        changes = changes | checked(cause.org_id, before | changes)
    return shown(cause.org_id, kept.change(cause, RULE, id_, changes, version))


def remove_rule(cause: Cause, id_: str, version: int | None) -> None:
    """Take a rule out of use; what it did stays."""
    kept.archive(cause, RULE, id_, None, version)


def draft_of(org_id: str, id_: str | None, body: dict[str, Any]) -> Rule:
    """A rule that is not kept, checked as one that is."""
    values = _USUAL | body
    return rule_of(org_id, values | checked(org_id, values) | {"id": id_ or "draft"})


def checked(org_id: str, values: dict[str, Any]) -> dict[str, Any]:
    """The condition and the actions as they are kept; raises `Invalid` with every fault."""
    when = condition_of(values["when"])
    faults = condition_faults(org_id, when, values["on"]) + action_faults(org_id, values["then"])
    faults += looked_up_faults(org_id, values["then"])
    if TIME in values["on"] and len(values["on"]) > 1:
        faults.append(FieldError("/on", "not_together", "a rule waits for the time, or for events"))
    faults += zone_faults(values["zone"])
    if faults:
        raise Invalid("this rule is not right", *faults)
    return {"when": to_json(when), "then": [_clean(index, action) for index, action in enumerate(values["then"])]}


def _clean(index: int, action: dict[str, Any]) -> dict[str, Any]:
    """The action with its words made safe to show, and without what has no value."""
    from helpdesk.tickets.words import both_forms

    there = {name: value for name, value in action.items() if value is not None or name == "value"}
    if there["type"] == side_talks.TYPE:
        there = side_talks.cleaned(there)
    if there.get("find"):
        there["find"] = {name: value for name, value in there["find"].items() if value}
    if not there.get("body_html"):
        return there
    try:
        return there | {"body_html": both_forms(None, there["body_html"])[1]}
    except Invalid as empty:
        fault = FieldError(f"/then/{index}/body_html", "empty", "write something")
        raise Invalid("this rule is not right", fault) from empty
