"""A ticket on its way through the log, in two worlds: as it was, and as it would have been with a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helpdesk.core.events import Event
from helpdesk.routing.model import Decision
from helpdesk.settings.defaults import DONE
from helpdesk.simulation.trial import Trial
from helpdesk.tickets.model import Ticket

PLACED = ("team_id", "category", "trashed_at", "merged_into")
_LANGUAGE = "language"


@dataclass
class Place:
    """Where a ticket stands in one of the worlds."""

    team_id: str | None = None
    category: str = ""
    trashed_at: str | None = None
    merged_into: str | None = None
    owner: str | None = None

    @property
    def active(self) -> bool:
        """Whether somebody has to do something; a ticket that is not there yet has no category."""
        return bool(self.category) and self.category not in DONE and not self.trashed_at and not self.merged_into

    @property
    def holder(self) -> str | None:
        """On whose load it stands."""
        return self.owner if self.active else None


@dataclass
class Wait:
    """A time in which nobody could take it."""

    since: str
    reason: str
    team_id: str
    until: str | None = None


@dataclass
class Case:
    """One ticket in both worlds, and what came of it in the one that would have been."""

    ticket: Ticket
    was: Place = field(default_factory=Place)
    then: Place = field(default_factory=Place)
    language: str | None = None
    last_owner: str | None = None
    wait: Wait | None = None  # that has not ended
    waits: list[Wait] = field(default_factory=list)
    decided: tuple[str, Decision] | None = None  # the last decision, and when it was made
    concerned: bool = False  # it had to find somebody, or had somebody, in a team that gives out


@dataclass(frozen=True)
class Step:
    """What one command changed of a ticket: its places, and its owner from whom to whom."""

    at: str
    case: Case
    places: Mapping[str, Any] = field(default_factory=dict)
    owner: tuple[str | None, str | None] | None = None
    language: str | None = None
    routed: bool = False  # the desk gave it out
    opened: bool = False  # it was done before
    of: str = "both"  # the worlds in which it happens: both, was, then


def steps_of(case: Case, commands: Iterable[Sequence[Event]], of: str = "both") -> list[Step]:
    """What the log says of a ticket, command by command; those that change nothing of this are left out."""
    return [step for command in commands if (step := _step(case, command, of))]


def drafted_steps(case: Case, made: Iterable[Trial]) -> list[Step]:
    """What a draft of a rule would have done to a ticket's places and owner."""
    steps = []
    for trial in made:
        places = {name: trial.changes[name]["to"] for name in PLACED if name in trial.changes}
        owner = trial.changes.get("assignee_id")
        if places or owner:
            steps.append(Step(trial.at, case, places, (owner["from"], owner["to"]) if owner else None, of="then"))
    return steps


def _step(case: Case, command: Sequence[Event], of: str) -> Step | None:
    moved: dict[str, Any] = {}
    for event in command:
        for name, change in event.changes.items():
            if name in PLACED or name in (_LANGUAGE, "assignee_id"):
                moved[name] = (moved[name][0] if name in moved else change["from"], change["to"])
    if not moved:
        return None
    before, after = moved.get("category", ("", ""))
    return Step(
        at=command[-1].at,
        case=case,
        places={name: moved[name][1] for name in PLACED if name in moved},
        owner=moved.get("assignee_id"),
        language=moved.get(_LANGUAGE, (None, None))[1],
        routed=any("routing" in event.data for event in command),
        opened=before in DONE and after not in DONE,
        of=of,
    )


def standing_case(ticket: Ticket) -> Case:
    """A ticket to which nothing happens in these days."""
    case = Case(ticket, language=ticket.language)
    for place in (case.was, case.then):
        for name in PLACED:
            setattr(place, name, getattr(ticket, name))
        place.owner = ticket.assignee_id
    return case
