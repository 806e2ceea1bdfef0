"""Side conversations (TM-23): talks with third parties by mail beside a ticket, of which its customers never learn.

Their messages stand in threads of their own, so nothing that reads the ticket's thread can meet them; their files
are not public; their events carry ids alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core import clock
from helpdesk.core.errors import Conflict, FieldError, Invalid, NotFound
from helpdesk.core.events import Cause
from helpdesk.core.ids import new_id
from helpdesk.core.table import Action
from helpdesk.people import store as people_store
from helpdesk.people.model import normal_email
from helpdesk.relations import side_store
from helpdesk.relations.side_store import Side
from helpdesk.tickets import bodies, message_store, service, store, thread
from helpdesk.tickets.attachments import bind_all
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.message_store import message_row, side_thread
from helpdesk.tickets.model import Message, Ticket
from helpdesk.tickets.words import both_forms

MOST_OPEN = 50
MOST_BYTES = 7_000_000  # of files: third parties have no portal where larger ones could wait
Compose = Callable[[Ticket], tuple[Message, Sequence[Action]]]


def list_of(ticket: Ticket) -> list[tuple[Side, bool]]:
    """`(side conversation, open?)` of the ticket and of what was merged into it, oldest first."""
    homes = {ticket.id: ticket}
    if ticket.merged_from:
        homes |= store.get_tickets(ticket.org_id, ticket.merged_from)
    opened = {side_id for home in homes.values() for side_id in home.open_sides}
    return [(side, side.id in opened) for side in side_store.list_sides(ticket.org_id, homes)]


def read(ticket: Ticket, side_id: str, *, limit: int, before_id: str | None) -> tuple[list[Message], str | None]:
    """A page of its messages, oldest first, and the id to page further back from."""
    side = _side(ticket, side_id)
    messages, more = message_store.get_messages(
        ticket.org_id, side.ticket_id, limit=limit, before_id=before_id, thread=side_thread(side.id)
    )
    return bodies.unshelve(messages), messages[0].id if more and messages else None


def read_message(org_id: str, ticket_id: str, side_id: str, message_id: str) -> Message:
    """One of its messages with its whole body."""
    found = message_store.get_message(org_id, ticket_id, message_id, side_thread(side_id))
    return bodies.unshelve([thread.check_shown(found)])[0]


def start(actor: Actor, cause: Cause, ticket_id: str, body: dict[str, Any], version: int | None = None) -> Side:
    """Begin a talk: a subject of its own, who it is with, and the first mail.

    Raises
    ------
    Invalid
        `takes_part` for somebody who is the ticket's requester or gets its copies.
    Conflict
        `too_many` open ones.
    """
    side = _made(actor, cause, ticket_id, body)

    def apply(edit: Edit) -> tuple[Sequence[Message], Sequence[Action]]:
        return (), _begin(actor, cause, edit, side, body)

    service.change(actor, cause, ticket_id, apply, version=version)
    return side_store.find_side(actor.org_id, [ticket_id], side.id) or side if cause.command_id else side


def begin(actor: Actor, cause: Cause, edit: Edit, body: dict[str, Any]) -> Sequence[Action]:
    """Begin a talk as part of a larger command; gives the writes that make it. Raises as `start`."""
    return _begin(actor, cause, edit, _made(actor, cause, edit.after.id, body), body)


def write(actor: Actor, cause: Cause, ticket: Ticket, side_id: str, body: dict[str, Any]) -> Message:
    """Send one more mail to those whom it is with; a resolved one is open again."""
    side = _side(ticket, side_id)
    words = both_forms(body.get("body_text"), body.get("body_html"))
    made: list[str] = []

    def apply(edit: Edit) -> tuple[Sequence[Message], Sequence[Action]]:
        _open(edit, side.id, "side_conversation.reopened")
        rows = _send(actor, cause, edit, side, words, body)
        made[:] = [edit.events[-1].data["message_id"]]
        return (), rows

    service.change(actor, cause, side.ticket_id, apply, merged=True)
    return read_message(actor.org_id, side.ticket_id, side.id, cause.command_id or made[0])


def receive(actor: Actor, cause: Cause, ticket_id: str, side_id: str, compose: Compose, *, counts: bool) -> None:
    """Put a third party's mail into the talk: the ticket's status and thread stay as they are.

    `counts=False` is automatic mail, which does not open a resolved one.
    """

    def apply(edit: Edit) -> tuple[Sequence[Message], Sequence[Action]]:
        message, also = compose(edit.after)
        opened = tuple(dict.fromkeys([*edit.after.open_sides, side_id])) if counts else edit.after.open_sides
        data = {"side_conversation_id": side_id, "message_id": message.id, "automatic": message.automatic}
        edit.record("side_conversation.message_received", data, open_sides=opened)
        return (), [message_row(cause.org_id, ticket_id, message, side_thread(side_id)), *also]

    service.change(actor, cause, ticket_id, apply, merged=True)


def set_open(
    actor: Actor, cause: Cause, ticket: Ticket, side_id: str, *, opened: bool, version: int | None = None
) -> Side:
    """Resolve a talk, or open it again; `version` is that of the ticket beside which it stands."""
    side = _side(ticket, side_id)

    def apply(edit: Edit) -> None:
        if opened:
            _open(edit, side.id, "side_conversation.reopened")
        elif side.id in edit.after.open_sides:
            left = tuple(one for one in edit.after.open_sides if one != side.id)
            edit.record("side_conversation.resolved", {"side_conversation_id": side.id}, open_sides=left)

    service.change(actor, cause, side.ticket_id, apply, version=version, merged=True)
    return side


def _made(actor: Actor, cause: Cause, ticket_id: str, body: dict[str, Any]) -> Side:
    to = tuple(dict.fromkeys(normal_email(one, f"/to/{index}") for index, one in enumerate(body["to"])))
    by = {"kind": actor.kind, "id": actor.id, "name": actor.name}
    return Side(cause.command_id or new_id(), ticket_id, body["subject"], to, by, clock.stamp())


def _begin(actor: Actor, cause: Cause, edit: Edit, side: Side, body: dict[str, Any]) -> Sequence[Action]:
    words = both_forms(body.get("body_text"), body.get("body_html"))
    if len(edit.after.open_sides) >= MOST_OPEN:
        raise Conflict(f"at most {MOST_OPEN} side conversations are open at once", code="too_many")
    _open(edit, side.id, "side_conversation.started")
    return [*side_store.additions(actor.org_id, side), *_send(actor, cause, edit, side, words, body)]


def _send(
    actor: Actor, cause: Cause, edit: Edit, side: Side, words: tuple[str, str], body: dict[str, Any]
) -> list[Action]:
    _check_strangers(edit.after, side.to)
    id_ = cause.command_id or new_id()
    files = body.get("attachments") or []
    kept, bindings = bind_all(actor, files, ticket_id=edit.after.id, message_id=id_, public=False)
    if sum(one["size"] for one in kept) > MOST_BYTES:
        limit = f"a mail carries at most {MOST_BYTES} bytes of files"
        raise Invalid(limit, FieldError("/attachments", "too_large", limit))
    message = Message(
        id=id_,
        kind="side_sent",
        author={"kind": "agent" if actor.kind == "agent" else "system", "id": actor.id, "name": actor.name},
        body_text=words[0],
        body_html=words[1],
        created_at=clock.stamp(),
        subject=side.subject,
        to=side.to,
        attachments=kept,
        delivery={"status": "queued"},
        automatic=actor.kind == "system",
    )
    edit.record("side_conversation.message_sent", {"side_conversation_id": side.id, "message_id": id_})
    return [message_row(actor.org_id, edit.after.id, message, side_thread(side.id)), *bindings]


def _open(edit: Edit, side_id: str, type_: str) -> None:
    if side_id not in edit.after.open_sides:
        edit.record(type_, {"side_conversation_id": side_id}, open_sides=(*edit.after.open_sides, side_id))


def _check_strangers(ticket: Ticket, to: tuple[str, ...]) -> None:
    """Nobody who reads the ticket as a customer is written to on the side, from whichever address of his."""
    asker = people_store.get_person(ticket.org_id, ticket.requester["id"])
    insiders = {ticket.requester["email"], *ticket.cc, *(asker.emails if asker else ())}
    faults = [
        FieldError(f"/to/{index}", "takes_part", "he takes part in the ticket; reply to him there")
        for index, one in enumerate(to)
        if one in insiders
    ]
    if faults:
        raise Invalid("a side conversation is with third parties only", *faults)


def _side(ticket: Ticket, side_id: str) -> Side:
    side = side_store.find_side(ticket.org_id, (ticket.id, *ticket.merged_from), side_id)
    if not side:
        raise NotFound("there is no such side conversation")
    return side
