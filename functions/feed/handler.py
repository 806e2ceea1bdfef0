"""The route of the event feed."""

from __future__ import annotations

from helpdesk.feed.service import read_event, read_events
from helpdesk.web.api import Api
from helpdesk.web.call import Answer, Call

api = Api()
handler = api.handler


@api.route("GET", "/v1/events", needs="events:read", gives="list:Event")
def list_events(call: Call) -> Answer:
    """Walk the organisation's events in order; next_cursor is never null, poll with it."""
    types = frozenset(filter(None, call.query.get("types", "").split(",")))
    events, cursor = read_events(call.actor, call.query.get("after"), types, call.limit(100, 500))
    return Answer(200, {"data": events, "next_cursor": cursor})


@api.route("GET", "/v1/events/{number}", needs="events:read", gives="Event")
def get_event(call: Call) -> Answer:
    """Read one event by its number in the feed."""
    return Answer(200, read_event(call.actor, call.path["number"]))
