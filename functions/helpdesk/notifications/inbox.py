"""Somebody's own notices: the list under the bell, how many are unread, what is read."""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import may_see
from helpdesk.core import clock
from helpdesk.core.errors import Forbidden, NotFound
from helpdesk.core.ids import is_id
from helpdesk.core.items import Item
from helpdesk.notifications import store
from helpdesk.people.store import get_people
from helpdesk.tickets import store as tickets
from helpdesk.tickets.model import Ticket

MOST_COUNTED = 100
_LOOKED_AT = 500  # rows that one page looks at for unread ones


def page(actor: Actor, *, before: str | None, limit: int, unread: bool) -> tuple[list[dict[str, Any]], str | None]:
    """Notices, newest first, and the id to go on from; four round trips.

    A ticket that the reader may not see any more is null: that something happened is his to know, of what is not.
    """
    own = require_person(actor)
    since = store.all_read_at(actor.org_id, own)
    rows, last = _rows(actor.org_id, own, before, limit, since if unread else None)
    return _shown_all(actor, rows, since), last


def unread_count(actor: Actor) -> dict[str, Any]:
    """`{unread, more}` of the newest hundred: a bell says no more than 99; two round trips."""
    own = require_person(actor)
    since = store.all_read_at(actor.org_id, own)
    rows = [row for row in store.newest(actor.org_id, own, MOST_COUNTED).items if _in_inbox(row)]
    unread = sum(not is_read(row, since) for row in rows)
    return {"unread": unread, "more": unread == MOST_COUNTED}


def mark(actor: Actor, notice_id: str, read: bool) -> dict[str, Any]:
    """Say that a notice is read, or unread again; `NotFound` if it is not one's own."""
    own = require_person(actor)
    row = store.mark(actor.org_id, own, notice_id, read, clock.stamp()) if is_id(notice_id) else None
    if not row:
        raise NotFound("there is no such notice")
    return _shown_all(actor, [row], store.all_read_at(actor.org_id, own))[0]


def read_all(actor: Actor) -> None:
    """Everything until now is read."""
    store.set_all_read(actor.org_id, require_person(actor), clock.stamp())


def is_read(row: Item, all_read_at: str) -> bool:
    """Whether a notice is read: by its own mark, unless all was read after that."""
    mark = row.get("mark")
    if mark and mark["at"] >= all_read_at:
        return bool(mark["read"])
    return bool(row["told_at"] <= all_read_at)


def require_person(actor: Actor) -> str:
    """The id of a colleague; an API key has no inbox of its own."""
    if actor.kind != "agent":
        raise Forbidden("notices are a person's own, and a key has none")
    return actor.id


def _rows(
    org_id: str, own: str, before: str | None, limit: int, unread_since: str | None
) -> tuple[list[Item], str | None]:
    found: list[Item] = []
    looked = 0
    while looked < _LOOKED_AT:
        part = store.newest(org_id, own, limit, before)
        for row in part.items:
            before = row["id"]
            if _in_inbox(row) and (unread_since is None or not is_read(row, unread_since)):
                found.append(row)
            if len(found) == limit:
                return found, before
        looked += limit
        if not part.next_key:
            return found, None
    return found, before


def _in_inbox(row: Item) -> bool:
    return bool(row["channels"]["inbox"]["state"] == "sent")


def _shown_all(actor: Actor, rows: list[Item], since: str) -> list[dict[str, Any]]:
    about = tickets.get_tickets(actor.org_id, dict.fromkeys(row["ticket_id"] for row in rows)) if rows else {}
    ids = {row["actor"].get("id") for row in rows if row["actor"].get("kind") in ("agent", "contact")}
    people = get_people(actor.org_id, sorted(filter(None, ids))) if ids else []
    names = {person.id: person.name for person in people}
    return [_shown(actor, row, about.get(row["ticket_id"]), names, is_read(row, since)) for row in rows]


def _shown(actor: Actor, row: Item, ticket: Ticket | None, names: dict[str, str], read: bool) -> dict[str, Any]:
    seen = ticket if ticket and may_see(actor, ticket) else None
    who = {"kind": row["actor"].get("kind"), "name": names.get(row["actor"].get("id") or "")}
    kept = ("id", "at", "told_at", "kind", "why", "level", "type", "message_id", "target", "channels")
    return {name: row[name] for name in kept} | {
        "actor": who if seen else None,
        "text": row["text"] if seen else None,
        "ticket": {"id": seen.id, "number": seen.number, "subject": seen.subject} if seen else None,
        "read": read,
    }
