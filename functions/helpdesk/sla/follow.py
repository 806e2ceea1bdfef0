"""How promises follow what happens to a ticket: a pure function of what was promised, what has happened, and when."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from helpdesk.calendars import business_time
from helpdesk.calendars.business_time import Span
from helpdesk.core import clock
from helpdesk.sla.model import Situation, Sla, Target, Terms

MOST_PAUSES = 100  # of one ticket; beyond, those that are closest to each other become one
_SAID = ("warned_at", "breached_at")


def follow(sla: Sla | None, was: Situation | None, now: Situation, terms: Terms, at: str) -> Sla:
    """The promises as they stand after a change; the same as before if it does not touch them.

    `was` is the situation before it, None when only the terms have changed. A target keeps its beginning under new
    terms: what counts is when the customer began to wait, not when somebody raised the priority.
    """
    sla = sla or {"paused_at": None, "pauses": [], "targets": {}}
    paused_at, pauses = _paused(sla, now.stands, at)
    spoken = now.last_message if was is not None and now.last_message != was.last_message else None
    begun = {name: _begun(name, sla["targets"].get(name), now, spoken, terms) for name in terms.minutes}
    reckon = _Reckoning(terms, paused_at, pauses, at)
    targets = {
        name: reckon.target(sla["targets"].get(name), terms.minutes[name], *found)
        for name, found in begun.items()
        if found
    }
    return {
        "policy_id": terms.policy_id,
        "policy": terms.policy,
        "policy_version": terms.version,
        "calendar_id": terms.calendar_id,
        "paused_at": paused_at,
        "pauses": pauses,
        "targets": targets,
    }


def _paused(sla: Sla, stands: bool, at: str) -> tuple[str | None, list[list[str]]]:
    paused_at, pauses = sla["paused_at"], sla["pauses"]
    if stands:
        return paused_at or at, pauses
    if paused_at:
        pauses = _bounded([*pauses, [paused_at, at]])
    return None, pauses


def _bounded(pauses: list[list[str]]) -> list[list[str]]:
    if len(pauses) <= MOST_PAUSES:
        return pauses
    gaps = [clock.parse(after[0]) - clock.parse(one[1]) for one, after in pairwise(pauses)]
    first = gaps.index(min(gaps))
    return [*pauses[:first], [pauses[first][0], pauses[first + 1][1]], *pauses[first + 2 :]]


def _begun(name: str, old: Target | None, now: Situation, spoken: Any, terms: Terms) -> tuple[str, str | None] | None:
    """`(since, met_at)` of a target, None while nothing of the kind is promised."""
    if name in ("first_response", "resolution"):
        met_at = now.first_response_at if name == "first_response" else now.resolved_at
        return None if met_at and met_at < terms.begins else (terms.begins, met_at)
    by = spoken["kind"] if spoken else None
    if name == "update":
        return (spoken["at"] if by == "reply" else old["since"] if old else terms.begins), None
    return _next_response(old, now, spoken, by, terms)


def _next_response(
    old: Target | None, now: Situation, spoken: Any, by: str | None, terms: Terms
) -> tuple[str, str | None] | None:
    waiting = old is not None and not old.get("met_at")
    if by == "customer" and now.first_response_at and not waiting:
        return spoken["at"], None
    if old:
        return old["since"], old.get("met_at") or (spoken["at"] if by == "reply" else None)
    last = now.last_message or {}
    if now.first_response_at and last.get("kind") == "customer":
        return max(last["at"], terms.begins), None
    return None


class _Reckoning:
    """When targets are due under some terms, with the pauses so far."""

    def __init__(self, terms: Terms, paused_at: str | None, pauses: list[list[str]], at: str) -> None:
        self.terms, self.at, self.stands = terms, at, paused_at is not None
        standing = [[paused_at, at]] if paused_at else []
        self.pauses: list[Span] = [(clock.parse(since), clock.parse(until)) for since, until in [*pauses, *standing]]

    def target(self, old: Target | None, minutes: int, since: str, met_at: str | None) -> Target:
        """A target as it is now; one that is met stays as it was."""
        told = old if old and old["since"] == since else {}
        if met_at and (told.get("met_at"), told.get("minutes")) == (met_at, minutes):
            return dict(told)
        target: Target = {"minutes": minutes, "since": since}
        if met_at:
            target |= self._times(minutes, since) | {"met_at": met_at}
        elif self.stands:
            target |= {"left_seconds": self._left(minutes, since)}
        else:
            target |= self._times(minutes, since)
        return target | self._still_true(told, target)

    def _still_true(self, told: Target, target: Target) -> Target:
        """What was said of the target before, unless other terms have given it more time."""
        in_time = target.get("due_at", "") > self.at or target.get("left_seconds", 0) > 0
        early = target.get("warn_at", "") > self.at
        gone = {"breached_at"} if in_time and not target.get("met_at") else set()
        gone |= {"warned_at"} if early else set()
        return {name: told[name] for name in _SAID if name in told and name not in gone}

    def _times(self, minutes: int, since: str) -> Target:
        moments = {"due_at": minutes * 60.0, "warn_at": minutes * 60.0 * self.terms.warn_share}
        found = {
            name: business_time.after(self.terms.calendar, clock.parse(since), seconds, self.pauses)
            for name, seconds in moments.items()
        }
        return {name: clock.iso(moment) for name, moment in found.items() if moment}

    def _left(self, minutes: int, since: str) -> int:
        used = business_time.open_seconds(self.terms.calendar, clock.parse(since), clock.parse(self.at), self.pauses)
        return round(minutes * 60 - used)
