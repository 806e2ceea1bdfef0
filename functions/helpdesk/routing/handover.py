"""The note with which a ticket goes from one colleague to another: what he who gets it has to know first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpdesk.access.actor import system
from helpdesk.core.table import Action
from helpdesk.people.store import get_people
from helpdesk.settings.service import organisation
from helpdesk.sla.model import due_at
from helpdesk.tickets.commands import message_of
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Message, Ticket
from helpdesk.tickets.speaking import add_message
from helpdesk.tickets.words import both_forms

_AUTHOR = {"kind": "system", "id": "system", "name": "Lambdesk"}
_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "shift_end": "Handed over from {old} to {new}: the shift of {old} has ended.",
        "away": "Handed over from {old} to {new}: {old} is away.",
        "reopened": "Opened again while {old} is not there: {new} goes on.",
        "state": "{priority}, {status} since {since}; {count} messages.",
        "customer": "The customer wrote last, at {at}: {snippet}",
        "reply": "We wrote last, at {at}: {snippet}",
        "due": "The next promise is due at {at}.",
    },
    "de": {
        "shift_end": "Übergabe von {old} an {new}: Die Schicht von {old} ist zu Ende.",
        "away": "Übergabe von {old} an {new}: {old} ist abwesend.",
        "reopened": "Wieder geöffnet, während {old} nicht da ist: {new} macht weiter.",
        "state": "{priority}, {status} seit {since}; {count} Nachrichten.",
        "customer": "Zuletzt schrieb der Kunde, am {at}: {snippet}",
        "reply": "Zuletzt schrieben wir, am {at}: {snippet}",
        "due": "Das nächste Versprechen ist fällig am {at}.",
    },
}


def write_note(edit: Edit, old_id: str, new_id: str, trigger: str) -> tuple[Sequence[Message], Sequence[Action]]:
    """Put an internal note of the desk on a ticket that is handed over; one round trip for the names."""
    ticket = edit.after
    names = {one.id: one.name for one in get_people(ticket.org_id, [old_id, new_id])}
    who = {"old": names.get(old_id, old_id), "new": names.get(new_id, new_id)}
    text = "\n".join(_lines(ticket, who, trigger))
    message, also = message_of(system(ticket.org_id), edit.cause, ticket, "note", _AUTHOR, both_forms(text, None), [])
    add_message(edit, message, counts=False)
    return [message], also


def _lines(ticket: Ticket, who: dict[str, str], trigger: str) -> list[str]:
    words = _WORDS.get(organisation(ticket.org_id)["locale"].partition("-")[0], _WORDS["en"])
    state: dict[str, Any] = {"priority": ticket.priority, "status": ticket.status_id, "count": ticket.message_count}
    lines = [words[trigger].format(**who), words["state"].format(since=_time(ticket.status_changed_at), **state)]
    last = ticket.last_message or {}
    if last.get("kind") in words:
        lines.append(words[last["kind"]].format(at=_time(last["at"]), snippet=ticket.snippet))
    if due := due_at(ticket.sla):
        lines.append(words["due"].format(at=_time(due)))
    return lines


def _time(at: str) -> str:
    return f"{at[:16].replace('T', ' ')} UTC"
