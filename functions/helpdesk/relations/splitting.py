"""Split: some messages begin a ticket of their own, which is related to the one that they came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core import clock
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.core.events import Cause
from helpdesk.core.ids import derived_id, new_id
from helpdesk.core.table import Action
from helpdesk.people.model import normal_email
from helpdesk.people.service import contact_for
from helpdesk.relations.links import require_room
from helpdesk.tickets import attachment_store, bodies, number_store, service, store, thread
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Message, Ticket, snippet_of
from helpdesk.tickets.store import Change
from helpdesk.tickets.together import change_together

MOST_MESSAGES = 20
MOST_FILES = 30  # with the messages, their events and both tickets they fit one transaction


def split(actor: Actor, cause: Cause, ticket_id: str, body: dict[str, Any], version: int | None = None) -> Ticket:
    """Copy messages into a new ticket, whose requester is the same unless named; gives the new ticket.

    The original keeps all it had, and points to the new one. Nobody is told by mail: the new ticket is
    acknowledged to nobody, and copied replies are not sent again.

    Raises
    ------
    Invalid
        naming messages that the ticket does not have; `too_many` for more files than one step takes.
    """
    id_ = cause.command_id or new_id()
    done = store.get_ticket(actor.org_id, id_) if cause.command_id else None
    if done:  # by this very command, which is tried again
        return done
    made: list[Ticket] = []
    numbers: list[int] = []

    def apply(edits: list[Edit]) -> tuple[Sequence[Change], Sequence[Action]]:
        (original,) = edits
        before = original.after
        messages = _chosen(before, body["message_ids"])
        requester, company_id, people = _requester(cause, before, body.get("requester"))
        require_room(before)
        number = _number(actor.org_id, numbers)
        edit = Edit(None, cause, ticket_id=id_)
        opening = _opening(before, body["subject"], requester)
        service.begin(edit, opening, number, requester, company_id=company_id)
        copied, files = _copies(before.org_id, id_, messages)
        for old, new in zip(messages, copied, strict=True):
            _keep(edit, new, {"from_ticket_id": before.id, "from_message_id": old.id})
        told = {"ticket_id": id_, "number": number, "message_ids": [one.id for one in messages]}
        original.record("ticket.split", told, related=(*before.related, id_))
        made[:] = [edit.after]
        return [Change(None, edit.after, edit.events, copied)], [*files, *people]

    change_together(actor, cause, [ticket_id], apply, version=version)
    return made[0]


def _number(org_id: str, taken: list[int]) -> int:
    """The new ticket's number: taken when nothing is refused any more, and once, however often the work begins anew."""
    if not taken:
        taken.append(number_store.next_number(org_id))
    return taken[0]


def _chosen(ticket: Ticket, message_ids: list[str]) -> list[Message]:
    found = thread.find(ticket, dict.fromkeys(message_ids))
    missing = set(message_ids) - {message.id for message in found}
    faults = [
        FieldError(f"/message_ids/{index}", "unknown", "the ticket has no such message")
        for index, id_ in enumerate(message_ids)
        if id_ in missing
    ]
    if faults:
        raise Invalid("some messages are not of this ticket", *faults)
    if sum(len(message.attachments) for message in found) > MOST_FILES:
        words = f"together they have more than {MOST_FILES} files"
        raise Invalid(words, FieldError("/message_ids", "too_many", words))
    return bodies.unshelve(found)


def _requester(
    cause: Cause, ticket: Ticket, given: dict[str, Any] | None
) -> tuple[dict[str, Any], str | None, list[Action]]:
    if not given:
        return ticket.requester, ticket.company_id, []
    email = normal_email(given["email"], "/requester/email")
    person, people = contact_for(cause.org_id, email, given.get("name"), cause=cause)
    return person.reached_at(email), person.company_id, people


def _opening(ticket: Ticket, subject: str, requester: dict[str, Any]) -> service.Opening:
    """Who asks the same keeps his copies; another one's ticket is his alone."""
    return service.Opening(
        subject=subject,
        email=requester["email"],
        channel=ticket.channel,
        priority=ticket.priority,
        team_id=ticket.team_id,
        assignee_id=ticket.assignee_id,
        cc=ticket.cc if requester["id"] == ticket.requester["id"] else (),
        related=(ticket.id,),
    )


def _copies(org_id: str, ticket_id: str, messages: list[Message]) -> tuple[list[Message], list[Action]]:
    """The messages under ids of their own, in the same order, with rows of their own for the same files."""
    wanted = [one["id"] for message in messages for one in message.attachments]
    rows = attachment_store.get_attachments(org_id, wanted) if wanted else {}
    copied: list[Message] = []
    files: list[Action] = []
    for message in messages:
        at = clock.parse(message.created_at)
        id_ = derived_id(at, "split", ticket_id, message.id)
        html, trimmed, kept = message.body_html, message.trimmed_html, []
        for shown in message.attachments:
            file_id = derived_id(at, "split", ticket_id, shown["id"])
            row = rows[shown["id"]] | {"id": file_id, "ticket_id": ticket_id, "message_id": id_}
            files.append(attachment_store.attachment_row(org_id, row))
            kept.append(shown | {"id": file_id})
            html, trimmed = html.replace(shown["id"], file_id), trimmed and trimmed.replace(shown["id"], file_id)
        own = replace(message, id=id_, attachments=tuple(kept), body_html=html, trimmed_html=trimmed, body_key=None)
        copied.append(own)
    return copied, files


def _keep(edit: Edit, message: Message, origin: dict[str, Any]) -> None:
    """Record a copied message: it is counted and shown, but nothing follows from it."""
    summary: dict[str, Any] = {}
    if message.public:
        last = {"kind": message.kind, "at": message.created_at}
        summary = {"snippet": snippet_of(message.body_text), "last_message": last}
    answered = message.kind == "reply" and not edit.after.first_response_at
    edit.record(
        "message.copied",
        {"message_id": message.id} | origin,
        message_count=edit.after.message_count + 1,
        has_attachments=edit.after.has_attachments or any(not one["inline"] for one in message.attachments),
        first_response_at=message.created_at if answered else edit.after.first_response_at,
        **summary,
    )
