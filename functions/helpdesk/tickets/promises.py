"""Promises of a ticket: which SLA policy counts for it, and how its clocks follow each change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpdesk.calendars.service import calendars
from helpdesk.filters.matching import Context, matches
from helpdesk.settings.defaults import DONE
from helpdesk.settings.priorities import priorities
from helpdesk.settings.topics import presets
from helpdesk.sla.follow import follow
from helpdesk.sla.model import Situation, Terms
from helpdesk.sla.policies import Policy, policies
from helpdesk.tickets.facts import facts_of
from helpdesk.tickets.model import Ticket


def followed(
    before: Ticket | None, after: Ticket, at: str, known: Sequence[Policy] | None = None
) -> dict[str, Any] | None:
    """The value of `sla` that follows from a change of the rest; `before` is None when only policies have changed.

    `known` are other policies than those in use.
    """
    policy = policy_of(after, policies(after.org_id) if known is None else known)
    if not policy:
        return None
    terms = _terms(policy, after)
    if not terms.minutes:
        return None
    was = _situation(before, policy) if before else None
    return follow(after.sla, was, _situation(after, policy), terms, at)


def policy_of(ticket: Ticket, known: Sequence[Policy]) -> Policy | None:
    """Of these policies the one that the ticket's topic names, else the first that fits."""
    if not known:
        return None
    if ticket.topic_id:
        named = presets(ticket.org_id, ticket.topic_id)["sla_policy_id"]
        if found := next((one for one in known if one.id == named), None):
            return found
    ranks = {id_: priority.rank for id_, priority in priorities(ticket.org_id).items()}
    facts, context = facts_of(ticket), Context(ranks=ranks)
    return next((one for one in known if matches(one.filter, facts, context)), None)


def _terms(policy: Policy, ticket: Ticket) -> Terms:
    minutes = {target: by[ticket.priority] for target, by in policy.targets.items() if by.get(ticket.priority)}
    return Terms(
        policy_id=policy.id,
        policy=policy.name,
        version=policy.version,
        calendar_id=policy.calendar_id,
        calendar=calendars(ticket.org_id).get(policy.calendar_id) if policy.calendar_id else None,
        begins=max(ticket.created_at, policy.created_at),
        minutes=minutes,
        warn_share=policy.warn_at_percent / 100,
    )


def _situation(ticket: Ticket, policy: Policy) -> Situation:
    done = ticket.category in DONE
    return Situation(
        stands=done or bool(ticket.trashed_at) or ticket.category in policy.pause_in,
        first_response_at=ticket.first_response_at,
        resolved_at=ticket.resolved_at if done else None,
        last_message=ticket.last_message,
    )
