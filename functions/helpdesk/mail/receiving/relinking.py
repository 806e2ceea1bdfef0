"""A mail that comes after its own answer: the answer's young ticket joins the one that the mail belongs to (EM-23)."""

from __future__ import annotations

from contextlib import suppress

from helpdesk.access.actor import cause_of, system
from helpdesk.core.errors import Conflict
from helpdesk.relations import links, merging
from helpdesk.tickets import store
from helpdesk.tickets.model import Ticket
from helpdesk.tickets.thread import living_ticket


def relink(org_id: str, young_id: str, ticket_id: str) -> None:
    """Merge the young ticket into the other, or, once people have worked on it or somebody else asked, relate them.

    Done before the mail itself is written down, so that a worker that dies between the two does both in the end; a
    merge that was done changes nothing when it is done again.
    """
    young, other = store.get_ticket(org_id, young_id), store.get_ticket(org_id, ticket_id)
    if not young or not other or living_ticket(young).id == other.id:
        return
    actor = system(org_id)
    cause = cause_of(actor, "mail")
    with suppress(Conflict):  # closed by others meanwhile, or as many links as there may be: the mail goes on
        if _untouched(young) and young.requester["id"] == other.requester["id"]:
            merging.merge(actor, cause, young.id, other.id, {})
        else:
            links.link(actor, cause, young.id, "related", other.id, None)


def _untouched(ticket: Ticket) -> bool:
    return ticket.message_count == 1 and not ticket.answered_by and not ticket.merged_from
