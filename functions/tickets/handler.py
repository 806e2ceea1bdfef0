"""Routes of tickets, their messages, attachments and views."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from helpdesk.access.policy import require
from helpdesk.core import clock
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.settings.fields.reading import shown_event
from helpdesk.tickets import commands, history, service, store
from helpdesk.views import counts, lists, saved
from helpdesk.views.asking import asked_of
from helpdesk.views.sparse import included, sparse
from helpdesk.web import cursors
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed, versioned
from helpdesk.web.files import add_file_routes
from helpdesk.web.shapes import TICKET_FIELDS, message_shape, ticket_detail, ticket_shape
from tickets import past
from tickets.relations import add_relation_routes

api = Api()
handler = api.handler
add_relation_routes(api)
add_file_routes(api, "/v1/attachments", read="tickets:read", write="tickets:write")
past.add_past_routes(api)
_INCLUDES = {"messages", "planned", "events", "times"}


@api.route("GET", "/v1/tickets", needs="tickets:read", gives="list:Ticket")
def list_tickets(call: Call) -> Answer:
    """List tickets by view, filter, words, tag, category, assignee, team or requester; as_of=<time> as they were."""
    asked, after, limit = asked_of(call.actor, call.query), cursors.position_of(call), call.limit()
    if "as_of" in call.query:
        from helpdesk.views.past import list_at

        at = min(history.moment(call.query["as_of"]), clock.stamp())
        tickets, last = list_at(call.actor, asked, at, after=after, limit=limit)
    else:
        tickets, last = lists.page(call.actor, asked, after=after, limit=limit)
    rows = [ticket_shape(ticket, call.actor) for ticket in tickets]
    answer = listed(sparse(rows, call.query.get("fields"), TICKET_FIELDS), cursors.seal(call, last))
    if include := call.query.get("include"):
        require(call.actor, "people:read")
        answer.body["included"] = included(call.actor.org_id, rows, include)
    return answer


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
    return versioned(ticket_detail(ticket, call.actor), 201, Location=f"/v1/tickets/{ticket.id}")


@api.route("GET", "/v1/tickets/{ticket_id}", needs="tickets:read", gives="TicketDetail")
def read_ticket(call: Call) -> Answer:
    """Read a ticket by id or number; include=messages,planned,events,times adds to it; as_of=<time> says how it was."""
    ticket = service.find_ticket(call.actor, call.path["ticket_id"])
    wanted = set(filter(None, call.query.get("include", "").split(",")))
    if unknown := wanted - _INCLUDES:
        fault = FieldError("/include", "unknown", f"{', '.join(sorted(unknown))}: not {', '.join(sorted(_INCLUDES))}")
        raise Invalid("there is nothing of this name to include", fault, malformed=True)
    if "as_of" in call.query:
        return past.read_past(call, ticket, wanted)
    body = ticket_detail(ticket, call.actor)
    if "messages" in wanted:
        body |= _messages(call, ticket, None)
    if "planned" in wanted:
        body["planned"] = [message_shape(message) for message in service.read_planned(ticket)]
    if "events" in wanted:
        events = store.get_events(ticket.org_id, ticket.id, limit=past.EVENTS_SHOWN)
        body["events"] = [shown_event(call.actor, event) for event in events]
    if "times" in wanted:
        body["times"] = past.times_now(ticket)
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
    ticket = commands.patch(call.actor, call.cause, past.id_of(call), call.body, call.version)
    return versioned(ticket_detail(ticket, call.actor))


@api.route("PUT", "/v1/tickets/{ticket_id}/resolution", needs="tickets:write", gives="TicketDetail")
def solve_ticket(call: Call) -> Answer:
    """Solve a ticket; the answer of a problem counts the incidents that are still open."""
    from helpdesk.relations.incidents import count_open

    ticket = commands.resolve(call.actor, call.cause, past.id_of(call), call.version)
    return versioned(ticket_detail(ticket, call.actor) | {"open_incidents": count_open(call.actor, ticket)})


@api.route("DELETE", "/v1/tickets/{ticket_id}/resolution", needs="tickets:write", gives="TicketDetail")
def reopen_ticket(call: Call) -> Answer:
    """Reopen a solved or closed ticket."""
    ticket = commands.reopen(call.actor, call.cause, past.id_of(call), call.version)
    return versioned(ticket_detail(ticket, call.actor))


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
    ticket, message = commands.post_message(call.actor, call.cause, past.id_of(call), call.body, version=call.version)
    headers = {"Location": f"/v1/tickets/{ticket.id}/messages", "ETag": f'"{ticket.version}"'}
    return Answer(201, message_shape(message), headers)


@api.route("POST", "/v1/tickets/{ticket_id}/macros/{macro_id}", needs="tickets:write", gives="TicketDetail")
def apply_macro(call: Call) -> Answer:
    """Run a macro on a ticket, as one change that can be undone as one."""
    from helpdesk.macros import applying as macros  # a macro is run seldom: a cold start need not wait for it

    ticket = macros.apply(call.actor, call.cause, past.id_of(call), call.path["macro_id"], call.version)
    return versioned(ticket_detail(ticket, call.actor))


@api.route("POST", "/v1/tickets/{ticket_id}/macros/{macro_id}/preview", needs="tickets:write", gives="MacroPreview")
def preview_macro(call: Call) -> Answer:
    """Tell what a macro would do of a ticket now, and do nothing."""
    from helpdesk.macros import applying as macros

    return Answer(200, macros.preview(call.actor, call.cause, past.id_of(call), call.path["macro_id"]), effect=False)


@api.route("GET", "/v1/views", needs="tickets:read", gives="list:View")
def list_views(call: Call) -> Answer:
    """List the views with their live counts: those of every desk, of its teams, shared ones, one's own."""
    return listed(counts.views(call.actor))


@api.route("POST", "/v1/views", needs="tickets:read", takes="tickets.view_bodies:NewView", gives="KeptView", status=201)
def create_view(call: Call) -> Answer:
    """Keep a view for oneself; for all or for teams with settings:write."""
    view = saved.create(call.actor, call.cause, call.body)
    return versioned(view, 201, Location=f"/v1/views/{view['id']}")


@api.route("GET", "/v1/views/{view_id}", needs="tickets:read", gives="KeptView")
def read_view(call: Call) -> Answer:
    """Read a kept view."""
    return versioned(saved.one(call.actor, call.path["view_id"]))


@api.route(
    "PATCH", "/v1/views/{view_id}", needs="tickets:read", takes="tickets.view_bodies:ViewChange", gives="KeptView"
)
def change_view(call: Call) -> Answer:
    """Change a view's label, filter, order, columns, position or sharing."""
    return versioned(saved.change(call.actor, call.cause, call.path["view_id"], call.body, call.version))


@api.route("DELETE", "/v1/views/{view_id}", needs="tickets:read", status=204)
def delete_view(call: Call) -> Answer:
    """Remove a kept view."""
    saved.delete(call.actor, call.cause, call.path["view_id"], call.version)
    return Answer(204)


def _messages(call: Call, ticket: Any, before_id: str | None) -> dict[str, Any]:
    messages, older = service.read_messages(ticket, limit=call.limit(), before_id=before_id)
    path = call.path | {"ticket_id": ticket.id}
    bound = replace(call, query={}, route="/v1/tickets/{ticket_id}/messages", path=path)
    return {
        "messages": [message_shape(message) for message in messages],
        "messages_cursor": cursors.seal(bound, older),
    }
