"""Routes of the apps that may ask colleagues for access (OAuth 2)."""

from __future__ import annotations

from helpdesk.access.oauth import apps
from helpdesk.web.api import Api
from helpdesk.web.setting_routes import Resource, add_setting_routes

_APPS = Resource(
    name="app",
    path="/v1/apps",
    plural="apps",
    shape="App",
    takes="admin.bodies",
    rows=lambda call: apps.list_of(call.actor.org_id),
    create=lambda call: apps.create(call.cause, call.body),
    change=lambda call, id_: apps.change(call.cause, id_, call.body, call.version),
    remove=lambda call, id_: apps.remove(call.cause, id_, call.version),
    needs="keys:write",
    sees="keys:write",
)


def add_app_routes(api: Api) -> None:
    """Add the routes of apps."""
    add_setting_routes(api, _APPS)
