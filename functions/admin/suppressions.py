"""Routes of the addresses that get no mail from us."""

from __future__ import annotations

from helpdesk.mail.sending import suppressions
from helpdesk.people.model import normal_email
from helpdesk.web import cursors
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed

_ONE = "/v1/suppressions/{suppression_id}"


def add_suppression_routes(api: Api) -> None:
    """Declare the routes on a function's table."""

    @api.route("GET", "/v1/suppressions", needs="mail:read", gives="list:Suppression")
    def list_suppressions(call: Call) -> Answer:
        """List suppressed addresses, or with state=released those that were, newest first; or find one by email."""
        org_id = call.actor.org_id
        if email := call.query.get("email"):
            return listed(suppressions.found(org_id, normal_email(email)))
        state, after = call.query.get("state", "active"), cursors.position_of(call)
        rows, last = suppressions.listed(org_id, state=state, after=after, limit=call.limit())
        return listed(rows, cursors.seal(call, last))

    takes = "admin.outgoing_bodies:NewSuppression"

    @api.route("POST", "/v1/suppressions", needs="settings:write", takes=takes, gives="Suppression", status=201)
    def create_suppression(call: Call) -> Answer:
        """Send nothing to an address any more; one that is suppressed stays as it is."""
        address = normal_email(call.body["address"], "/address")
        row = suppressions.add(call.cause, address, "manual", call.body.get("detail"))
        return Answer(201, row, {"Location": f"/v1/suppressions/{row['id']}"})

    @api.route("GET", _ONE, needs="mail:read", gives="Suppression")
    def read_suppression(call: Call) -> Answer:
        """Read why and since when an address gets no mail."""
        return Answer(200, suppressions.get_one(call.actor.org_id, call.path["suppression_id"]))

    @api.route("DELETE", _ONE, needs="settings:write", gives="Suppression")
    def release_suppression(call: Call) -> Answer:
        """Let mail go to the address again; the next bounce or complaint suppresses it anew."""
        return Answer(200, suppressions.release(call.cause, call.path["suppression_id"]))
