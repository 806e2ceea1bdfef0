"""Routes of roles, and of the question why somebody may see a ticket."""

from __future__ import annotations

from helpdesk.access import custom_roles
from helpdesk.people.service import holders_of
from helpdesk.tickets.explain import explain
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed, versioned


def add_role_routes(api: Api) -> None:
    """Declare the routes on a function's table."""

    @api.route("GET", "/v1/roles", needs="settings:read", gives="list:Role")
    def list_roles(call: Call) -> Answer:
        """List the roles: those that a desk comes with, then its own."""
        return listed(custom_roles.list_roles(call.actor.org_id))

    @api.route("POST", "/v1/roles", needs="roles:write", takes="admin.bodies:NewRole", gives="Role", status=201)
    def create_role(call: Call) -> Answer:
        """Define a role of permissions and a sight of tickets; none that you lack yourself."""
        return versioned(custom_roles.create_role(call.actor, call.cause, call.body), 201)

    @api.route("GET", "/v1/roles/{role_id}", needs="settings:read", gives="Role")
    def read_role(call: Call) -> Answer:
        """Read one role."""
        return versioned(custom_roles.get_role(call.actor.org_id, call.path["role_id"]))

    @api.route("PATCH", "/v1/roles/{role_id}", needs="roles:write", takes="admin.bodies:RoleChange", gives="Role")
    def change_role(call: Call) -> Answer:
        """Change a role; who holds it has the new rights within 30 s."""
        role = custom_roles.change_role(call.actor, call.cause, call.path["role_id"], call.body, call.version)
        return versioned(role)

    @api.route("DELETE", "/v1/roles/{role_id}", needs="roles:write", status=204)
    def delete_role(call: Call) -> Answer:
        """Remove a role that nobody holds."""
        holders = holders_of(call.actor.org_id, call.path["role_id"])
        custom_roles.delete_role(call.cause, call.path["role_id"], holders, call.version)
        return Answer(204)

    @api.route("GET", "/v1/access", needs="audit:read", gives="Access")
    def explain_access(call: Call) -> Answer:
        """Say why a person or key (actor=) may see a ticket (ticket=), or why not."""
        return Answer(200, explain(call.actor, call.query.get("actor", ""), call.query.get("ticket", "")))
