"""What the portal's form asks a customer, in his words, and no more than he may know."""

from __future__ import annotations

from typing import Any

from helpdesk.filters.conditions import Condition, names
from helpdesk.filters.documents import to_json
from helpdesk.settings.fields.forms import PORTAL, form_for
from helpdesk.settings.fields.model import Definition, Viewer
from helpdesk.settings.fields.rules import evaluate
from helpdesk.settings.fields.service import context_of, definitions
from helpdesk.settings.statuses import status_in
from helpdesk.settings.topics import presets, usual_facts

_CUSTOMER = Viewer("contact")


def portal_form(org_id: str, topic_id: str | None) -> list[dict[str, Any]]:
    """The fields that a new ticket of this topic asks for, in order.

    A condition goes along where the customer's own answers decide it, so that the page can follow them; where inner
    facts decide, it is decided here. The desk checks all of it again when the ticket is opened.
    """
    preset = presets(org_id, topic_id)
    status = status_in(org_id, "new")
    facts = usual_facts(org_id, preset) | {
        "status_id": status.id,
        "category": status.category,
        "channel": "portal",
        "topic_id": topic_id,
        "fields": {},
    }
    known = definitions(org_id)
    form = form_for(org_id, preset["form_id"], PORTAL)
    rules = evaluate(known, _CUSTOMER, facts, form.field_ids if form else None, context_of(org_id))
    open_ = known.open_to(_CUSTOMER)
    wanted = form.field_ids if form else tuple(known.by_id)
    answers = frozenset(f"fields.{id_}" for id_ in wanted if id_ in open_)
    shown = []
    for id_ in wanted:
        one = known.by_id[id_]
        later = one.visible_when is not None and names(one.visible_when) <= answers
        if id_ in open_ and not one.archived and (id_ in rules.visible or later):
            shown.append(_shape(one, answers, id_ in rules.required, id_ in rules.read_only))
    return shown


def _shape(one: Definition, answers: frozenset[str], required: bool, read_only: bool) -> dict[str, Any]:
    def told(condition: Condition | None) -> dict[str, Any] | None:
        return to_json(condition) if condition is not None and names(condition) <= answers else None

    options = [
        {"id": option.id, "label": option.label, "parent_id": option.parent_id}
        for option in one.options.values()
        if not option.archived
    ]
    return {
        "id": one.id,
        "label": one.customer_label,
        "type": one.type,
        "help": one.help,
        "options": options,
        "default": one.default,
        "required": required,
        "read_only": read_only,
        "required_when": told(one.required_when),
        "visible_when": told(one.visible_when),
        "validation": {name: value for name, value in vars(one.validation).items() if value is not None},
    }
