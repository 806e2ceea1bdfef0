"""Answers of routing: why a ticket is with whom it is with."""

from __future__ import annotations

from typing import Literal

from helpdesk.web.answers.base import Answered

Cause = Literal["gave_back", "away", "offline", "off_shift", "lacks_skill", "lacks_level", "lacks_language", "full"]


class Unmatched(Answered):
    """Since when and why nobody of the team can take the ticket, and when it is looked at again at the latest."""

    since: str
    reason: str
    retry_at: str | None
    team_id: str
    relaxed: Literal["none", "levels", "skills"]


class LeftOut(Answered):
    """Somebody who could not take the ticket, and the first cause."""

    person_id: str
    cause: Cause


class RoutingDecision(Answered):
    """Who was chosen and by what, or why nobody was; `load` and `capacity` are the chosen one's, before it.

    `left_out` counts all who could not take it by cause, `others` names at most 20 of them. `speaks` is whether the
    chosen one answers in the ticket's `language`; both are null where the team does not ask for it.
    """

    trigger: Literal["created", "changed", "unassigned", "reopened", "freed", "timer", "away", "shift_end"]
    team_id: str
    chosen: str | None
    why: Literal["least_loaded", "longest_idle", "last_owner", "only_one", "no_members"] | Cause
    load: int | None
    capacity: int | None
    relaxed: Literal["none", "levels", "skills"]
    language: str | None
    speaks: bool | None
    left_out: dict[str, int]
    others: list[LeftOut]


class Decider(Answered):
    """Who decided."""

    kind: str
    id: str


class RoutingReason(Answered):
    """Why a ticket is with whom it is with, or with nobody; `decision` is null where a person gave it away."""

    state: Literal["assigned", "unmatched", "waiting", "by_hand", "done"]
    assignee_id: str | None
    language: str | None
    at: str | None
    by: Decider | None
    decision: RoutingDecision | None


class LoadSide(Answered):
    """Tickets that somebody got, his highest load at once in points, and its share of his capacity."""

    assigned: int
    highest: int
    share: float | None


class SimulatedLoad(Answered):
    """A colleague as it was, and as it would have been."""

    person_id: str
    capacity: int | None
    before: LoadSide
    after: LoadSide


class Fairness(Answered):
    """The most tickets that a member got, less the least."""

    before: int
    after: int


class SimulatedTicket(Answered):
    """A ticket of which something would have been another."""

    ticket_id: str
    number: int
    subject: str
    team_id: str | None


class SimulatedOwner(SimulatedTicket):
    """Who has it at the end of these days and who would have had it, why, and the last time that it was given out."""

    before: str | None
    after: str | None
    at: str | None
    why: Literal["least_loaded", "longest_idle", "last_owner", "only_one", "no_members"] | Cause | None
    relaxed: Literal["none", "levels", "skills"] | None
    load: int | None
    capacity: int | None


class SimulatedWait(SimulatedTicket):
    """A time in which nobody could have taken it; `until` is null where it had not ended."""

    since: str
    until: str | None
    reason: Literal["no_members"] | Cause


class Assumption(Answered):
    """What the simulation takes for granted; `count` is how often that mattered, where it is known."""

    code: str
    text: str
    count: int | None


class RoutingSimulation(Answered):
    """A draft over the log: `tickets` had to find somebody, `moved` of them would have another owner at the end.

    `waited` could not be taken by anybody for a time, `without_owner` would have none at the end. `found` and
    `unmatched` have at most fifty, the newest, of the tickets that the caller may see. `since` is later than asked
    for, and `until` earlier, where there was no time for all of these days: `all` is false then.
    """

    days: int
    since: str
    until: str
    tickets_seen: int
    all: bool
    tickets: int
    moved: int
    same: int
    without_owner: int
    found: list[SimulatedOwner]
    waited: int
    unmatched: list[SimulatedWait]
    load: list[SimulatedLoad]
    fairness: Fairness
    assumptions: list[Assumption]
