"""Routes of teams."""

from __future__ import annotations

from helpdesk.settings.teams import archive_team, change_team, create_team, teams
from helpdesk.web.api import Api
from helpdesk.web.setting_routes import Resource, add_setting_routes

_TEAMS = Resource(
    name="team",
    path="/v1/teams",
    plural="teams",
    shape="Team",
    takes="helpdesk.web.team_body",
    rows=lambda call: teams(call.actor.org_id).values(),
    create=lambda call: create_team(call.cause, call.body),
    change=lambda call, id_: change_team(call.cause, id_, call.body, call.version),
    remove=lambda call, id_: archive_team(call.cause, id_, call.version),
)


def add_team_routes(api: Api) -> None:
    """Declare the routes on a function's table."""
    add_setting_routes(api, _TEAMS)
