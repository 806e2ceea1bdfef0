"""Routes of the organisation itself: its name, its language, how long its trash is kept, how load is counted."""

from __future__ import annotations

from helpdesk.settings.organisation import change, shown
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, versioned


def add_organisation_routes(api: Api) -> None:
    """Declare the routes on a function's table."""

    @api.route("GET", "/v1/organisation", needs="settings:read", gives="OrganisationSettings")
    def read_organisation(call: Call) -> Answer:
        """Read the organisation: name, language, main address, days that its trash is kept, and how load is counted."""
        return versioned(shown(call.actor.org_id))

    takes = "admin.bodies:OrganisationChange"

    @api.route("PATCH", "/v1/organisation", needs="settings:write", takes=takes, gives="OrganisationSettings")
    def change_organisation(call: Call) -> Answer:
        """Change the organisation's name, language, days that its trash is kept, or how load is counted."""
        return versioned(change(call.cause, call.body, call.version))
