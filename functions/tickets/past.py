"""Routes of a ticket's past and of states that are taken back: undo, restoration, trash, snooze, sending."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from helpdesk.core import clock
from helpdesk.relations import undoing
from helpdesk.settings.fields.reading import shown_changes, shown_event
from helpdesk.tickets import history, purge, resending, sending, service, snooze, store, trash
from helpdesk.tickets.model import Ticket
from helpdesk.tickets.times import times
from helpdesk.timers import service as timers
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call, listed, versioned
from helpdesk.web.shapes import message_shape, ticket_detail

EVENTS_SHOWN = 200
_PATH = "/v1/tickets/{ticket_id}"


def id_of(call: Call) -> str:
    """The id of the ticket that the path names by id or number."""
    given = call.path["ticket_id"]
    return service.find_ticket(call.actor, given).id if given.isdigit() else given


def list_timers(call: Call) -> Answer:
    """List what a ticket is to do by itself if nobody does anything, and why."""
    return listed(timers.timers_of(service.find_ticket(call.actor, call.path["ticket_id"])))


def cancel_timer(call: Call) -> Answer:
    """Cancel a timer: remind and close keep the ticket open until its status changes, wake ends its sleep."""
    return _detail(call, timers.cancel(call.actor, call.cause, id_of(call), call.path["timer"], call.version))


def list_decisions(call: Call) -> Answer:
    """List what rules decided on a ticket, the newest first: what they did, and why others did nothing."""
    from helpdesk.rules.decisions import decisions

    ticket = service.find_ticket(call.actor, call.path["ticket_id"])
    return listed(decisions(call.actor, ticket.id))


def explain_routing(call: Call) -> Answer:
    """Say why a ticket is with whom it is with, or why nobody could take it."""
    from helpdesk.routing.explain import explain

    return Answer(200, explain(service.find_ticket(call.actor, call.path["ticket_id"])))


def trash_ticket(call: Call) -> Answer:
    """Move a ticket to the trash: nobody finds it anywhere else, and after some days it is erased."""
    return _detail(call, trash.trash(call.actor, call.cause, id_of(call), call.version))


def restore_ticket(call: Call) -> Answer:
    """Take a ticket back from the trash, as it was."""
    return _detail(call, trash.restore(call.actor, call.cause, id_of(call), call.version))


def purge_ticket(call: Call) -> Answer:
    """Erase a ticket that lies in the trash, for good: at once for readers, from all stores within minutes."""
    purge.begin(call.actor, call.cause, id_of(call), call.version)
    return Answer(204)


def snooze_ticket(call: Call) -> Answer:
    """Let a ticket sleep until a time or a reply; the customer's words wake it in any case."""
    return _detail(call, snooze.snooze(call.actor, call.cause, id_of(call), call.body, call.version))


def wake_ticket(call: Call) -> Answer:
    """End a ticket's sleep."""
    return _detail(call, snooze.wake_up(call.actor, call.cause, id_of(call), call.version))


def undo_command(call: Call) -> Answer:
    """Take a command back by its inverse events; 409 changed_since names what others have changed meanwhile."""
    return _detail(call, undoing.undo(call.actor, call.cause, id_of(call), call.body, call.version))


def restore_state(call: Call) -> Answer:
    """Give a ticket the state that it had at a time; preview=true only tells what would change."""
    at, ticket_id = history.moment(call.body["as_of"]), id_of(call)
    if call.query.get("preview") != "true":
        return _detail(call, history.bring_back(call.actor, call.cause, ticket_id, at, call.version))
    ticket = service.find_ticket(call.actor, ticket_id)
    changes = history.preview(call.cause, lambda cause: history.bring_back(call.actor, cause, ticket_id, at))
    answer = versioned(ticket_detail(ticket, call.actor) | {"changes": shown_changes(call.actor, changes)})
    return replace(answer, effect=False)


def send_again(call: Call) -> Answer:
    """Send a reply again to those whom it did not reach."""
    return Answer(
        200, message_shape(resending.send_again(call.actor, call.cause, id_of(call), call.path["message_id"]))
    )


def send_now(call: Call) -> Answer:
    """Let a reply go that is still held; 409 not_held when it has gone out or was taken back."""
    return Answer(200, message_shape(sending.send_now(call.actor, call.cause, id_of(call), call.path["message_id"])))


def change_sending(call: Call) -> Answer:
    """Choose the status that the ticket gets when a planned reply leaves; 409 not_held when it has gone out."""
    wish, place = call.body.get("status_id"), (id_of(call), call.path["message_id"])
    return Answer(200, message_shape(sending.plan_status(call.actor, call.cause, *place, wish, call.version)))


def cancel_sending(call: Call) -> Answer:
    """Take a reply back that is still held; 409 not_held when it has gone out."""
    message = sending.cancel(call.actor, call.cause, id_of(call), call.path["message_id"])
    return Answer(200, message_shape(message))


def read_past(call: Call, ticket: Ticket, wanted: set[str]) -> Answer:
    """The ticket as it was at `as_of`, with what `include` asks for as it was then."""
    at = min(history.moment(call.query["as_of"]), clock.stamp())
    then, events = history.state_at(ticket, at)
    body = ticket_detail(then, call.actor) | {"as_of": at}
    if "messages" in wanted:
        shown = [message_shape(one) for one in history.messages_at(then, events, at, call.limit())]
        body |= {"messages": shown, "messages_cursor": None}
    if "events" in wanted:
        body["events"] = [shown_event(call.actor, event) for event in events[-EVENTS_SHOWN:]]
    if "times" in wanted:
        body["times"] = times(then, events, at)
    return versioned(body)


def times_now(ticket: Ticket) -> dict[str, Any]:
    """Seconds in each status until now."""
    return times(ticket, store.get_events(ticket.org_id, ticket.id), clock.stamp())


def _detail(call: Call, ticket: Ticket) -> Answer:
    return versioned(ticket_detail(ticket, call.actor))


_ROUTES = (
    ("PUT", "/trash", "tickets:delete", None, "TicketDetail", trash_ticket),
    ("DELETE", "/trash", "tickets:delete", None, "TicketDetail", restore_ticket),
    ("DELETE", "", "tickets:purge", None, None, purge_ticket),
    ("PUT", "/snooze", "tickets:write", "tickets.bodies:SnoozeWish", "TicketDetail", snooze_ticket),
    ("DELETE", "/snooze", "tickets:write", None, "TicketDetail", wake_ticket),
    ("GET", "/routing", "tickets:read", None, "RoutingReason", explain_routing),
    ("GET", "/timers", "tickets:read", None, "list:Timer", list_timers),
    ("DELETE", "/timers/{timer}", "tickets:write", None, "TicketDetail", cancel_timer),
    ("GET", "/decisions", "tickets:read", None, "list:Decision", list_decisions),
    ("POST", "/undo", "tickets:write", "tickets.bodies:UndoWish", "TicketDetail", undo_command),
    ("POST", "/restoration", "tickets:write", "tickets.bodies:Restoration", "TicketDetail", restore_state),
    ("POST", "/messages/{message_id}/sending", "tickets:write", None, "Message", send_again),
    ("PUT", "/messages/{message_id}/sending", "tickets:write", None, "Message", send_now),
    ("PATCH", "/messages/{message_id}/sending", "tickets:write", "tickets.bodies:Plan", "Message", change_sending),
    ("DELETE", "/messages/{message_id}/sending", "tickets:write", None, "Message", cancel_sending),
)


def add_past_routes(api: Api) -> None:
    """Declare these routes on the tickets' function."""
    for method, path, needs, takes, gives, serve in _ROUTES:
        status = 200 if gives else 204
        api.route(method, _PATH + path, needs=needs, takes=takes, gives=gives, status=status)(serve)
