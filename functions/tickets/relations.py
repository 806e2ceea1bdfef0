"""Routes of what belongs to a ticket's relations: participants, links, merge, split, side conversations."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from helpdesk.core.errors import FieldError, Invalid
from helpdesk.relations import links, merging, sides, splitting
from helpdesk.tickets import participants, service
from helpdesk.tickets.model import Ticket
from helpdesk.web import cursors
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed, versioned
from helpdesk.web.relation_shapes import link_shape, side_message_shape, side_shape
from helpdesk.web.shapes import ticket_detail

_TICKET = "/v1/tickets/{ticket_id}"
_SIDE = f"{_TICKET}/side-conversations/{{side_id}}"


def add_relation_routes(api: Api) -> None:
    """Add the routes to the feature's table."""
    read, write, detail = "tickets:read", "tickets:write", "TicketDetail"
    rows = (
        ("GET", "/participants", read, None, "list:Participant", 200, list_participants),
        ("POST", "/participants", write, "NewParticipant", "list:Participant", 201, add_participant),
        ("DELETE", "/participants/{participant_id}", write, None, "list:Participant", 200, remove_participant),
        ("GET", "/links", read, None, "list:Link", 200, list_links),
        ("POST", "/links", write, "NewLink", detail, 201, add_link),
        ("DELETE", "/links/{kind}/{other_id}", write, None, detail, 200, remove_link),
        ("PUT", "/merge", write, "Merge", detail, 200, merge),
        ("DELETE", "/merge", write, None, detail, 200, unmerge),
        ("POST", "/split", write, "Split", detail, 201, split),
        ("GET", "/side-conversations", read, None, "list:SideConversation", 200, list_sides),
        ("POST", "/side-conversations", write, "NewSideConversation", "SideConversation", 201, start_side),
    )
    for method, path, needs, takes, gives, status, serve in rows:
        model = f"tickets.relation_bodies:{takes}" if takes else None
        api.route(method, _TICKET + path, needs=needs, takes=model, gives=gives, status=status)(serve)
    message = "tickets.relation_bodies:NewSideMessage"
    api.route("GET", f"{_SIDE}/messages", needs=read, gives="list:SideMessage")(list_side_messages)
    api.route("POST", f"{_SIDE}/messages", needs=write, takes=message, gives="SideMessage", status=201)(write_side)
    api.route("PUT", f"{_SIDE}/resolution", needs=write, gives="SideConversation")(resolve_side)
    api.route("DELETE", f"{_SIDE}/resolution", needs=write, gives="SideConversation")(reopen_side)


def list_participants(call: Call) -> Answer:
    """List who takes part and as what: requester, cc, follower, agent."""
    return _participants(_ticket(call))


def add_participant(call: Call) -> Answer:
    """Let somebody get copies (cc), or a colleague follow (follower)."""
    ticket = participants.add(call.actor, call.cause, _ticket_id(call), call.body, call.version)
    return _participants(ticket, 201)


def remove_participant(call: Call) -> Answer:
    """End somebody's part; later mails do not bring him back."""
    who = unquote(call.path["participant_id"])
    return _participants(participants.remove(call.actor, call.cause, _ticket_id(call), who, call.version))


def list_links(call: Call) -> Answer:
    """List the tickets that this one is linked with, all or of one kind."""
    ticket = _ticket(call)
    page, last = links.list_of(
        call.actor, ticket, kind=call.query.get("kind"), after=cursors.position_of(call), limit=call.limit()
    )
    return listed([link_shape(kind, other) for kind, other in page], cursors.seal(call, last))


def add_link(call: Call) -> Answer:
    """Make another ticket this one's parent, child, problem, incident, original, duplicate or related one."""
    other = _named(call, call.body["ticket_id"], "/ticket_id")
    kind = call.body["kind"]
    ticket = links.link(call.actor, call.cause, _ticket_id(call), kind, other, call.version)
    return versioned(ticket_detail(ticket, call.actor), 201)


def remove_link(call: Call) -> Answer:
    """End a link."""
    other = service.find_ticket(call.actor, call.path["other_id"]).id
    kind = call.path["kind"]
    ticket = links.unlink(call.actor, call.cause, _ticket_id(call), kind, other, call.version)
    return versioned(ticket_detail(ticket, call.actor))


def merge(call: Call) -> Answer:
    """Merge this ticket into another one, which shows its messages from then on."""
    target = _named(call, call.body["into"], "/into")
    ticket = merging.merge(call.actor, call.cause, _ticket_id(call), target, call.body, call.version)
    return versioned(ticket_detail(ticket, call.actor))


def unmerge(call: Call) -> Answer:
    """Take a merge back: both tickets are as before, with what was written since."""
    ticket = merging.unmerge(call.actor, call.cause, _ticket_id(call), call.version)
    return versioned(ticket_detail(ticket, call.actor))


def split(call: Call) -> Answer:
    """Begin a new ticket with copies of some messages of this one."""
    ticket = splitting.split(call.actor, call.cause, _ticket_id(call), call.body, call.version)
    return versioned(ticket_detail(ticket, call.actor), 201, Location=f"/v1/tickets/{ticket.id}")


def list_sides(call: Call) -> Answer:
    """List the side conversations beside a ticket."""
    return listed([side_shape(side, opened=opened) for side, opened in sides.list_of(_ticket(call))])


def start_side(call: Call) -> Answer:
    """Begin a side conversation by a mail to third parties, of which the requester never learns."""
    side = sides.start(call.actor, call.cause, _ticket_id(call), call.body, call.version)
    location = f"/v1/tickets/{side.ticket_id}/side-conversations/{side.id}"
    return Answer(201, side_shape(side, opened=True), {"Location": location})


def list_side_messages(call: Call) -> Answer:
    """List the messages of a side conversation, oldest first within a page; the cursor leads to older ones."""
    ticket, side_id = _ticket(call), call.path["side_id"]
    page, older = sides.read(ticket, side_id, limit=call.limit(), before_id=cursors.position_of(call))
    return listed([side_message_shape(message) for message in page], cursors.seal(call, older))


def write_side(call: Call) -> Answer:
    """Send one more mail in a side conversation."""
    message = sides.write(call.actor, call.cause, _ticket(call), call.path["side_id"], call.body)
    return Answer(201, side_message_shape(message))


def resolve_side(call: Call) -> Answer:
    """Mark a side conversation as resolved."""
    return _set_open(call, opened=False)


def reopen_side(call: Call) -> Answer:
    """Open a resolved side conversation again."""
    return _set_open(call, opened=True)


def _set_open(call: Call, *, opened: bool) -> Answer:
    ticket, side_id = _ticket(call), call.path["side_id"]
    side = sides.set_open(call.actor, call.cause, ticket, side_id, opened=opened, version=call.version)
    return Answer(200, side_shape(side, opened=opened))


def _participants(ticket: Ticket, status: int = 200) -> Answer:
    body: dict[str, Any] = {"data": participants.list_of(ticket), "next_cursor": None}
    return Answer(status, body, {"ETag": f'"{ticket.version}"'})


def _ticket(call: Call) -> Ticket:
    return service.find_ticket(call.actor, call.path["ticket_id"])


def _ticket_id(call: Call) -> str:
    given = call.path["ticket_id"]
    return _ticket(call).id if given.isdigit() else given


def _named(call: Call, id_or_number: str, pointer: str) -> str:
    """The id of the other ticket; a number is looked up, an id is checked where it is used."""
    if id_or_number.isdigit():
        return service.find_ticket(call.actor, id_or_number).id
    if not id_or_number.isalnum():
        raise Invalid("this names no ticket", FieldError(pointer, "not_an_id", "an id or a number of a ticket"))
    return id_or_number
