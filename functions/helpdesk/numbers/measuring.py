"""From a ticket's events to what they add to the numbers: pure, and the same whenever it is done again.

First response counts from the ticket's creation, the next ones from the first word of the customer that waits for
an answer, a resolution from the creation or, after a reopening, from that. What is undone is taken out again on the
day on which it was counted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from helpdesk.calendars.business_time import open_seconds
from helpdesk.calendars.model import Calendar
from helpdesk.core import clock
from helpdesk.core.events import Event
from helpdesk.numbers.model import AGENT, POLICY, TEAM, WHOLE, Measure, Subject, lasting
from helpdesk.settings.defaults import DONE

_NO_WORK = frozenset({"ticket.merged", "ticket.unmerged"})  # the status follows that of another ticket

CalendarOf = Callable[[str], Calendar | None]


def measured(events: Sequence[Event], calendar_of: CalendarOf) -> list[Measure]:
    """What each of a ticket's events adds, oldest first; `calendar_of` gives the calendar of an id, None for none."""
    log = _Log(calendar_of)
    for event in events:
        log.take(event)
    return log.found


class _Log:
    """The state of a ticket as its events tell it, as far as the numbers need it."""

    def __init__(self, calendar_of: CalendarOf) -> None:
        self.calendar_of = calendar_of
        self.found: list[Measure] = []
        self.now: dict[str, Any] = {"category": "new"}
        self.begun = ""  # since when it is open
        self.waits: str | None = None  # since when the customer waits for an answer
        self.answered = False
        self.seen: set[tuple[str, str]] = set()
        self.undoable: dict[str, tuple[Event, tuple[str | None, str], list[Measure]]] = {}

    def take(self, event: Event) -> None:
        was = dict(self.now)
        self.now |= {name: change["to"] for name, change in event.changes.items()}
        self._involve(event)
        if event.type == "ticket.created":
            self.begun = event.at
            self._add(event, [*self._of_team(), WHOLE], ("created", 1))
        self._promises(event)
        if event.type == "message.received":
            self.waits = self.waits or event.at
            self._add(event, [*self._of_team(), WHOLE], ("received", 1))
        if event.type == "message.sent" and not event.data.get("automatic") and event.actor["kind"] in ("agent", "key"):
            self._replied(event)
        if (owner := event.changes.get("assignee_id", {}).get("to")) and event.type not in _NO_WORK:
            self._add(event, [Subject(AGENT, owner)], ("assigned", 1))
        if event.changes.get("category") and event.type not in _NO_WORK:
            self._moved(event, was)

    def _moved(self, event: Event, was: dict[str, Any]) -> None:
        done, before = self.now["category"] in DONE, was["category"] in DONE
        if done == before or self._undone(event):
            return
        state, made = (self.waits, self.begun), len(self.found)
        if done:
            owner = was.get("assignee_id") or _agent(event)
            spent = self._lasting("resolution", self.begun, event.at)
            self._add(event, self._everybody(owner), ("resolved", 1), *spent)
            self.waits = None
        else:
            self._add(event, self._everybody(was.get("assignee_id")), ("reopened", 1))
            self.begun = event.at
        self.undoable[event.id] = (event, state, self.found[made:])

    def _undone(self, event: Event) -> bool:
        """Take out again what was counted for the event that this one takes back, if it is one that does so."""
        told, state, counted = self.undoable.get(event.causation_id or "", (None, (None, ""), []))
        if not told or told.changes["category"]["from"] != self.now["category"]:
            return False
        self.waits, self.begun = state
        for one in counted:
            back = tuple((name, -value) for name, value in one.adds)
            self.found.append(Measure(event.version, one.day, one.subjects, back))
        return True

    def _replied(self, event: Event) -> None:
        agent = _agent(event)
        since, name = (self.waits, "next_response") if self.answered else (self.begun, "first_response")
        spent = self._lasting(name, since, event.at) if since else ()
        self._add(event, self._everybody(agent), ("replied", 1), *spent)
        self.waits, self.answered = None, True

    def _promises(self, event: Event) -> None:
        policy = (self.now.get("sla") or {}).get("policy_id")
        subjects = self._everybody(self.now.get("assignee_id"))
        if event.type == "ticket.sla_breached":
            self._add(event, subjects, ("promises_broken", 1))
        change = event.changes.get("sla")
        if not change or not policy:
            return
        before = (change["from"] or {}).get("targets", {})
        kept = [
            name
            for name, target in change["to"]["targets"].items()
            if target.get("met_at")
            and not (before.get(name) or {}).get("met_at")
            and not target.get("breached_at")
            and target["met_at"] <= (target.get("due_at") or target["met_at"])
        ]
        if kept:
            self._add(event, subjects, ("promises_kept", len(kept)))

    def _involve(self, event: Event) -> None:
        """A ticket counts once a day for whoever does something with it."""
        agent, day = _agent(event), day_of(event)
        if agent and (agent, day) not in self.seen:
            self.seen.add((agent, day))
            self._add(event, [Subject(AGENT, agent)], ("involved", 1))

    def _lasting(self, name: str, since: str, until: str) -> tuple[tuple[str, float], ...]:
        start, end = clock.parse(since), clock.parse(until)
        id_ = (self.now.get("sla") or {}).get("calendar_id")
        calendar = self.calendar_of(id_) if id_ else None
        return lasting(name, max(0.0, (end - start).total_seconds()), open_seconds(calendar, start, end))

    def _everybody(self, agent: str | None) -> list[Subject]:
        policy = (self.now.get("sla") or {}).get("policy_id")
        own = [Subject(AGENT, agent)] if agent else []
        return [*own, *self._of_team(), *([Subject(POLICY, policy)] if policy else []), WHOLE]

    def _of_team(self) -> list[Subject]:
        return [Subject(TEAM, self.now["team_id"])] if self.now.get("team_id") else []

    def _add(self, event: Event, subjects: Sequence[Subject], *adds: tuple[str, float]) -> None:
        self.found.append(Measure(event.version, day_of(event), tuple(subjects), adds))


def day_of(event: Event) -> str:
    """The day on which an event counts, in UTC."""
    return event.at[:10]


def _agent(event: Event) -> str | None:
    return event.actor["id"] if event.actor["kind"] == "agent" else None
