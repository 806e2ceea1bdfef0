"""An accepted mail comes to its ticket, or begins one: one transaction, and a word about what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from helpdesk.access.actor import Actor, cause_of, system
from helpdesk.access.people import person_actor
from helpdesk.core.events import Cause
from helpdesk.core.table import Action
from helpdesk.mail import addresses
from helpdesk.mail.receiving.colleagues import voice_of
from helpdesk.mail.receiving.gathering import colleague_row, is_verified_colleague
from helpdesk.mail.receiving.incoming import Incoming
from helpdesk.mail.receiving.ledger import Received
from helpdesk.mail.receiving.writing import Arrival, remarks, written
from helpdesk.people.model import Person
from helpdesk.people.service import contact_for
from helpdesk.settings.defaults import DONE
from helpdesk.settings.priorities import usual_priority
from helpdesk.settings.topics import presets
from helpdesk.tickets import service
from helpdesk.tickets.copies import join_copies
from helpdesk.tickets.edit import Edit, move_into
from helpdesk.tickets.model import Message, Ticket
from helpdesk.tickets.speaking import add_message

_SUBJECT = 250


def take(arrival: Arrival) -> Received:
    """Put the mail on its ticket, or on a new one; its row of the ledger.

    Raises
    ------
    ConditionFailed
        when something that it was decided by has changed; nothing has been written then.
    """
    if arrival.decision.ticket_id:
        return _append(arrival, arrival.decision.ticket_id)
    return _open(arrival)


def _append(arrival: Arrival, ticket_id: str) -> Received:
    """Put the mail on its ticket; who writes or gets copies by it takes part, unless he was removed (EM-43)."""
    incoming, found, decision = arrival.incoming, arrival.found, arrival.decision
    known = (found.person, found.company_id)
    org_id, name, cause = incoming.org_id, incoming.sender_name, _cause(incoming, None)
    person, people = contact_for(org_id, incoming.sender, name, cause=cause, found=known)
    within, buckets = arrival.buckets.take_ticket(ticket_id, incoming.policy.ticket_burst)
    arrival = replace(arrival, buckets=buckets)
    joining = [incoming.sender] if decision.third_party else named_in(incoming)
    rows: list[Received] = []

    def apply(edit: Edit) -> tuple[Sequence[Message], Sequence[Action]]:
        voice = voice_of(incoming, found, decision, edit.after)
        author = {"kind": "contact" if voice == "customer" else "agent", "id": person.id, "name": person.name}
        message, also, done = written(arrival, edit.after, author, voice)
        rows[:] = [done]
        counts = incoming.counts and (within or incoming.trusted) and not decision.recovery
        add_message(edit, message, counts=counts)
        if incoming.counts and not within and not incoming.trusted:
            _silenced(edit, arrival, "waking", "rate")
        if decision.recovery and found.key and found.key.solve and edit.after.category not in DONE:
            move_into(edit, "solved")
        if voice == "customer" and not incoming.automatic and person.kind == "contact":
            join_copies(edit, joining)
        return [message, *remarks(arrival, edit)], [*people, *also]

    service.change(system(incoming.org_id), _cause(incoming, found.person or person), ticket_id, apply)
    return rows[0]


def _open(arrival: Arrival) -> Received:
    incoming, box = arrival.incoming, arrival.incoming.mailbox
    silence = _silence(arrival)
    within, buckets = arrival.buckets.take_answer() if not silence and box.acknowledge else (True, arrival.buckets)
    silence = silence or (None if within else "rate")
    arrival = replace(arrival, buckets=buckets)
    preset = presets(incoming.org_id, box.topic_id)
    opening = service.Opening(
        subject=" ".join(incoming.mail.subject.split())[:_SUBJECT] or "(no subject)",
        email=incoming.sender,
        name=incoming.sender_name,
        channel="mail",
        cc=() if incoming.forwarded_by else tuple(named_in(incoming)),
        linked_to=arrival.decision.link_to,
        acknowledge=box.acknowledge and not silence,
        topic_id=box.topic_id,
        team_id=box.team_id or preset["team_id"],
        priority=preset["priority"] or usual_priority(incoming.org_id),
        type=preset["type"],
        tags=preset["tags"],
        mailbox_id=box.id,
        told=_told_of(incoming),
    )
    rows: list[Received] = []

    def write_first(ticket: Ticket) -> tuple[Message, Sequence[Action]]:
        person = ticket.requester
        author = {"kind": "contact", "id": person["id"], "name": person["name"]}
        message, also, done = written(arrival, ticket, author, "customer")
        rows[:] = [done]
        return message, also

    def finish(edit: Edit) -> list[Message]:
        if silence and box.acknowledge:
            _silenced(edit, arrival, "acknowledgement", silence)
        return remarks(arrival, edit)

    service.open_ticket(_cause(incoming, None), opening, write_first, finish=finish)
    return rows[0]


def named_in(incoming: Incoming) -> list[str]:
    """Who else the sender wrote to, but for our own addresses; as many as the policy takes of one mail."""
    mail = incoming.mail
    others = dict.fromkeys(one.email for one in (*mail.to, *mail.cc) if one.email != incoming.sender)
    theirs = [one for one in others if not addresses.is_ours(one, incoming.mailboxes)]
    return theirs[: incoming.policy.copies_per_mail]


def _silence(arrival: Arrival) -> str | None:
    """Why the sender is told nothing automatically, or None."""
    incoming = arrival.incoming
    if incoming.released:
        return "released"
    if incoming.forwarded_by:
        return "forwarded"
    return None if incoming.kind.answerable else "bounce" if incoming.kind.bounce else "automatic"


def _silenced(edit: Edit, arrival: Arrival, what: str, because: str) -> None:
    """Tell on the ticket what was left out; nothing is silent in silence (NO-01)."""
    signs = sorted(arrival.incoming.kind.automatic) if because == "automatic" else []
    data = {"mail_id": arrival.incoming.receipt.mail_id, "what": what, "because": because, "signs": signs}
    edit.record("ticket.mail_silenced", data)


def _told_of(incoming: Incoming) -> dict[str, Any]:
    """What `ticket.created` says of the mail: the mailboxes if it came to several (EM-44), and who passed it on."""
    several = {"mailbox_ids": [one.id for one in incoming.boxes]} if len(incoming.boxes) > 1 else {}
    by = incoming.forwarded_by
    return several | ({"forwarded_by": by.id} if by else {})


def _cause(incoming: Incoming, person: Person | None) -> Cause:
    """A colleague's own act, where his mail is verified; else that of a customer, who may not be known yet."""
    colleague = incoming.forwarded_by or (person if is_verified_colleague(incoming, person) else None)
    if colleague:
        return cause_of(person_actor(colleague_row(colleague)), "mail")
    return cause_of(Actor("contact", person.id if person else "mail", incoming.org_id, frozenset()), "mail")
