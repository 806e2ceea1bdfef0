"""Closing rules: when a ticket that waits is brought to mind, and when it ends by itself (TM-05)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.items import Item
from helpdesk.filters.conditions import Condition, names
from helpdesk.filters.documents import condition_from, to_json
from helpdesk.records.service import Kind
from helpdesk.settings import kept
from helpdesk.settings.fields.model import EVERY_COLLEAGUE
from helpdesk.settings.fields.reading import check_askable
from helpdesk.settings.kept import Derived, Kept
from helpdesk.settings.priorities import check_ranks

CLOSING_RULE = Kept(Kind("closing_rule", "closing rule", most=50))
IDLE = ("waiting", "solved")
"""The categories in which a ticket can end by itself."""
_UNASKABLE = {"text", "updated_at", "message_count"}  # what a ticket's row does not know, or what a reminder changes


@dataclass(frozen=True)
class ClosingRule:
    """After `remind_after_hours` without a word the customer gets `template_id`; `close_after_hours` later it ends.

    Without a reminder these hours count from the beginning. `to` is the category that it ends in.
    """

    id: str
    name: str
    category: str
    filter: Condition
    remind_after_hours: int | None
    template_id: str | None
    close_after_hours: int
    to: str


def _built(rows: dict[str, Item]) -> tuple[ClosingRule, ...]:
    return tuple(_rule(row) for row in rows.values() if not row.get("archived"))


def _rule(row: Item) -> ClosingRule:
    values = {one.name: row[one.name] for one in fields(ClosingRule)}
    return ClosingRule(**values | {"filter": condition_from(row["filter"])})


closing_rules = Derived(CLOSING_RULE, _built)
"""The rules in use, in their order: of a ticket the first that fits counts; no round trip when warm."""


def create_rule(cause: Cause, body: dict[str, Any]) -> Item:
    """Add a rule at the end of the order.

    Raises
    ------
    Invalid
        for a filter that cannot be asked here, a reminder without a template, and an end that is none.
    """
    values = {"filter": {"all": []}, "remind_after_hours": None, "template_id": None, "to": "closed"} | body
    return kept.create(cause, CLOSING_RULE, values | _checked(cause.org_id, values))


def change_rule(cause: Cause, id_: str, changes: dict[str, Any], version: int | None) -> Item:
    """Change a rule; what is due by it moves within some minutes."""
    before = kept.get(cause.org_id, CLOSING_RULE, id_)
    return kept.change(cause, CLOSING_RULE, id_, changes | _checked(cause.org_id, before | changes), version)


def remove_rule(cause: Cause, id_: str, version: int | None) -> None:
    """Take a rule out of use: nothing ends by it any more."""
    kept.archive(cause, CLOSING_RULE, id_, None, version)


def _checked(org_id: str, values: dict[str, Any]) -> dict[str, Any]:
    condition = check_askable(EVERY_COLLEAGUE, org_id, check_ranks(org_id, condition_from(values["filter"])))
    faults = []
    if wrong := sorted(names(condition) & _UNASKABLE):
        faults.append(FieldError("/filter", "not_here", f"a closing rule cannot look at {', '.join(wrong)}"))
    if bool(values["remind_after_hours"]) != bool(values["template_id"]):
        name = "template_id" if values["remind_after_hours"] else "remind_after_hours"
        faults.append(FieldError(f"/{name}", "missing", "a reminder has both a time and a template"))
    if values["category"] == "solved" and values["to"] != "closed":
        faults.append(FieldError("/to", "not_allowed", "what is solved can only be closed"))
    if faults:
        raise Invalid("this rule is not right", *faults)
    return {"filter": to_json(condition)}
