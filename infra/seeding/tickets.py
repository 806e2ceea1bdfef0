"""One ticket of a seeded desk: a whole conversation, told by the domain's own verbs, in one commit."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from helpdesk.access.actor import Actor, cause_of
from helpdesk.access.people import person_actor
from helpdesk.core import clock
from helpdesk.core.ids import new_id
from helpdesk.people.model import Person
from helpdesk.tickets import edit as verbs
from helpdesk.tickets import number_store, service, store
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Message
from helpdesk.tickets.speaking import add_message
from helpdesk.tickets.words import both_forms
from infra.seeding.phrases import Story, tell

VIA = "import"  # what an import tells is history: the outbound rule of template.yaml mails nothing for it


@dataclass(frozen=True)
class Plan:
    """What is decided of a ticket before it is told."""

    created: datetime
    requester: Person
    agent: Person
    team_id: str
    story: Story
    ends_as: str


def plan(created: datetime, now: datetime, people: dict[str, Any], rng: random.Random) -> Plan:
    """A ticket of that time; one in five is still open, the younger ones more often."""
    requester = rng.choice(people["customers"])
    story = tell(requester.locale, rng)
    team_id = people["teams"][story.team]
    colleagues = [it for it in people["colleagues"] if team_id in it.team_ids] or people["colleagues"]
    days = (now - created).days
    return Plan(created, requester, rng.choice(colleagues), team_id, story, _end(days, rng))


def write(it: Plan, org_id: str, rng: random.Random) -> int:
    """Commit the ticket with its thread and events; how many events it has."""
    teller = _Teller(it, org_id, rng)
    teller.open()
    if it.ends_as != "new":
        teller.handle()
    number = teller.edit
    store.commit(None, number.after, number.events, teller.messages)
    return len(number.events)


class _Teller:
    """Tells the steps of one conversation in the order in which they happened."""

    def __init__(self, it: Plan, org_id: str, rng: random.Random) -> None:
        self.it, self.rng, self.org_id = it, rng, org_id
        self.at = it.created
        self.customer, self.agent = _actor(it.requester), _actor(it.agent)
        self.edit = Edit(None, cause_of(self.customer, VIA), ticket_id=new_id(it.created))
        self.messages: list[Message] = []

    def open(self) -> None:
        story = self.it.story
        opening = service.Opening(
            subject=story.subject,
            email=self.it.requester.email,
            channel=self.rng.choice(["mail", "mail", "mail", "portal", "api"]),
            priority=story.priority,
            tags=story.tags,
            team_id=self.it.team_id,
        )
        self._as(self.customer)
        service.begin(self.edit, opening, number_store.next_number(self.org_id), self.it.requester.reference)
        self._say("customer", story.opening, self.customer)

    def handle(self) -> None:
        story = self.it.story
        self._later(self.rng.expovariate(1 / 90))
        self._as(self.agent)
        self.edit.record("ticket.assigned", assignee_id=self.it.agent.id)
        if self.rng.random() < 0.3:
            self._say("note", story.note, self.agent)
        self._say("reply", story.answer, self.agent)
        if self.rng.random() < 0.4:
            self._later(self.rng.expovariate(1 / 300))
            self._as(self.customer)
            self._say("customer", story.follow_up, self.customer)
            self._later(self.rng.expovariate(1 / 120))
            self._as(self.agent)
            self._say("reply", story.answer, self.agent)
        self._end()

    def _end(self) -> None:
        if self.it.ends_as in ("waiting", "on_hold"):
            verbs.move_to(self.edit, self.it.ends_as)
        if self.it.ends_as in ("solved", "closed"):
            if self.rng.random() < 0.5:
                self._later(self.rng.expovariate(1 / 200))
                self._as(self.customer)
                self._say("customer", self.it.story.thanks, self.customer)
                self._as(self.agent)
            verbs.solve(self.edit)
        if self.it.ends_as == "closed":
            self._later(7 * 24 * 60)
            verbs.move_to(self.edit, "closed")

    def _say(self, kind: str, words: str, author: Actor) -> None:
        self._later(self.rng.uniform(1, 5))
        text, html = both_forms(words, None)
        message = Message(
            id=new_id(self.at),
            kind=kind,
            author={"kind": author.kind, "id": author.id, "name": author.name},
            body_text=text,
            body_html=html,
            created_at=clock.iso(self.at),
            to=(self.it.requester.email,) if kind == "reply" else (),
            delivery={"status": "delivered" if kind == "reply" else "none"},
        )
        add_message(self.edit, message)
        self.messages.append(message)

    def _as(self, actor: Actor) -> None:
        self.edit.cause = cause_of(actor, VIA)

    def _later(self, minutes: float) -> None:
        self.at = min(self.at + timedelta(minutes=minutes), clock.now())
        self.edit.at = clock.iso(self.at)


def _actor(person: Person) -> Actor:
    return person_actor({**person.__dict__})


def _end(days: int, rng: random.Random) -> str:
    """Of the last 60 days 80 % are open, of older ones 8 %: together a fifth of a year's tickets."""
    if rng.random() < (0.8 if days < 60 else 0.08):
        return rng.choices(["new", "open", "waiting", "on_hold"], [25, 40, 25, 10])[0]
    return "solved" if days < 10 or rng.random() < 0.2 else "closed"
