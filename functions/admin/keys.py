"""Routes of API keys."""

from __future__ import annotations

from helpdesk.access import keys
from helpdesk.settings.service import check_team
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed, versioned


def add_key_routes(api: Api) -> None:
    """Declare the routes on a function's table."""

    @api.route("GET", "/v1/api-keys", needs="keys:write", gives="list:ApiKey")
    def list_keys(call: Call) -> Answer:
        """List the API keys, without their secrets."""
        return listed(keys.list_of(call.actor.org_id))

    @api.route("POST", "/v1/api-keys", needs="keys:write", takes="admin.bodies:NewKey", gives="NewApiKey", status=201)
    def create_key(call: Call) -> Answer:
        """Make an API key; its secret is shown this once."""
        _check_teams(call)
        return versioned(keys.create(call.actor, call.cause, call.body), 201)

    @api.route("PATCH", "/v1/api-keys/{key_id}", needs="keys:write", takes="admin.bodies:KeyChange", gives="ApiKey")
    def change_key(call: Call) -> Answer:
        """Change an API key's name or what it may; the secret stays."""
        _check_teams(call)
        return versioned(keys.change(call.actor, call.cause, call.path["key_id"], call.body, call.version))

    @api.route("DELETE", "/v1/api-keys/{key_id}", needs="keys:write", status=204)
    def revoke_key(call: Call) -> Answer:
        """Revoke an API key."""
        keys.revoke(call.cause, call.path["key_id"])
        return Answer(204)


def _check_teams(call: Call) -> None:
    for index, team_id in enumerate(call.body.get("team_ids") or ()):
        check_team(call.actor.org_id, team_id, f"/team_ids/{index}")
