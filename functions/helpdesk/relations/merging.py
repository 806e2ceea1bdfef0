"""Merge: the source's messages show in the target, the source is closed and points there. An event, hence undoable.

Nothing is copied or moved: the target reads the messages of all in `merged_from`, so merging 500 messages costs as
much as one, and taking it back restores both tickets exactly, but for what was written since.
"""

from __future__ import annotations

from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import Conflict, FieldError, Invalid
from helpdesk.core.events import Cause, Event
from helpdesk.settings.service import status_in
from helpdesk.tickets import copies, message_store, service, store
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Ticket
from helpdesk.tickets.thread import MOST_MERGED, require_living
from helpdesk.tickets.together import change_together

_RESTORED = ("status_id", "category", "resolved_at", "status_changed_at")


def merge(
    actor: Actor,
    cause: Cause,
    source_id: str,
    target_id: str,
    body: dict[str, Any],
    version: int | None = None,
) -> Ticket:
    """Merge the source into the target; gives the source. The same merge again changes nothing.

    `participants` says who of the source gets copies of the target: its `requester` (the default; who is the
    target's own requester needs none), `all`, or `none`.

    Raises
    ------
    Conflict
        `merged` when one of the two lives on in another ticket; `other_requester` when they were asked by two
        people and `allow_other_requester` is not set, for both then read both; `too_many`;
        `planned_reply` while one of the source's replies is to leave later.
    """
    if source_id == target_id:
        raise Invalid("a ticket is not merged into itself", FieldError("/into", "itself", "this is the ticket itself"))

    def apply(edits: list[Edit]) -> None:
        source, target = edits
        if source.after.merged_into == target_id:
            return
        _check(source.after, target.after, allow_other=body.get("allow_other_requester", False))
        _absorb(source, target, body.get("participants", "requester"))

    return change_together(actor, cause, [source_id, target_id], apply, version=version, merged=True)[0]


def unmerge(actor: Actor, cause: Cause, source_id: str, version: int | None = None) -> Ticket:
    """Take a merge back; gives the source as it was. One that lives by itself stays so.

    What was written to the target since stays there, and so does everything that others changed.

    Raises
    ------
    Conflict
        `merged` while the target itself lives on in another: that merge is taken back first.
    """
    source = service.find_ticket(actor, source_id)
    target_id = source.merged_into
    if not target_id:
        return source
    told = _telling(source)

    def apply(edits: list[Edit]) -> None:
        source, target = edits
        if source.after.merged_into != target_id:
            raise Conflict("this ticket is being merged by someone else; try again")
        require_living(target.after)
        _release(source, target, told)

    return change_together(actor, cause, [source.id, target_id], apply, version=version, merged=True)[0]


def _check(source: Ticket, target: Ticket, *, allow_other: bool) -> None:
    require_living(source)
    require_living(target)
    if source.requester["id"] != target.requester["id"] and not allow_other:
        words = "two people asked for these tickets, and each would read the other's; set allow_other_requester"
        raise Conflict(words, code="other_requester")
    if source.planned:
        raise Conflict("a reply of this ticket is still to leave; send it or take it back", code="planned_reply")
    if len(target.merged_from) + len(source.merged_from) + 1 > MOST_MERGED:
        raise Conflict(f"a ticket holds at most {MOST_MERGED} others", code="too_many")


def _absorb(source: Edit, target: Edit, participants: str) -> None:
    before, joined = target.after, _joining(source.after, participants)
    copies.join_copies(target, joined)
    added = [one for one in target.after.cc if one not in before.cc]
    held = source.after
    target.record(
        "ticket.absorbed",
        {"ticket_id": held.id, "number": held.number},
        merged_from=(*target.after.merged_from, held.id, *held.merged_from),
        message_count=target.after.message_count + held.message_count,
        has_attachments=target.after.has_attachments or held.has_attachments,
    )
    closed = status_in(held.org_id, "closed")
    source.record(
        "ticket.merged",
        {"into": before.id, "number": before.number, "copies_added": added, "target_had_files": before.has_attachments},
        merged_into=before.id,
        status_id=closed.id,
        category=closed.category,
        status_changed_at=source.at,
        resolved_at=held.resolved_at or source.at,
    )


def _release(source: Edit, target: Edit, told: Event) -> None:
    held, gone = source.after, {source.after.id, *source.after.merged_from}
    left = tuple(one for one in target.after.merged_from if one not in gone)
    added = set(told.data["copies_added"])
    target.record("ticket.cc_changed", cc=tuple(one for one in target.after.cc if one not in added))
    target.record(
        "ticket.released",
        {"ticket_id": held.id, "number": held.number},
        merged_from=left,
        message_count=target.after.message_count - held.message_count,
        has_attachments=told.data["target_had_files"] or bool(left) or _files_since(target.after, told),
    )
    source.record(
        "ticket.unmerged",
        {"from": target.after.id, "number": target.after.number},
        merged_into=None,
        **{name: told.changes[name]["from"] for name in _RESTORED if name in told.changes},
    )


def _files_since(target: Ticket, told: Event) -> bool:
    """True if a file came with a message written to the target itself after the merge."""
    messages, _ = message_store.get_messages(target.org_id, target.id, limit=100)
    files = (one for message in messages if message.created_at > told.at for one in message.attachments)
    return any(not one["inline"] for one in files)


def _joining(source: Ticket, participants: str) -> list[str]:
    """Whose copies move along; addresses that mail added to the source do not join by themselves."""
    asker = [source.requester["email"]]
    return {"requester": asker, "all": [*asker, *source.cc], "none": []}[participants]


def _telling(source: Ticket) -> Event:
    """The event of the merge that stands now, which says what was before."""
    for limit in (20, None):
        events = store.get_events(source.org_id, source.id, limit=limit)
        found = next((event for event in reversed(events) if event.type == "ticket.merged"), None)
        if found:
            return found
    raise Conflict("the merge of this ticket is not in its history", code="not_undoable")
