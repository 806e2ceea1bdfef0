"""Routes of the portal: what a customer may do with his own tickets."""

from __future__ import annotations

from typing import Any

from helpdesk.access import sessions
from helpdesk.access.policy import may_see, takes_part
from helpdesk.core.config import config
from helpdesk.core.errors import FieldError, Invalid, NotFound
from helpdesk.people.company_store import get_companies
from helpdesk.people.model import normal_email
from helpdesk.people.service import get_person
from helpdesk.settings.defaults import DONE
from helpdesk.settings.fields.portal import portal_form
from helpdesk.settings.service import organisation
from helpdesk.settings.topics import offered
from helpdesk.tickets import commands, service
from helpdesk.tickets.model import Ticket
from helpdesk.tickets.references import check_references
from helpdesk.tickets.thread import living_ticket
from helpdesk.views import own
from helpdesk.web import cursors, limits
from helpdesk.web.actors import session_cookie
from helpdesk.web.api import PUBLIC, Api
from helpdesk.web.call import Answer, Call, listed, versioned
from helpdesk.web.files import add_file_routes
from helpdesk.web.me import me_shape, new_session
from helpdesk.web.shapes import portal_message, portal_ticket

api = Api(door="portal")
handler = api.handler
add_file_routes(api, "/v1/portal/attachments", read="own:read", write="own:write")


@api.route("POST", "/v1/portal/sign-in-links", needs=PUBLIC, takes="portal.bodies:LinkRequest", status=202)
def ask_link(call: Call) -> Answer:
    """Ask for a sign-in link by mail; the answer is the same for unknown addresses."""
    from helpdesk.mail.sending.outbox import ask_sign_in_link

    email = normal_email(call.body["email"])
    limits.take_mail(email)
    ask_sign_in_link(config().org_id, email)
    return Answer(202, {})


@api.route("GET", "/v1/portal/brand", needs=PUBLIC, gives="Brand")
def read_brand(_call: Call) -> Answer:
    """What the portal shows before anybody has signed in."""
    org = organisation(config().org_id)
    return Answer(200, {"name": org["name"], "locale": org["locale"]})


@api.route("POST", "/v1/portal/session", needs=PUBLIC, takes="portal.bodies:LinkToken", gives="Me", status=201)
def sign_in(call: Call) -> Answer:
    """Use a sign-in link up and open a session."""
    return new_session(call, "portal", sessions.redeem_link(call.body["token"]))


@api.route("DELETE", "/v1/portal/session", needs="own:read", status=204)
def sign_out(call: Call) -> Answer:
    """End this session."""
    sessions.revoke(call.actor, call.actor.session_id, call.ip)
    return Answer(204, cookies=(session_cookie("portal", "", 0),))


@api.route("GET", "/v1/portal/me", needs="own:read", gives="Me")
def read_me(call: Call) -> Answer:
    """Who one is."""
    return Answer(200, me_shape(call.actor))


@api.route("GET", "/v1/portal/topics", needs="own:read", gives="list:PortalTopic")
def list_topics(call: Call) -> Answer:
    """List the topics that a customer may choose, in order."""
    rows = [
        {"id": one.id, "label": one.customer_label, "help": one.help, "parent_id": one.parent_id}
        for one in offered(call.actor.org_id)
    ]
    return listed(rows)


@api.route("GET", "/v1/portal/form", needs="own:read", gives="list:PortalField")
def read_form(call: Call) -> Answer:
    """List the fields that a new ticket asks for; topic_id names its topic."""
    topic_id = call.query.get("topic_id")
    check_references(call.actor, {"topic_id": topic_id})
    return listed(portal_form(call.actor.org_id, topic_id))


@api.route("GET", "/v1/portal/tickets", needs="own:read", gives="list:PortalTicket")
def list_tickets(call: Call) -> Answer:
    """List one's own tickets and those one gets copies of, or a company's that shares them: state=, q=, company_id=."""
    state = call.query.get("state")
    if state not in ("open", "done", None):
        raise Invalid("state is open or done", FieldError("/state", "unknown", "open or done"), malformed=True)
    half = {"open": "active", "done": "done", None: None}[state]
    company_id = call.query.get("company_id")
    if company_id and company_id not in call.actor.company_ids:
        raise NotFound("there is no such company whose tickets you may see")
    after = cursors.position_of(call)
    page, last = own.page(
        call.actor, half, call.query.get("q", ""), company_id=company_id, after=after, limit=call.limit()
    )
    return listed([portal_ticket(ticket, call.actor) for ticket in page], cursors.seal(call, last))


@api.route(
    "POST",
    "/v1/portal/tickets",
    needs="own:write",
    takes="portal.bodies:CustomerTicket",
    gives="PortalTicketDetail",
    status=201,
)
def create_ticket(call: Call) -> Answer:
    """Open a ticket."""
    requester = {"email": call.actor.email, "name": call.actor.name}
    ticket = commands.create(call.actor, call.cause, call.body | {"requester": requester}, "portal")
    return versioned(_detail(call, ticket), 201, Location=f"/v1/portal/tickets/{ticket.id}")


@api.route("GET", "/v1/portal/tickets/{ticket_id}", needs="own:read", gives="PortalTicketDetail")
def read_ticket(call: Call) -> Answer:
    """Read one of one's own tickets with its newest messages; a merged one shows the ticket that it went into."""
    return versioned(_detail(call, _ticket(call)))


@api.route(
    "POST",
    "/v1/portal/tickets/{ticket_id}/messages",
    needs="own:write",
    takes="portal.bodies:CustomerMessage",
    gives="PortalMessage",
    status=201,
)
def post_message(call: Call) -> Answer:
    """Write to one's own ticket; a solved one opens again."""
    ticket = _ticket(call)
    _, message = commands.post_message(call.actor, call.cause, ticket.id, call.body)
    return Answer(201, portal_message(message, call.actor))


@api.route("PUT", "/v1/portal/tickets/{ticket_id}/resolution", needs="own:write", gives="PortalTicketDetail")
def solve_ticket(call: Call) -> Answer:
    """Say that it is solved."""
    ticket = _ticket(call)
    return versioned(_detail(call, commands.resolve(call.actor, call.cause, ticket.id, call.version)))


@api.route("DELETE", "/v1/portal/tickets/{ticket_id}/resolution", needs="own:write", gives="PortalTicketDetail")
def reopen_ticket(call: Call) -> Answer:
    """Open a solved ticket again."""
    ticket = _ticket(call)
    return versioned(_detail(call, commands.reopen(call.actor, call.cause, ticket.id, call.version)))


@api.route("GET", "/v1/portal/companies", needs="own:read", gives="list:PortalCompany")
def list_companies(call: Call) -> Answer:
    """List one's companies whose people read each other's tickets."""
    found = get_companies(call.actor.org_id, list(call.actor.company_ids))
    return listed([{"id": one.id, "name": one.name} for one in found.values()])


def _ticket(call: Call) -> Ticket:
    """The ticket, or where it lives on by now if the customer sees that one, too."""
    ticket = service.find_ticket(call.actor, call.path["ticket_id"])
    end = living_ticket(ticket)
    return end if may_see(call.actor, end) else ticket


def _detail(call: Call, ticket: Ticket) -> dict[str, Any]:
    before = cursors.position_of(call)
    messages, older = service.read_messages(ticket, limit=100, before_id=before, public_only=True)
    can_write = takes_part(call.actor, ticket) and not ticket.merged_into
    handler_name = get_person(ticket.org_id, ticket.assignee_id).name if ticket.assignee_id else None
    return portal_ticket(ticket, call.actor) | {
        "messages": [portal_message(message, call.actor) for message in messages],
        "messages_cursor": cursors.seal(call, older),
        "handled_by": {"name": handler_name} if handler_name else None,
        "can_write": can_write,
        "can_close": can_write and ticket.category not in DONE,
        "can_reopen": can_write and ticket.category in DONE,
    }
