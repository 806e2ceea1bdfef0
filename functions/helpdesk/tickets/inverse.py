"""Undo: the events that take a command back, without what others did since (part 2, items 2 and 4 of the research).

A field goes back to what it was before the command if it is still what the command made of it. Tags and other
lists are sets: what was added goes, what was removed comes, everybody else's stay. Custom fields are compared one
by one. What was said stays said: counts and times of messages are left alone. What hangs two tickets together goes by
`relations`, which changes both.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from helpdesk.core.errors import Conflict
from helpdesk.core.events import Event
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import FOLDED, TUPLES, Ticket, plain

EVERYTHING = frozenset({"*"})
OPPOSITES = {
    "ticket.trashed": "ticket.restored",
    "ticket.restored": "ticket.trashed",
    "ticket.snoozed": "ticket.woken",
    "ticket.woken": "ticket.snoozed",
}
DATA: dict[str, dict[str, Any]] = {"ticket.woken": {"cause": "undo"}}
SPECIAL: dict[str, Callable[[Edit, Event], None]] = {}
"""Events whose inverse is more than their fields: a domain enters here what takes one back."""
_SAID = frozenset(
    {"message_count", "has_attachments", "snippet", "last_message", "first_response_at", "answered_by", "open_sides",
     "planned"}
)  # fmt: skip
_FOLLOWS = frozenset({"sla", "unmatched"})  # from the rest, at every change
_TOGETHER = frozenset({"merged_into", "merged_from", "parent_id", "problem_id", "duplicate_of", "related"})
_STATUS = frozenset({"category", "status_changed_at", "resolved_at"})  # follow status_id, and are judged by it
_GONE = object()


def undo(edit: Edit, events: Sequence[Event], force: Collection[str] = ()) -> dict[str, dict[str, Any]]:
    """Record the inverse of these events of one command, newest first; gives what has changed since.

    `{field: {was, left, now}}`: before the command, after it, and now; nothing of `edit` is to be committed then.
    Fields named in `force` go back all the same.

    Raises
    ------
    Conflict
        `not_undoable`: a ticket's beginning is undone by moving it to the trash.
    """
    if any(event.type == "ticket.created" for event in events):
        raise Conflict("a ticket's beginning cannot be undone; move it to the trash", code="not_undoable")
    steps = _net(events)
    conflicts: dict[str, dict[str, Any]] = {}
    done: set[str] = set()
    follow = _STATUS if "status_id" in steps else frozenset[str]()
    for event in reversed(events):
        if event.type in SPECIAL:
            SPECIAL[event.type](edit, event)
            continue
        names = [name for name in event.changes if name in steps and name not in done | follow]
        done |= set(names)
        changes: dict[str, Any] = {}
        for name in names:
            target, since = _back(edit.after, name, *steps[name], force)
            conflicts |= since
            changes |= {} if target is _GONE else {name: target}
        if "status_id" in changes:
            changes |= {name: steps[name][0] for name in _STATUS if name in steps}
        _record(edit, event, changes)
    return conflicts


def _net(events: Sequence[Event]) -> dict[str, tuple[Any, Any]]:
    """What each field was before all of the events and is after them; not what messages have changed."""
    steps: dict[str, tuple[Any, Any]] = {}
    for event in events:
        for name, change in event.changes.items():
            if name in FOLDED and name not in _SAID | _TOGETHER | _FOLLOWS:
                steps[name] = (steps[name][0] if name in steps else change["from"], change["to"])
    return steps


def _back(now: Ticket, name: str, was: Any, left: Any, force: Collection[str]) -> tuple[Any, dict[str, dict[str, Any]]]:
    """The value that a field goes back to (or _GONE for none), and what stands against it."""
    current = plain(getattr(now, name))
    if name in TUPLES:
        return _without(name, current, was or (), left or ()), {}
    if name == "fields":
        return _fields(current, was or {}, left or {}, force)
    if current == left or name in force or "*" in force:
        return was, {}
    return _GONE, {} if current == was else {name: {"was": was, "left": left, "now": current}}


def _without(name: str, now: Sequence[Any], was: Sequence[Any], left: Sequence[Any]) -> tuple[Any, ...]:
    added, removed = [one for one in left if one not in was], [one for one in was if one not in left]
    kept = [one for one in now if one not in added]
    back = [*kept, *(one for one in removed if one not in kept)]
    return tuple(sorted(back)) if name == "tags" else tuple(back)


def _fields(
    now: Mapping[str, Any], was: Mapping[str, Any], left: Mapping[str, Any], force: Collection[str]
) -> tuple[Any, dict[str, dict[str, Any]]]:
    back = dict(now)
    conflicts: dict[str, dict[str, Any]] = {}
    for key in {**was, **left}:
        before, after, current = (one.get(key, _GONE) for one in (was, left, now))
        if before in (after, current):
            continue
        if current != after and not {f"fields.{key}", "fields", "*"} & set(force):
            values = zip(("was", "left", "now"), (before, after, current), strict=True)
            conflicts[f"fields.{key}"] = {name: None if value is _GONE else value for name, value in values}
        elif before is _GONE:
            back.pop(key, None)
        else:
            back[key] = before
    return back, conflicts


def _record(edit: Edit, event: Event, changes: dict[str, Any]) -> None:
    made = len(edit.events)
    type_ = OPPOSITES.get(event.type, event.type)
    if changes.get("trashed_at"):
        changes = changes | {"trashed_at": edit.at}  # its days in the trash begin anew
    given = {name: tuple(value) if name in TUPLES else value for name, value in changes.items()}
    if any(plain(getattr(edit.after, name)) != plain(value) for name, value in given.items()):
        edit.record(type_, DATA.get(type_), **given)
    edit.events[made:] = [replace(one, causation_id=event.id) for one in edit.events[made:]]
