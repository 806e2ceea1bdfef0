"""What a ticket asks of who takes it, read from the ticket, its team, its first words and its past."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from helpdesk.core import clock
from helpdesk.routing.model import RELAXED, Wish
from helpdesk.settings.organisation import channel_weights
from helpdesk.tickets import store
from helpdesk.tickets.message_store import get_messages
from helpdesk.tickets.model import Ticket

_EVENTS = 100  # of a ticket, in which its last owner is looked for
_MESSAGES = 20  # in which what the customer wrote first is looked for


def wish_of(ticket: Ticket, routing: dict[str, Any], **more: Any) -> Wish:
    """What is known without another round trip; `more` are further facts."""
    known = {"language": ticket.language, "relaxed": relaxed_at((ticket.unmatched or {}).get("since"), routing)}
    weight = channel_weights(ticket.org_id).get(ticket.channel, 1)
    return wish_for(ticket.team_id or "", routing, weight=weight, **known | more)


def wish_for(team_id: str, routing: dict[str, Any], **facts: Any) -> Wish:
    """What a ticket of a team asks for, by how the team gives its tickets out and what is known of the ticket."""
    requires = {one["skill"].casefold(): one["level"] for one in routing["requires"]}
    return Wish(team_id, requires, language_rule=routing["language"], **facts)


def relaxed_at(since: str | None, routing: dict[str, Any], at: datetime | None = None) -> str:
    """How far skills may be relaxed at a time, now without one, for what waits since a time; None waits for nobody."""
    moment = at or clock.now()
    return RELAXED[sum(one <= moment for one in relaxations(since, routing))] if since else RELAXED[0]


def relaxations(since: str, routing: dict[str, Any]) -> list[datetime]:
    """When skills are relaxed: levels after the team's minutes of waiting, skills after as many again."""
    if not routing["relax_minutes"] or not routing["requires"]:
        return []
    step = timedelta(minutes=routing["relax_minutes"])
    return [clock.parse(since) + step * number for number in range(1, len(RELAXED))]


def relaxes_at(since: str, routing: dict[str, Any]) -> str | None:
    """When skills are relaxed next for what waits since a time; None where they never are, or are already."""
    return next((clock.iso(at) for at in relaxations(since, routing) if at > clock.now()), None)


def first_words(ticket: Ticket) -> str:
    """The subject and what the customer wrote first; one round trip."""
    rows, _ = get_messages(ticket.org_id, ticket.id, limit=_MESSAGES)
    return "\n".join([ticket.subject, *(one.body_text for one in rows if one.kind == "customer")])


def last_owner(ticket: Ticket) -> str | None:
    """Who had the ticket before, within its last 100 events; one round trip."""
    for event in reversed(store.get_events(ticket.org_id, ticket.id, limit=_EVENTS)):
        was = event.changes.get("assignee_id", {}).get("from")
        if was:
            return str(was)
    return None
