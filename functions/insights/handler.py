"""Routes of numbers and of the wallboard."""

from __future__ import annotations

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.filters.terms import Fault, term_of
from helpdesk.numbers import service
from helpdesk.numbers.service import OF
from helpdesk.numbers.wallboard import wallboard
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call

api = Api()
handler = api.handler


@api.route("GET", "/v1/numbers", needs="tickets:read", gives="Numbers", limit="heavy")
def read_numbers(call: Call) -> Answer:
    """Read what was done and how quickly, by day: one's own, or of= agent, team, policy or desk; from= and until=."""
    of = call.query.get("of", "me")
    if of not in OF:
        fault = FieldError("/of", "unknown", f"one of {', '.join(OF)}")
        raise Invalid("whose numbers?", fault, malformed=True)
    return Answer(200, service.numbers(call.actor, of, call.query.get("from"), call.query.get("until")))


@api.route("GET", "/v1/wallboard", needs="tickets:read", gives="Wallboard", limit="heavy")
def show_wallboard(call: Call) -> Answer:
    """Show what there is to do now, what will be late, who is on and what was done today; team_id= for one team."""
    team_id = call.query.get("team_id") or None
    if team_id:
        try:
            term_of("team_id", None, team_id)
        except Fault as fault:
            raise Invalid("which team?", FieldError("/team_id", fault.code, fault.message), malformed=True) from None
    return Answer(200, wallboard(call.actor, team_id))
