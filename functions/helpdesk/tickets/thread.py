"""The messages of a ticket and of all that was merged into it, read as one; and where a merged ticket lives on."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from heapq import merge

from helpdesk.access.actor import Actor
from helpdesk.access.policy import require_part
from helpdesk.core.errors import Conflict, Unavailable
from helpdesk.tickets import message_store, store
from helpdesk.tickets.model import Message, Ticket

MOST_MERGED = 30  # tickets that one may hold, at whatever depth: each is one more query of a page of messages


def newest(ticket: Ticket, *, limit: int, before_id: str | None) -> tuple[list[Message], bool]:
    """The newest `limit` messages older than `before_id`, oldest first, and whether there are older ones.

    Messages stay in the ticket that they were written to; their ids sort by time across tickets, so a page of all
    is the newest of each, merged, and one message id is the place to go on from. One round trip, and one more for
    each merged ticket, side by side.
    """
    org_id, ids = ticket.org_id, (ticket.id, *ticket.merged_from)
    if len(ids) == 1:
        return message_store.get_messages(org_id, ticket.id, limit=limit, before_id=before_id)

    def read(id_: str) -> tuple[list[Message], bool]:
        return message_store.get_messages(org_id, id_, limit=limit, before_id=before_id)

    pages = list(_pool().map(read, ids))
    together = list(merge(*(messages for messages, _ in pages), key=lambda message: message.id))
    return together[-limit:], len(together) > limit or any(more for _, more in pages)


def find(ticket: Ticket, message_ids: Iterable[str]) -> list[Message]:
    """Those of these messages that the ticket shows, oldest first."""
    return message_store.find_messages(ticket.org_id, (ticket.id, *ticket.merged_from), message_ids)


def living(org_id: str, tickets: dict[str, Ticket]) -> dict[str, Ticket]:
    """For each ticket's id where it lives on: itself, or what it was merged into at the end of the chain.

    A round trip for each step of the longest chain; one that leads nowhere or in a circle ends where it began.
    """
    known, ends = dict(tickets), dict(tickets)
    for _ in range(MOST_MERGED + 1):
        onward = {end.merged_into for end in ends.values() if end.merged_into}
        if not onward:
            return ends
        known |= store.get_tickets(org_id, sorted(onward - set(known)))
        ends = {id_: known.get(end.merged_into or "", end) for id_, end in ends.items()}
        if onward - set(known):
            break
    return {id_: end if not end.merged_into else tickets[id_] for id_, end in ends.items()}


def living_ticket(ticket: Ticket) -> Ticket:
    """Where one ticket lives on; no round trip for one that was not merged."""
    return living(ticket.org_id, {ticket.id: ticket})[ticket.id]


def require_living(ticket: Ticket, *, tell: bool = True) -> None:
    """Raise `Conflict` (`merged`, with the target in `merged_into` if `tell`) for a ticket that lives in another."""
    if ticket.merged_into:
        facts = {"merged_into": ticket.merged_into} if tell else {}
        raise Conflict("this ticket was merged into another one; write there", code="merged", **facts)


def require_writable(actor: Actor, ticket: Ticket, *, merged: bool, trashed: bool) -> None:
    """Raise what keeps an actor from changing a ticket that he sees; `merged` and `trashed` let such pass."""
    require_part(actor, ticket)
    require_untrashed(ticket, allow=trashed)
    if not merged:
        require_living(ticket, tell=actor.kind != "contact")


def require_untrashed(ticket: Ticket, *, allow: bool = False) -> None:
    """Raise `Conflict` (`trashed`) for a ticket in the trash, unless the command is one for such."""
    if ticket.trashed_at and not allow:
        raise Conflict("this ticket is in the trash; restore it first", code="trashed")


def check_shown(message: Message | None) -> Message:
    """The message, or `Unavailable` while it is not there."""
    if message is None:
        raise Unavailable("the message is not readable yet; try again")
    return message


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=8)
