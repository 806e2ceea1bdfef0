"""What can be done with tickets, for every door: API, mail, portal. Each command is one commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from helpdesk.access.actor import Actor
from helpdesk.access.policy import require_sight
from helpdesk.core.errors import Stale, Unavailable
from helpdesk.core.events import Cause
from helpdesk.core.ids import new_id
from helpdesk.core.table import Action, ConditionFailed
from helpdesk.core.tries import tries
from helpdesk.people.service import contact_for
from helpdesk.tickets import bodies, message_store, number_store, once, store, thread
from helpdesk.tickets.beginning import Opening, begin
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Message, Ticket
from helpdesk.tickets.speaking import add_message
from helpdesk.tickets.versions import check_version

__all__ = ["Opening", "begin"]  # imports and seeds tell their tickets by them

_TRIES = 12


WriteFirst = Callable[[Ticket], tuple[Message, Sequence[Action]]]
Finish = Callable[[Edit], Sequence[Message]]


def open_ticket(
    cause: Cause,
    opening: Opening,
    write_first: WriteFirst,
    *,
    ticket_id: str | None = None,
    finish: Finish | None = None,
) -> Ticket:
    """Make a ticket with its first message; three round trips, also for a new requester.

    `write_first` gets the ticket with its requester and gives the message and the writes that go with it; `finish`
    may add to the edit what else has happened, and gives further messages.

    Raises
    ------
    ConditionFailed
        when one of those writes does not hold; nothing has been written then.
    """
    number = number_store.next_number(cause.org_id)
    id_ = ticket_id or new_id()
    for _ in tries(_TRIES):
        person, people = contact_for(cause.org_id, opening.email, opening.name, cause=cause)
        edit = Edit(None, _by_requester(cause, person.id), ticket_id=id_)
        begin(edit, opening, number, person.reached_at(opening.email), company_id=person.company_id)
        message, also = write_first(edit.after)
        message = _signed(message, person.id)
        add_message(edit, message)
        more = finish(edit) if finish else ()
        try:
            store.commit(None, edit.after, edit.events, [message, *more], [*once.mark(edit, message), *people, *also])
        except ConditionFailed as failure:
            if failure.action in people:
                continue
            if done := once.done_by(cause, failure):
                return get_ticket(cause.org_id, done["ticket_id"])
            raise
        return edit.after
    raise Unavailable("this requester is being changed by too many at once; try again")


def change(
    actor: Actor,
    cause: Cause,
    ticket_id: str,
    apply: Callable[[Edit], tuple[Sequence[Message], Sequence[Action]] | None],
    *,
    version: int | None = None,
    merged: bool = False,
    trashed: bool = False,
) -> Ticket:
    """Read, apply a command, commit; tried again on the newer state unless the caller named a version.

    Raises
    ------
    NotFound, Forbidden
        when the actor can see no such ticket; `not_taking_part` for a contact who may only read it.
    Conflict
        `merged` for a ticket that lives on in another, unless `merged=True` (what belongs to its old messages);
        `trashed` for one in the trash, unless `trashed=True`.
    Stale
        when fields differ since `version`: see `check_version`.
    """
    for _ in tries(_TRIES):
        before = find_ticket(actor, ticket_id)
        thread.require_writable(actor, before, merged=merged, trashed=trashed)
        check_version(before, version)
        edit = Edit(before, cause)
        messages, also = apply(edit) or ((), ())
        marks = once.mark(edit, messages[0] if messages else None)
        if once.is_rehearsal(cause):
            return edit.after
        try:
            store.commit(before, edit.after, edit.events, messages, [*marks, *also])
        except Stale:
            continue
        except ConditionFailed as failure:
            if once.done_by(cause, failure):
                return get_ticket(cause.org_id, ticket_id)
            raise
        return edit.after
    raise Unavailable("this ticket is being changed by too many at once; try again")


def get_ticket(org_id: str, ticket_id: str) -> Ticket:
    """A ticket that is known to be there."""
    ticket = store.get_ticket(org_id, ticket_id)
    if ticket is None:
        raise Unavailable("the ticket is not readable yet; try again")
    return ticket


def find_ticket(actor: Actor, id_or_number: str) -> Ticket:
    """A ticket by id, or by its number, if the actor may see it."""
    ticket_id: str | None = id_or_number
    if id_or_number.isdigit() and len(id_or_number) < 20:
        ticket_id = number_store.id_of_number(actor.org_id, int(id_or_number))
    ticket = store.get_ticket(actor.org_id, ticket_id) if ticket_id else None
    require_sight(actor, ticket)
    assert ticket is not None  # noqa: S101 - require_sight has raised otherwise
    return ticket


def read_messages(
    ticket: Ticket, *, limit: int = 50, before_id: str | None = None, public_only: bool = False
) -> tuple[list[Message], str | None]:
    """Messages oldest first with their whole bodies, and the id to page further back from, if there are older."""
    messages, more = thread.newest(ticket, limit=limit, before_id=before_id)
    shown = [_planned(ticket, message) for message in messages if message.public or not public_only]
    return bodies.unshelve(shown), messages[0].id if more and messages else None


def read_message(ticket: Ticket, message_id: str) -> Message:
    """One message with its whole body; `Unavailable` while it is not there."""
    message = message_store.get_message(ticket.org_id, ticket.id, message_id)
    return bodies.unshelve([_planned(ticket, thread.check_shown(message))])[0]


def read_planned(ticket: Ticket) -> list[Message]:
    """The replies that are still to leave, the next one first; no round trip when there are none."""
    if not ticket.planned:
        return []
    found = message_store.find_messages(ticket.org_id, (ticket.id,), ticket.planned)
    return bodies.unshelve(sorted((_planned(ticket, one) for one in found), key=lambda one: one.delivery["until"]))


def _planned(ticket: Ticket, message: Message) -> Message:
    """The message with why it does not leave as it was planned."""
    plan = ticket.planned.get(message.id)
    return replace(message, delivery=message.delivery | {"waits": plan["waits"]}) if plan else message


def _by_requester(cause: Cause, person_id: str) -> Cause:
    """What a customer begins is his act, also when this very mail makes him known."""
    if cause.actor["kind"] != "contact":
        return cause
    return replace(cause, actor=cause.actor | {"id": person_id})


def _signed(message: Message, person_id: str) -> Message:
    """A customer's message by somebody just made gets his id."""
    if message.author["kind"] == "contact" and not message.author.get("id"):
        return replace(message, author=message.author | {"id": person_id})
    return message
