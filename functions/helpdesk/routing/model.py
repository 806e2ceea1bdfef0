"""What routing decides by and what it decides; pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

RELAXED = ("none", "levels", "skills")
CAUSES = ("gave_back", "away", "offline", "off_shift", "lacks_skill", "lacks_level", "lacks_language", "full")
"""Why somebody is left out, in the order in which it is asked."""
MOST_NAMED = 20  # of those left out, in a decision that is kept


@dataclass(frozen=True)
class Wish:
    """What a ticket asks of who takes it."""

    team_id: str
    requires: Mapping[str, int] = field(default_factory=dict)  # the least level of each skill
    language: str | None = None  # that its customer writes in
    language_rule: str = "ignore"  # or `prefer`, `require`
    weight: int = 1  # points of load
    last_owner: str | None = None  # who is to have it again if he can
    relaxed: str = "none"  # how far skills may be relaxed by now
    given_back: frozenset[str] = frozenset()  # who has just let it go


@dataclass(frozen=True)
class Candidate:
    """A member of the team, as he is at this moment."""

    id: str
    state: str = "available"
    on_shift: bool = True
    skills: Mapping[str, int] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    load: int = 0  # points
    capacity: int = 20  # points
    assigned_at: str = ""  # when he got a ticket last; "" for never
    moves: int = 0  # of his load, as it was read

    @property
    def share(self) -> float:
        """How much of his capacity is used."""
        return self.load / self.capacity if self.capacity else 1.0


@dataclass(frozen=True)
class Decision:
    """Who gets a ticket, or why nobody does."""

    chosen: Candidate | None
    why: (
        str  # `last_owner`, `least_loaded`, `longest_idle`, `only_one`; of nobody: the cause that most were left out by
    )
    relaxed: str
    speaks: bool | None  # whether he answers in the ticket's language; None where that was not asked
    left_out: Mapping[str, str]  # the cause, by person

    def told(self, wish: Wish, trigger: str) -> dict[str, Any]:
        """The decision as an event keeps it: ids alone, and of those left out at most 20 by name."""
        counts = {cause: list(self.left_out.values()).count(cause) for cause in CAUSES}
        by_cause = sorted(self.left_out.items(), key=lambda one: (-CAUSES.index(one[1]), one[0]))
        chosen = self.chosen
        return {
            "trigger": trigger,
            "team_id": wish.team_id,
            "chosen": chosen.id if chosen else None,
            "why": self.why,
            "load": chosen.load if chosen else None,
            "capacity": chosen.capacity if chosen else None,
            "relaxed": self.relaxed,
            "language": wish.language if wish.language_rule != "ignore" else None,
            "speaks": self.speaks,
            "left_out": {cause: count for cause, count in counts.items() if count},
            "others": [{"person_id": id_, "cause": cause} for id_, cause in by_cause[:MOST_NAMED]],
        }
