"""Documents of every shape for the engines' tests."""

from __future__ import annotations

import random

from helpdesk.search.documents import Document, ticket_document
from helpdesk.tickets.model import Message, Ticket

_WORDS = ["charger", "stops", "now", "say no", "a b", "größe", "präzise Lade", "充電", "or", "12", "z", "a:b x"]


def text_of(document: Document, notes: bool) -> str:
    """The words that filters may find, as `matches` takes them; a phrase does not reach from one text into another."""
    parts = [document.strong, document.public, *([document.people, document.notes] if notes else [])]
    return " \u0001brk\u0001 ".join(parts)


def a_ticket(number: int, rng: random.Random) -> tuple[Ticket, list[Message]]:
    """A ticket with any values that conditions ask for."""
    status = rng.choice(["new", "open", "waiting", "solved", "closed"])
    day = rng.randrange(15, 21)
    created = f"2026-11-{day}T0{rng.randrange(9)}:00:00.000Z"
    done = status in ("solved", "closed")
    ticket = Ticket(
        org_id="acme",
        id=f"01TICKET{number:018}",
        number=number,
        subject=" ".join(rng.sample(_WORDS, 2)),
        status_id=status,
        category=status,
        priority=rng.choice(["low", "normal", "high", "urgent"]),
        requester={"id": rng.choice(["CARLA", "DORA", "ANNA"]), "name": "Carla", "email": "carla@customer.test"},
        assignee_id=rng.choice([None, "ANNA", "BERT"]),
        team_id=rng.choice([None, "A", "B"]),
        tags=tuple(rng.sample(["vip", "spam", "battery", "größe"], rng.randrange(3))),
        fields={"site": rng.choice(["B", "x y", "z", None]), "size": rng.choice([9.5, 10, -3, 9, "z", None])}
        | ({"t-1": ["x y", "z"]} if rng.random() < 0.3 else {}),
        cc=("ME",) if rng.random() < 0.3 else (),
        channel=rng.choice(["mail", "portal"]),
        message_count=rng.randrange(8),
        has_attachments=rng.random() < 0.5,
        first_response_at=created if rng.random() < 0.5 else None,
        resolved_at=f"2026-11-{day}T10:00:00.000Z" if done else None,
        status_changed_at=created,
        created_at=created,
        updated_at=f"2026-11-{day}T1{rng.randrange(9)}:00:00.000Z",
        version=1,
    )
    return ticket, [a_message(place, rng) for place in range(rng.randrange(4))]


def a_message(place: int, rng: random.Random) -> Message:
    """Words of anybody."""
    return Message(
        id=f"01MESSAGE{place:017}",
        kind=rng.choice(["customer", "reply", "note"]),
        author={"kind": "agent", "id": "ANNA", "name": "Anna"},
        body_text=" ".join(rng.sample(_WORDS, 3)),
        body_html="",
        created_at="2026-11-20T08:00:00.000Z",
    )


_RNG = random.Random(5)
DOCUMENTS = [ticket_document(*a_ticket(1000 + number, _RNG)) for number in range(60)]
