"""Giving tickets out: read, choose, and claim in one transaction with the load that was seen.

The claim is the ordinary event of an assignment. It holds only if the ticket is still at the version that was read
and the load of who was chosen has not moved: so two workers never give one ticket twice, nor fill anybody beyond his
capacity, and a worker that is killed and tried again finds what it had done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from aws_lambda_powertools import Logger

from helpdesk.access.actor import cause_of, system
from helpdesk.core.errors import NotFound, Stale, Unavailable
from helpdesk.core.table import Action, ConditionFailed
from helpdesk.core.tries import tries
from helpdesk.coverage.service import Rotas
from helpdesk.routing import handover, members, wishes
from helpdesk.routing.choice import cause_against, choose
from helpdesk.routing.languages import language_of
from helpdesk.routing.model import Candidate, Decision, Wish
from helpdesk.settings.teams import automatic
from helpdesk.tickets import store
from helpdesk.tickets.edit import Edit
from helpdesk.tickets.model import Message, Ticket, is_active

logger = Logger()
_TRIES = 40  # ten workers that want the same colleague take turns
Written = tuple[Sequence[Message], Sequence[Action]]


@dataclass(frozen=True)
class Call:
    """Why a ticket is looked at.

    `leaving` is an owner who is to be relieved of it: at the end of his shift only if somebody can take it (`keep`);
    `given_back` is who has just let it go, `causation_id` the event that said so.
    """

    trigger: str
    causation_id: str | None = None
    given_back: str | None = None
    leaving: str | None = None
    keep: bool = False


def route(org_id: str, ticket_id: str, call: Call) -> Ticket | None:
    """Give a ticket to the best of its team, or note that nobody can take it; harmless to repeat.

    A ticket that is done, has an owner, or whose team gives its tickets out by hand stays as it is.

    Raises
    ------
    Unavailable
        when too many at once change the ticket or the loads.
    """
    for _ in tries(_TRIES):
        ticket = store.get_ticket(org_id, ticket_id)
        routing = automatic(org_id, ticket.team_id) if ticket else None
        if not ticket or not routing or not is_active(ticket) or ticket.assignee_id != call.leaving:
            return ticket
        try:
            return _turn(ticket, routing, call)
        except (Stale, ConditionFailed):
            continue
        except NotFound:
            return None
    raise Unavailable("too many tickets are given out at once; try again")


def stays_with_owner(ticket: Ticket, routing: dict[str, Any]) -> bool:
    """Whether the owner of a ticket that was opened again is there to go on with it; two round trips."""
    known = members.members(ticket.org_id, ticket.team_id or "")
    ready = {one.id: one for one in members.candidates(ticket.org_id, routing, known)}
    owner = ready.get(ticket.assignee_id or "")
    terms = Wish(ticket.team_id or "", weight=0)
    return owner is not None and cause_against(terms, replace(owner, load=0, capacity=1), "none") is None


def _turn(ticket: Ticket, routing: dict[str, Any], call: Call) -> Ticket:
    """One try: what is read now decides, and holds when it is written."""
    actor = system(ticket.org_id)
    edit = Edit(ticket, replace(cause_of(actor, "system"), causation_id=call.causation_id))
    if routing["language"] != "ignore" and not ticket.language:
        edit.record("ticket.language_detected", language=language_of(wishes.first_words(ticket)))
    owner = wishes.last_owner(ticket) if routing["sticky"] and _may_have_had_one(call) else None
    left = frozenset(filter(None, (call.given_back, call.leaving)))
    wish = wishes.wish_of(edit.after, routing, last_owner=owner, given_back=left)
    known = members.members(ticket.org_id, ticket.team_id or "")
    decision = choose(wish, members.candidates(ticket.org_id, routing, known))
    written: Written = ((), ())
    if decision.chosen:
        written = _give(edit, decision, wish, call)
    elif call.keep:
        return ticket
    else:
        _leave_unmatched(edit, decision, wish, routing, call, known)
    seen = {decision.chosen.id: decision.chosen.moves} if decision.chosen else None
    store.commit(ticket, edit.after, edit.events, written[0], written[1], seen=seen)
    return edit.after


def _may_have_had_one(call: Call) -> bool:
    return call.trigger != "created"


def _give(edit: Edit, decision: Decision, wish: Wish, call: Call) -> Written:
    chosen = decision.chosen
    assert chosen is not None  # noqa: S101 - the caller has asked
    told = decision.told(wish, call.trigger)
    written: Written = ((), ())
    if call.leaving:
        written = handover.write_note(edit, call.leaving, chosen.id, call.trigger)
    edit.record("ticket.assigned", {"routing": told}, assignee_id=chosen.id)
    return written


def _leave_unmatched(
    edit: Edit, decision: Decision, wish: Wish, routing: dict[str, Any], call: Call, known: Rotas
) -> None:
    """Note since when and why the ticket waits, and when that may change; said once for each reason."""
    if call.leaving:
        edit.record("ticket.assigned", {"routing": decision.told(wish, call.trigger)}, assignee_id=None)
    before = edit.after.unmatched or {}
    since = before.get("since", edit.at)
    comes = members.next_arrival(known) if "off_shift" in decision.left_out.values() else None
    retry_at = min(filter(None, (wishes.relaxes_at(since, routing), comes)), default=None)
    waits = {
        "since": since,
        "reason": decision.why,
        "retry_at": retry_at,
        "team_id": wish.team_id,
        "relaxed": decision.relaxed,
    }
    if waits != before:
        edit.record("ticket.unmatched", {"routing": decision.told(wish, call.trigger)}, unmatched=waits)
    if waits["reason"] != before.get("reason"):
        logger.info("unmatched", ticket=edit.after.id, team=wish.team_id, reason=decision.why)


def would_match(ticket: Ticket, routing: dict[str, Any], ready: Sequence[Candidate]) -> bool:
    """Whether one of these people could take a ticket that waits, without a round trip."""
    return choose(wishes.wish_of(ticket, routing), ready).chosen is not None
