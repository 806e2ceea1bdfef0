"""Routes of tickets, their messages, attachments and views."""

from __future__ import annotations

from typing import Any

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.feed.service import views
from helpdesk.relations.incidents import count_open
from helpdesk.tickets import commands, listing, service, store
from helpdesk.web import cursors
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed, versioned
from helpdesk.web.files import add_file_routes
from helpdesk.web.shapes import message_shape, ticket_detail, ticket_shape
from tickets.relations import add_relation_routes

api = Api()
handler = api.handler
add_relation_routes(api)
add_file_routes(api, "/v1/attachments", read="tickets:read", write="tickets:write")
_EVENTS_SHOWN = 200


@api.route("GET", "/v1/tickets", needs="tickets:read", gives="list:Ticket")
def list_tickets(call: Call) -> Answer:
    """List tickets by view, category, assignee, team or requester."""
    wanted = listing.filter_of(call.actor, call.query)
    after = cursors.position_of(call)
    page, last = listing.list_tickets(call.actor.org_id, wanted, after=after, limit=call.limit())
    return listed([ticket_shape(ticket) for ticket in page], cursors.seal(call, last))


@api.route(
    "POST",
    "/v1/tickets",
    needs="tickets:write",
    takes="tickets.bodies:NewTicket",
    gives="TicketDetail",
    status=201,
)
def create_ticket(call: Call) -> Answer:
    """Open a ticket with the requester's words."""
    channel = call.body.get("channel") or ("agent" if call.actor.kind == "agent" else "api")
    ticket = commands.create(call.actor, call.cause, call.body, channel)
    return versioned(ticket_detail(ticket), 201, Location=f"/v1/tickets/{ticket.id}")


@api.route("GET", "/v1/tickets/{ticket_id}", needs="tickets:read", gives="TicketDetail")
def read_ticket(call: Call) -> Answer:
    """Read a ticket by id or number; include=messages,events adds the newest of both."""
    ticket = service.find_ticket(call.actor, call.path["ticket_id"])
    body = ticket_detail(ticket)
    wanted = set(filter(None, call.query.get("include", "").split(",")))
    if unknown := wanted - {"messages", "events"}:
        fault = FieldError("/include", "unknown", f"{', '.join(sorted(unknown))}: not messages or events")
        raise Invalid("there is nothing of this name to include", fault, malformed=True)
    if "messages" in wanted:
        body |= _messages(call, ticket, None)
    if "events" in wanted:
        events = store.get_events(ticket.org_id, ticket.id, limit=_EVENTS_SHOWN)
        body["events"] = [event.public() for event in events]
    return versioned(body)


@api.route(
    "PATCH",
    "/v1/tickets/{ticket_id}",
    needs="tickets:write",
    takes="tickets.bodies:TicketChange",
    gives="TicketDetail",
)
def change_ticket(call: Call) -> Answer:
    """Change properties of a ticket."""
    ticket = commands.patch(call.actor, call.cause, _id(call), call.body, call.version)
    return versioned(ticket_detail(ticket))


@api.route("PUT", "/v1/tickets/{ticket_id}/resolution", needs="tickets:write", gives="TicketDetail")
def solve_ticket(call: Call) -> Answer:
    """Solve a ticket; the answer of a problem counts the incidents that are still open."""
    ticket = commands.resolve(call.actor, call.cause, _id(call), call.version)
    return versioned(ticket_detail(ticket) | {"open_incidents": count_open(call.actor, ticket)})


@api.route("DELETE", "/v1/tickets/{ticket_id}/resolution", needs="tickets:write", gives="TicketDetail")
def reopen_ticket(call: Call) -> Answer:
    """Reopen a solved or closed ticket."""
    return versioned(ticket_detail(commands.reopen(call.actor, call.cause, _id(call), call.version)))


@api.route("GET", "/v1/tickets/{ticket_id}/messages", needs="tickets:read", gives="list:Message")
def list_messages(call: Call) -> Answer:
    """List messages, oldest first within a page; the cursor leads to older ones."""
    ticket = service.find_ticket(call.actor, call.path["ticket_id"])
    page = _messages(call, ticket, cursors.position_of(call))
    return listed(page["messages"], page["messages_cursor"])


@api.route(
    "POST",
    "/v1/tickets/{ticket_id}/messages",
    needs="tickets:write",
    takes="tickets.bodies:NewMessage",
    gives="Message",
    status=201,
)
def post_message(call: Call) -> Answer:
    """Reply to the customer, or leave a note."""
    ticket, message = commands.post_message(call.actor, call.cause, _id(call), call.body, version=call.version)
    headers = {"Location": f"/v1/tickets/{ticket.id}/messages", "ETag": f'"{ticket.version}"'}
    return Answer(201, message_shape(message), headers)


@api.route("GET", "/v1/views", needs="tickets:read", gives="list:View")
def list_views(call: Call) -> Answer:
    """List the views with their live counts."""
    return listed(views(call.actor))


def _id(call: Call) -> str:
    given = call.path["ticket_id"]
    return service.find_ticket(call.actor, given).id if given.isdigit() else given


def _messages(call: Call, ticket: Any, before_id: str | None) -> dict[str, Any]:
    messages, older = service.read_messages(ticket, limit=call.limit(), before_id=before_id)
    bound = Call(**{**call.__dict__, "query": {}, "route": "/v1/tickets/{ticket_id}/messages"})
    bound.path.update(ticket_id=ticket.id)
    return {
        "messages": [message_shape(message) for message in messages],
        "messages_cursor": cursors.seal(bound, older),
    }
