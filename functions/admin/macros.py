"""Routes of macros, templates and the variables in them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from helpdesk.macros import sharing
from helpdesk.macros.actions import MACRO
from helpdesk.macros.service import change_macro, create_macro
from helpdesk.macros.service import shape as macro_shape
from helpdesk.macros.templates import TEMPLATE, change_template, create_template, render, requester_of
from helpdesk.macros.templates import shape as template_shape
from helpdesk.macros.variables import FIELD_VARIABLE, VARIABLES
from helpdesk.settings.kept import Kept
from helpdesk.tickets.service import find_ticket
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed
from helpdesk.web.setting_routes import Resource, add_setting_routes


def _remove(kind: Kept) -> Any:
    return lambda call, id_: sharing.delete(call.actor, call.cause, kind, id_, call.version)


def _order(kind: Kept) -> Any:
    return lambda call: sharing.reorder(call.actor, call.cause, kind, call.body["ids"])


_RESOURCES = (
    Resource(
        name="macro",
        path="/v1/macros",
        plural="macros",
        shape="Macro",
        takes="admin.macro_bodies",
        rows=lambda call: map(macro_shape, sharing.listed(call.actor, MACRO)),
        create=lambda call: create_macro(call.actor, call.cause, call.body),
        change=lambda call, id_: change_macro(call.actor, call.cause, id_, call.body, call.version),
        remove=_remove(MACRO),
        order=_order(MACRO),
        needs="tickets:write",  # shared ones need settings:write besides
    ),
    Resource(
        name="template",
        path="/v1/templates",
        plural="templates",
        shape="Template",
        takes="admin.macro_bodies",
        rows=lambda call: map(template_shape, sharing.listed(call.actor, TEMPLATE)),
        create=lambda call: create_template(call.actor, call.cause, call.body),
        change=lambda call, id_: change_template(call.actor, call.cause, id_, call.body, call.version),
        remove=_remove(TEMPLATE),
        order=_order(TEMPLATE),
        needs="tickets:write",
    ),
)


def add_macro_routes(api: Api) -> None:
    """Add the routes of macros, templates and template variables."""
    for resource in _RESOURCES:
        add_setting_routes(api, resource)
    takes, path = "admin.macro_bodies:RenderingWish", "/v1/templates/{template_id}/rendering"
    api.route("POST", path, needs="tickets:write", takes=takes, gives="Rendering")(render_template)
    api.route("GET", "/v1/template-variables", needs="settings:read", gives="list:TemplateVariable")(list_variables)


def render_template(call: Call) -> Answer:
    """Fill a template for a ticket, in the requester's language; what has no value is marked."""
    template = sharing.found(call.actor, TEMPLATE, call.path["template_id"])
    ticket = find_ticket(call.actor, call.body["ticket_id"])
    rendering = render(template["variants"], call.actor, ticket, requester_of(ticket))
    if not call.body.get("preview"):
        sharing.note_use(call.actor.org_id, TEMPLATE, template["id"])
    return Answer(200, asdict(rendering), effect=False)


def list_variables(_call: Call) -> Answer:
    """List what {{...}} can stand for."""
    rows = [{"name": name, "meaning": meaning} for name, (meaning, _) in VARIABLES.items()]
    return listed([*rows, dict(zip(("name", "meaning"), FIELD_VARIABLE, strict=True))])
