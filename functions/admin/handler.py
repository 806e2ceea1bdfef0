"""Routes of settings, API keys, mail, and health."""

from __future__ import annotations

from admin.apps import add_app_routes
from admin.audit import add_audit_routes
from admin.coverage import add_coverage_routes
from admin.describing import add_describing_routes
from admin.keys import add_key_routes
from admin.macros import add_macro_routes
from admin.mail import add_mail_routes
from admin.organisation import add_organisation_routes
from admin.outgoing import add_outgoing_routes
from admin.promising import add_promising_routes
from admin.roles import add_role_routes
from admin.rules import add_rule_routes
from admin.suppressions import add_suppression_routes
from admin.teams import add_team_routes
from helpdesk.feed.store import get_head
from helpdesk.web.api import PUBLIC, Api
from helpdesk.web.call import Answer, Call

api = Api()
handler = api.handler
add_organisation_routes(api)
add_role_routes(api)
add_team_routes(api)
add_key_routes(api)
add_app_routes(api)
add_audit_routes(api)
add_describing_routes(api)
add_coverage_routes(api)
add_promising_routes(api)
add_rule_routes(api)
add_macro_routes(api)
add_suppression_routes(api)
add_mail_routes(api)
add_outgoing_routes(api)


@api.route("GET", "/v1/health", needs=PUBLIC, gives="Health")
def health(_call: Call) -> Answer:
    """Say that the desk answers, and that its tables do."""
    from helpdesk.core.config import config

    get_head(config().org_id)
    return Answer(200, {"status": "ok"})
