"""A draft of how tickets are given out, over the event log of the last days: who would have what, and why (RT-05)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import may_see
from helpdesk.core import clock
from helpdesk.simulation.cases import Case, Wait
from helpdesk.simulation.load import load_of
from helpdesk.simulation.owners import Replay
from helpdesk.simulation.reading import Reading, read
from helpdesk.simulation.terms import Drafted, as_it_is, drafted

MOST_SHOWN = 50
REPLAY_SECONDS = 6  # beside the seconds that the reading has
_ASSUMED = {
    "as_now": "Teams, abilities, capacities, shifts and leaves are those of now for all of these days.",
    "availability": "Who was away or offline is taken from the log; who had not said anything was available.",
    "at_once": "Tickets are given out at once; in life it is seconds later, at the end of a shift up to 5 minutes.",
    "same_work": "Tickets are answered, solved and opened again when they were, whoever has them.",
    "by_hand": "An owner that somebody set by hand is set here only where the ticket has the owner that he found.",
    "no_effects": "What rules would have done because a ticket had another owner is not followed.",
}
_LANGUAGES = "The language of some tickets is not known: too many had to be told from their words."
_SHORTER = "There was no time for all of these days: it begins at `since`, and is whole from there."


def simulate(actor: Actor, body: dict[str, Any], more: Callable[[], bool]) -> dict[str, Any]:
    """What the draft `{id?, routing?, people?, organisation?, days}` would have done; reading ends without `more`.

    Raises
    ------
    Invalid
        as saving each part would; see `terms.drafted`.
    """
    now, draft = as_it_is(actor.org_id), drafted(actor.org_id, body)
    since, until = clock.iso(clock.now() - timedelta(days=body["days"])), clock.stamp()
    found = read(actor.org_id, since, more)
    played = replayed(actor.org_id, found, now, draft, until)
    concerned = [case for case in played.cases.values() if case.concerned]
    loads = load_of(played, now.capacities(), draft.capacities())
    span = {"days": body["days"], "since": found.since, "until": played.until}
    seen = {"tickets_seen": len(found.moved) + len(found.standing), "all": found.complete and played.until == until}
    return span | seen | _told(actor, concerned) | loads | {"assumptions": _assumptions(found, played)}


def replayed(org_id: str, found: Reading, now: Drafted, draft: Drafted, until: str) -> Replay:
    """What was read, gone through with a draft in force."""
    played = Replay(draft.terms(org_id, found, until), now.weights, found.since, until)
    played.stand(found.standing)
    played.run(found.steps, clock.allowance(REPLAY_SECONDS))
    return played


def _told(actor: Actor, cases: Iterable[Case]) -> dict[str, Any]:
    known = list(cases)
    moved = [case for case in known if case.was.owner != case.then.owner]
    waits = [(case, wait) for case in known for wait in case.waits]
    shown = sorted((case for case in moved if may_see(actor, case.ticket)), key=_newest, reverse=True)
    waited = sorted(((case, wait) for case, wait in waits if may_see(actor, case.ticket)), key=_latest, reverse=True)
    return {
        "tickets": len(known),
        "moved": len(moved),
        "same": len(known) - len(moved),
        "without_owner": sum(case.then.active and not case.then.owner for case in known),
        "found": [_owners(case) for case in shown[:MOST_SHOWN]],
        "waited": len({case.ticket.id for case, _ in waits}),
        "unmatched": [_waited(case, wait) for case, wait in waited[:MOST_SHOWN]],
    }


def _owners(case: Case) -> dict[str, Any]:
    at, decision = case.decided if case.decided else (None, None)
    chosen = decision.chosen if decision else None
    why = {"why": decision.why if decision else None, "relaxed": decision.relaxed if decision else None}
    load = {"load": chosen.load if chosen else None, "capacity": chosen.capacity if chosen else None}
    return _named(case) | {"before": case.was.owner, "after": case.then.owner, "at": at} | why | load


def _waited(case: Case, wait: Wait) -> dict[str, Any]:
    return _named(case) | {"team_id": wait.team_id, "since": wait.since, "until": wait.until, "reason": wait.reason}


def _named(case: Case) -> dict[str, Any]:
    ticket = case.ticket
    named = {"ticket_id": ticket.id, "number": ticket.number, "subject": ticket.subject[:100]}
    return named | {"team_id": case.then.team_id}


def _newest(case: Case) -> str:
    return case.ticket.created_at


def _latest(one: tuple[Case, Wait]) -> str:
    return one[1].since


def _assumptions(found: Reading, played: Replay) -> list[dict[str, Any]]:
    told = dict(_ASSUMED)
    if played.terms.words.left_out:
        told["languages"] = _LANGUAGES
    if not found.complete:
        told["shorter"] = _SHORTER
    counts = {"by_hand": played.by_hand_left_out, "languages": played.terms.words.left_out}
    return [{"code": code, "text": text, "count": counts.get(code)} for code, text in told.items()]
