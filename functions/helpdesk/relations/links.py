"""Links: parent and child, problem and incident, duplicate, related. No way up ever leads back to where it began."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import may_see
from helpdesk.core.errors import Conflict, FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.table import Action
from helpdesk.tickets import link_store, store
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.link_store import HEADS, KINDS, MOST_RELATED
from helpdesk.tickets.model import Ticket
from helpdesk.tickets.together import change_together

MOST_ABOVE = 10  # tickets on the way up from where a link is made


def list_of(
    actor: Actor, ticket: Ticket, *, kind: str | None, after: str | None, limit: int
) -> tuple[list[tuple[str, Ticket]], str | None]:
    """One page of `(kind, other ticket)`, those that the actor may see, and the position to go on from."""
    if kind not in (*KINDS, None):
        fault = FieldError("/kind", "unknown", f"one of {', '.join(KINDS)}")
        raise Invalid("there is no such kind of link", fault, malformed=True)
    links = link_store.list_links(ticket.org_id, ticket.id, kind=kind, after=after, limit=limit)
    others = store.get_tickets(ticket.org_id, [one.ticket_id for one in links]) if links else {}
    shown = [(one.kind, others[one.ticket_id]) for one in links if one.ticket_id in others]
    last = f"{links[-1].kind}#{links[-1].ticket_id}" if len(links) == limit else None
    return [(name, other) for name, other in shown if may_see(actor, other)], last


def link(actor: Actor, cause: Cause, ticket_id: str, kind: str, other_id: str, version: int | None) -> Ticket:
    """Make the other ticket this one's `kind`; the same link again changes nothing.

    Both tickets, and all on the way up, are held to what was seen: of two links that together would make a circle
    exactly one is made.

    Raises
    ------
    Conflict
        `cycle`, with the ticket numbers of the circle in `path`; `too_deep`; `already_linked` when the one that
        shall hang hangs on another already, named in `ticket_id`; `too_many` for related ones.
    """
    _check_other(ticket_id, other_id)

    def apply(edits: list[Edit]) -> tuple[Sequence[Any], Sequence[Action]]:
        return (), join(actor, kind, *edits)

    return change_together(actor, cause, [ticket_id, other_id], apply, version=version)[0]


def join(actor: Actor, kind: str, this: Edit, other: Edit) -> Sequence[Action]:
    """Record on both tickets that the other is this one's `kind`; gives what has to hold when it is committed.

    Raises
    ------
    Conflict
        as `link`.
    """
    if kind == "related":
        return _relate(this, other)
    field, lower, head = _ends(kind, this, other)
    return _hang(actor, field, lower, head)


def unlink(actor: Actor, cause: Cause, ticket_id: str, kind: str, other_id: str, version: int | None) -> Ticket:
    """End a link; one that is not there changes nothing."""
    _check_other(ticket_id, other_id)

    def apply(edits: list[Edit]) -> None:
        if kind == "related":
            for edit, other in (edits, edits[::-1]):
                if other.after.id in edit.after.related:
                    left = tuple(one for one in edit.after.related if one != other.after.id)
                    edit.record("ticket.unlinked", {"kind": kind, "ticket_id": other.after.id}, related=left)
            return
        field, lower, head = _ends(kind, *edits)
        if getattr(lower.after, field) == head.after.id:
            upward, downward = HEADS[field]
            lower.record("ticket.unlinked", {"kind": upward, "ticket_id": head.after.id}, **{field: None})
            head.record("ticket.unlinked", {"kind": downward, "ticket_id": lower.after.id})

    return change_together(actor, cause, [ticket_id, other_id], apply, version=version, merged=True)[0]


def require_room(ticket: Ticket) -> None:
    """Raise `Conflict` (`too_many`) for a ticket that has as many related ones as it may."""
    if len(ticket.related) >= MOST_RELATED:
        raise Conflict(f"a ticket has at most {MOST_RELATED} related ones", code="too_many")


def _relate(one: Edit, two: Edit) -> Sequence[Action]:
    for edit, other in ((one, two), (two, one)):
        if other.after.id in edit.after.related:
            continue
        require_room(edit.after)
        data = {"kind": "related", "ticket_id": other.after.id}
        edit.record("ticket.linked", data, related=(*edit.after.related, other.after.id))
    return ()


def _hang(actor: Actor, field: str, lower: Edit, head: Edit) -> Sequence[Action]:
    upward, downward = HEADS[field]
    present = getattr(lower.after, field)
    if present == head.after.id:
        return ()
    if present:
        raise Conflict(f"this ticket has another {upward} already", code="already_linked", ticket_id=present)
    passed = _way_up(actor, field, lower.after, head.after)
    lower.record("ticket.linked", {"kind": upward, "ticket_id": head.after.id}, **{field: head.after.id})
    head.record("ticket.linked", {"kind": downward, "ticket_id": lower.after.id})
    return [link_store.still_hangs(one, field) for one in passed]


def _way_up(actor: Actor, field: str, lower: Ticket, head: Ticket) -> list[Ticket]:
    """The tickets above `head`, each a round trip; `Conflict` if `lower` is one of them or they are too many."""
    passed: list[Ticket] = []
    current = head
    while above_id := getattr(current, field):
        if above_id == lower.id:
            circle = [lower, head, *passed, lower]
            path = [one.number if may_see(actor, one) else None for one in circle]
            raise Conflict("this would go round in a circle", code="cycle", path=path)
        if len(passed) + 1 >= MOST_ABOVE:
            raise Conflict(f"at most {MOST_ABOVE} tickets hang above each other", code="too_deep")
        above = store.get_ticket(lower.org_id, above_id)
        if above is None:
            break
        passed.append(above)
        current = above
    return passed


def _ends(kind: str, this: Edit, other: Edit) -> tuple[str, Edit, Edit]:
    """`(field, the one that hangs, the one that it hangs on)`."""
    for field, (upward, downward) in HEADS.items():
        if kind == upward:
            return field, this, other
        if kind == downward:
            return field, other, this
    fault = FieldError("/kind", "unknown", f"one of {', '.join(KINDS)}")
    raise Invalid("there is no such kind of link", fault)


def _check_other(ticket_id: str, other_id: str) -> None:
    if ticket_id == other_id:
        raise Invalid("a ticket has no link to itself", FieldError("/ticket_id", "itself", "this is the ticket itself"))
