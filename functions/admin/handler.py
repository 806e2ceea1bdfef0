"""Routes of settings, API keys, the ledger of received mail, and health."""

from __future__ import annotations

from admin.apps import add_app_routes
from admin.audit import add_audit_routes
from admin.describing import add_describing_routes
from admin.keys import add_key_routes
from admin.macros import add_macro_routes
from admin.organisation import add_organisation_routes
from admin.roles import add_role_routes
from helpdesk.core.log import note
from helpdesk.feed.store import get_head
from helpdesk.mail import ledger
from helpdesk.settings import service as settings
from helpdesk.web import cursors
from helpdesk.web.api import PUBLIC, Api
from helpdesk.web.call import Answer, Call, listed, versioned

api = Api()
handler = api.handler
add_organisation_routes(api)
add_role_routes(api)
add_key_routes(api)
add_app_routes(api)
add_audit_routes(api)
add_describing_routes(api)
add_macro_routes(api)


@api.route("GET", "/v1/health", needs=PUBLIC, gives="Health")
def health(_call: Call) -> Answer:
    """Say that the desk answers, and that its tables do."""
    from helpdesk.core.config import config

    get_head(config().org_id)
    return Answer(200, {"status": "ok"})


@api.route("GET", "/v1/teams", needs="settings:read", gives="list:Team")
def list_teams(call: Call) -> Answer:
    """List the teams."""
    return listed(list(settings.teams(call.actor.org_id).values()))


@api.route("POST", "/v1/teams", needs="settings:write", takes="admin.bodies:TeamBody", gives="Team", status=201)
def create_team(call: Call) -> Answer:
    """Make a team."""
    return versioned(settings.create_team(call.cause, call.body["name"]), 201)


@api.route("PATCH", "/v1/teams/{team_id}", needs="settings:write", takes="admin.bodies:TeamBody", gives="Team")
def rename_team(call: Call) -> Answer:
    """Rename a team."""
    return versioned(settings.rename_team(call.cause, call.path["team_id"], call.body["name"], call.version))


@api.route("DELETE", "/v1/teams/{team_id}", needs="settings:write", status=204)
def delete_team(call: Call) -> Answer:
    """Remove a team."""
    settings.delete_team(call.cause, call.path["team_id"])
    return Answer(204)


@api.route("GET", "/v1/mail", needs="mail:read", gives="list:ReceivedMail")
def list_mail(call: Call) -> Answer:
    """Walk the ledger of received mail in the order of its arrival."""
    after = cursors.position_of(call) or call.query.get("after")
    rows, last = ledger.list_received(
        call.actor.org_id, after=after, outcome=call.query.get("outcome"), limit=call.limit()
    )
    return listed(rows, cursors.seal(call, last))


@api.route("GET", "/v1/mail/{mail_id}", needs="mail:read", gives="ReceivedMail")
def read_mail(call: Call) -> Answer:
    """Read what became of one mail."""
    return Answer(200, ledger.get_received(call.actor.org_id, call.path["mail_id"]))


@api.route("GET", "/v1/mail/{mail_id}/raw", needs="mail:read", status=302)
def read_raw_mail(call: Call) -> Answer:
    """Download the mail as it came."""
    link = ledger.raw_link(call.actor.org_id, call.path["mail_id"])
    note(call.cause, "mail.read_raw", "mail", call.path["mail_id"])
    return Answer(302, None, {"Location": link})


@api.route("PUT", "/v1/mail/{mail_id}/release", needs="mail:write", gives="ReceivedMail")
def release_mail(call: Call) -> Answer:
    """Make a ticket or message of a mail in quarantine."""
    from helpdesk.mail import inbound

    released = inbound.release(call.actor, call.path["mail_id"])
    note(call.cause, "mail.released", "mail", call.path["mail_id"])
    return Answer(200, released)


@api.route("DELETE", "/v1/mail/{mail_id}/release", needs="mail:write", gives="ReceivedMail")
def reject_mail(call: Call) -> Answer:
    """Reject a mail in quarantine; it is kept, and can still be released."""
    rejected = ledger.reject(call.actor.org_id, call.path["mail_id"])
    note(call.cause, "mail.rejected", "mail", call.path["mail_id"])
    return Answer(200, rejected)
