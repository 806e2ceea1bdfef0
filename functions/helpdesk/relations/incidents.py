"""The incidents of a problem: how many are open, and how one of them is solved with an answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import may_see
from helpdesk.core.events import Cause
from helpdesk.settings.defaults import DONE
from helpdesk.settings.service import status_in
from helpdesk.tickets import commands, link_store, service, store
from helpdesk.tickets.model import Ticket

MOST_COUNTED = 1000
_PAGE = 100


def count_open(actor: Actor, problem: Ticket) -> int:
    """How many incidents wait for this problem, 1,000 for more; one round trip for a ticket that is no problem."""
    return sum(1 for _ in islice(open_ids(actor, problem), MOST_COUNTED))


def open_ids(actor: Actor, problem: Ticket) -> Iterator[str]:
    """The ids of the incidents that are not done, that the actor may see, and that live on in no other ticket."""
    for ticket_id in (problem.id, *problem.merged_from):
        after = None
        while True:
            links = link_store.list_links(problem.org_id, ticket_id, kind="incident", after=after, limit=_PAGE)
            found = store.get_tickets(problem.org_id, [one.ticket_id for one in links]) if links else {}
            for one in found.values():
                if one.category not in DONE and not one.merged_into and may_see(actor, one):
                    yield one.id
            if len(links) < _PAGE:
                break
            after = f"incident#{links[-1].ticket_id}"


def solve_with_reply(actor: Actor, cause: Cause, ticket_id: str, body: dict[str, Any] | None) -> Ticket:
    """Solve one incident, with a reply (`body_text` or `body_html`) if given, in one commit.

    One that is done by now stays as it is and gets no answer; a command that is tried again answers once.
    """
    ticket = service.find_ticket(actor, ticket_id)
    if ticket.category in DONE:
        return ticket
    if not body:
        return commands.resolve(actor, cause, ticket.id)
    solved = status_in(ticket.org_id, "solved").id
    ticket, _ = commands.post_message(actor, cause, ticket.id, body | {"kind": "reply", "status_id": solved})
    return ticket
