"""The log of a desk as a simulation of owners reads it: every ticket that anybody had in these days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from helpdesk.core.events import Event
from helpdesk.simulation.cases import Case, Step, drafted_steps, standing_case, steps_of
from helpdesk.simulation.log import all_changed_since, batches, changed_at, commands_of, logs, standing
from helpdesk.simulation.trial import Trial, without
from helpdesk.tickets.message_store import get_messages
from helpdesk.tickets.model import Message, Ticket

MOST_TICKETS = 10_000
MOST_LANGUAGES = 1_000  # tickets whose first words are read
_MESSAGES = 20  # of a ticket, among which its first words are
_AT_ONCE = 8


@dataclass
class Reading:
    """Tickets and what happened to them; `since` is later than was asked for where not all could be read."""

    since: str
    complete: bool = True
    moved: list[Case] = field(default_factory=list)
    standing: list[Case] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def add(self, ticket: Ticket, events: list[Event]) -> None:
        """One more ticket with its log."""
        self.moved.append(case := Case(ticket))
        self.steps += steps_of(case, commands_of(events))

    def add_drafted(self, ticket: Ticket, events: list[Event], rule_id: str, made: Iterable[Trial]) -> None:
        """The same without what a rule did, and with what its draft would have done."""
        self.moved.append(case := Case(ticket))
        commands = commands_of(events)
        kept = without(rule_id, commands)
        self.steps += steps_of(case, kept) + steps_of(case, (one for one in commands if one not in kept), "was")
        self.steps += drafted_steps(case, made)

    def stand(self, org_id: str) -> None:
        """Add the tickets that have not changed since, and put the steps in order."""
        known = {case.ticket.id for case in self.moved}
        self.standing = [standing_case(one) for one in standing(org_id, self.since) if one.id not in known]
        self.steps.sort(key=lambda step: (step.at, step.case.ticket.id))


def read(org_id: str, since: str, more: Callable[[], bool]) -> Reading:
    """The log since a time, or since a later one: what is read is whole, so that no load is too low."""
    found = Reading(since)
    for batch in batches(all_changed_since(org_id, since)):
        for ticket, events in logs(batch):
            found.add(ticket, events)
        if len(found.moved) >= MOST_TICKETS or not more():
            found.complete, found.since = False, changed_at(batch[-1])
            break
    found.stand(org_id)
    return found


class Words:
    """The languages of what customers wrote first, told from their words where the log does not have them."""

    def __init__(self, found: Reading, routings: Mapping[str, dict[str, Any]]) -> None:
        asked = [case for case in (*found.moved, *found.standing) if _asks(case, routings)]
        self.left_out = len(asked[MOST_LANGUAGES:])
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            said = pool.map(_customers, asked[:MOST_LANGUAGES])
        self._said = dict(said)
        self._told: dict[str, str | None] = {}

    def __call__(self, case: Case, at: str) -> str | None:
        """The language of what had been written by a time; None where it cannot be told."""
        said = [one.body_text for one in self._said.get(case.ticket.id, ()) if one.created_at <= at]
        text = "\n".join([case.ticket.subject, *said])
        if case.ticket.id not in self._said:
            return None
        if text not in self._told:
            from helpdesk.routing.languages import language_of

            self._told[text] = language_of(text)
        return self._told[text]


def _asks(case: Case, routings: Mapping[str, dict[str, Any]]) -> bool:
    routing = routings.get(case.ticket.team_id or "")
    return bool(routing and routing["language"] != "ignore" and not case.ticket.language)


def _customers(case: Case) -> tuple[str, list[Message]]:
    rows, _ = get_messages(case.ticket.org_id, case.ticket.id, limit=_MESSAGES)
    return case.ticket.id, [one for one in rows if one.kind == "customer"]
