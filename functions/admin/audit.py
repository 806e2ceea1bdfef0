"""The route of the audit trail."""

from __future__ import annotations

from helpdesk.feed import audit
from helpdesk.web import cursors
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed


def add_audit_routes(api: Api) -> None:
    """Declare the route on a function's table."""

    @api.route("GET", "/v1/audit", needs="audit:read", gives="list:AuditEntry")
    def read_audit(call: Call) -> Answer:
        """Read who did what, newest first: by actor=, action=, resource_type= and resource_id=, from= and to=."""
        wanted = audit.wanted_of(call.query)
        entries, position = audit.read(call.actor, wanted, cursors.position_of(call), call.limit())
        return listed(entries, cursors.seal(call, position))
