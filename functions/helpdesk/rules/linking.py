"""Links that rules make: to a ticket that is named, or to the open one that fits; both tickets change in one commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helpdesk.access.actor import Actor, system
from helpdesk.core.errors import Conflict, FieldError, NotFound
from helpdesk.core.events import Cause
from helpdesk.core.table import Action
from helpdesk.relations.links import join
from helpdesk.tickets import service, store
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.link_store import HEADS
from helpdesk.tickets.model import Ticket, is_active
from helpdesk.tickets.thread import require_living, require_untrashed

TYPE = "link"
MOST_LOOKED_AT = 500
NONE_FITS = "no open ticket fits"
HANGS = "it hangs on another ticket already"
ITSELF = "it is this ticket itself"
_FIELD_OF = {upward: name for name, (upward, _) in HEADS.items()}
_INDEXES = {"requester": "by_requester", "company": "by_company"}


@dataclass
class Linked:
    """What came of a rule's links: the other tickets' edits by id, and which were made, and which not and why."""

    others: dict[str, Edit] = field(default_factory=dict)
    also: list[Action] = field(default_factory=list)
    made: list[Mapping[str, Any]] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)  # (kind, the other ticket's id)
    left_out: list[Mapping[str, str]] = field(default_factory=list)


def link_all(actor: Actor, cause: Cause, edit: Edit, actions: Sequence[Mapping[str, Any]]) -> Linked:
    """Make these links of a ticket.

    Raises
    ------
    Conflict, NotFound
        as linking by hand does, and for a ticket that is gone.
    """
    linked = Linked()
    for action in actions:
        other = _other(actor, edit.after, action)
        if isinstance(other, str):
            linked.left_out.append({"action": TYPE, "because": other})
            continue
        head = linked.others.setdefault(other.id, Edit(other, cause))
        linked.also += join(actor, action["kind"], edit, head)
        linked.made.append(action)
        linked.numbers.append((action["kind"], other.id))
    return linked


def link_faults(org_id: str, action: Mapping[str, Any]) -> list[FieldError]:
    """Faults of the ticket that an action names; up to two round trips."""
    if not action.get("ticket"):
        return []
    try:
        _named(system(org_id), action["ticket"])
    except (Conflict, NotFound) as failure:
        return [FieldError("/ticket", "unknown", failure.detail)]
    return []


def contradictions(then: Sequence[Mapping[str, Any]]) -> list[FieldError]:
    """Faults of links of which a ticket can have only one: of each kind above it the second one and those after."""
    seen: set[str] = set()
    faults: list[FieldError] = []
    for index, action in enumerate(then):
        kind = action["kind"] if action["type"] == TYPE else ""
        if kind in seen:
            faults.append(
                FieldError(f"/then/{index}/kind", "twice", f"a ticket has one {kind}; another action links it")
            )
        seen |= {kind} & set(_FIELD_OF)
    return faults


def _other(actor: Actor, ticket: Ticket, action: Mapping[str, Any]) -> Ticket | str:
    """The ticket that is to be linked, or why none is."""
    if action.get("ticket"):
        other = _named(actor, action["ticket"])
        return ITSELF if other.id == ticket.id else other
    if getattr(ticket, _FIELD_OF.get(action["kind"], ""), None):
        return HANGS
    return _found(ticket, action["kind"], action["find"]) or NONE_FITS


def _named(actor: Actor, id_or_number: str) -> Ticket:
    try:
        other = service.find_ticket(actor, id_or_number)
    except NotFound:
        raise NotFound(f"there is no ticket {id_or_number}") from None
    try:
        require_untrashed(other)
        require_living(other)
    except Conflict as failure:
        raise Conflict(f"ticket {other.number}: {failure.detail}", code=failure.code) from None
    return other


def _found(ticket: Ticket, kind: str, find: Mapping[str, Any]) -> Ticket | None:
    """The one that fits, as it is now; an index may be behind."""
    same = find.get("same") or ()
    name = next((one for one in same if one in _INDEXES), "")
    index = _INDEXES.get(name, "by_state")
    owner = {"requester": f"{ticket.requester.get('id')}#", "company": f"{ticket.company_id}#"}.get(name, "")
    rows = store.query_index(
        index, f"{ticket.org_id}#{owner}active", after=None, limit=MOST_LOOKED_AT, newest_first=True
    )
    fitting = (one.id for _, one in rows if _fits(ticket, one, kind, find))
    for ticket_id in fitting:
        other = store.get_ticket(ticket.org_id, ticket_id)
        if other and _fits(ticket, other, kind, find):
            return other
    return None


def _fits(ticket: Ticket, other: Ticket, kind: str, find: Mapping[str, Any]) -> bool:
    """Whether it is one at the top, so that no chain and no circle can come of it."""
    if other.id == ticket.id or not is_active(other):
        return False
    if other.id in ticket.related if kind == "related" else getattr(other, _FIELD_OF[kind]):
        return False
    if find.get("type") and other.type != find["type"]:
        return False
    if find.get("tag") and find["tag"] not in other.tags:
        return False
    return all(_value(ticket, name) and _value(ticket, name) == _value(other, name) for name in find.get("same") or ())


def _value(ticket: Ticket, name: str) -> str | None:
    values = {"requester": ticket.requester.get("id"), "company": ticket.company_id, "topic": ticket.topic_id}
    return values[name]
