"""Rows that tell which tickets hang together; they follow the snapshots and are written with them."""

from __future__ import annotations

from dataclasses import dataclass

from helpdesk.core.config import config
from helpdesk.core.table import Action, Check, Delete, Put, query
from helpdesk.tickets.model import Ticket

HEADS = {
    "parent_id": ("parent", "child"),
    "problem_id": ("problem", "incident"),
    "duplicate_of": ("duplicate_of", "duplicate"),
}
"""Field of the ticket that hangs on another: what the other is for it, and what it is for the other."""
KINDS = (*(kind for pair in HEADS.values() for kind in pair), "related")
MOST_RELATED = 50


@dataclass(frozen=True)
class Link:
    """One end: the other ticket `ticket_id` is this one's `kind`."""

    kind: str
    ticket_id: str


def link_rows(before: Ticket | None, after: Ticket) -> list[Action]:
    """The writes that make the rows of links agree with a changed snapshot: both ends of what hangs on a head,
    and this end of what is merely related.
    """
    rows: list[Action] = []
    for field, (upward, downward) in HEADS.items():
        old, new = getattr(before, field) if before else None, getattr(after, field)
        if old != new:
            rows += _pair(Delete, after, old, upward, downward) + _pair(Put, after, new, upward, downward)
    old_related, new_related = set(before.related if before else ()), set(after.related)
    rows += [_absent(after, "related", other) for other in sorted(old_related - new_related)]
    rows += [_present(after.org_id, after.id, "related", other) for other in sorted(new_related - old_related)]
    return rows


def list_links(org_id: str, ticket_id: str, *, kind: str | None, after: str | None, limit: int) -> list[Link]:
    """Up to `limit` links beyond the position `after` (`kind#ticket`), ordered by kind and the other's id."""
    low = f"LINK#{after}" if after else f"LINK#{kind or ''}{'#' if kind else ''}"
    high = f"LINK#{kind}#~" if kind else "LINK#~"
    table, pk = config().tickets_table, f"{org_id}#{ticket_id}"
    page = query(table, pk, between=(low, high), limit=limit + 1, consistent=True)
    rows = [row for row in page.items if row["sk"] != low]
    return [Link(row["kind"], row["ticket_id"]) for row in rows[:limit]]


def still_hangs(ticket: Ticket, field: str) -> Check:
    """The check that a ticket passed on the way up still hangs where it was seen to (or still hangs nowhere)."""
    head = getattr(ticket, field)
    condition = f"{field} = :head" if head else f"attribute_not_exists({field}) OR {field} = :head"
    return Check(config().tickets_table, f"{ticket.org_id}#{ticket.id}", "TICKET", condition, values={":head": head})


def _pair(kind: type[Put] | type[Delete], ticket: Ticket, head: str | None, upward: str, downward: str) -> list[Action]:
    if not head:
        return []
    if kind is Delete:
        return [_absent(ticket, upward, head), Delete(config().tickets_table, *_key(ticket, downward, head))]
    org_id = ticket.org_id
    return [_present(org_id, ticket.id, upward, head), _present(org_id, head, downward, ticket.id)]


def _present(org_id: str, ticket_id: str, kind: str, other: str) -> Put:
    keys = {"pk": f"{org_id}#{ticket_id}", "sk": f"LINK#{kind}#{other}"}
    return Put(config().tickets_table, keys | {"kind": kind, "ticket_id": other})


def _absent(ticket: Ticket, kind: str, other: str) -> Delete:
    return Delete(config().tickets_table, f"{ticket.org_id}#{ticket.id}", f"LINK#{kind}#{other}")


def _key(ticket: Ticket, downward: str, head: str) -> tuple[str, str]:
    return f"{ticket.org_id}#{head}", f"LINK#{downward}#{ticket.id}"
