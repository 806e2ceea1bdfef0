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
