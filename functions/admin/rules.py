"""Routes of rules."""

from __future__ import annotations

from helpdesk.rules.service import RULE, change_rule, create_rule, listed, remove_rule
from helpdesk.web.api import Api
from helpdesk.web.setting_routes import Resource, add_setting_routes, put_in_order


def add_rule_routes(api: Api) -> None:
    """Add the routes of rules."""
    add_setting_routes(api, _RULES)


_RULES = Resource(
    name="rule",
    path="/v1/rules",
    plural="rules",
    shape="Rule",
    takes="admin.rule_bodies",
    rows=lambda call: listed(call.actor.org_id),
    create=lambda call: create_rule(call.cause, call.body),
    change=lambda call, id_: change_rule(call.cause, id_, call.body, call.version),
    remove=lambda call, id_: remove_rule(call.cause, id_, call.version),
    order=lambda call: put_in_order(call, RULE),
)
