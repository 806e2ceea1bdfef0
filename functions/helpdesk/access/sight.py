"""What an actor may see, as a condition that lists and search compile into their queries; `policy.may_see` agrees."""

from __future__ import annotations

from helpdesk.access.actor import Actor
from helpdesk.filters.conditions import EVERYTHING, Condition, Term, any_of


def sight_of(actor: Actor) -> Condition | None:
    """The condition that holds of exactly the tickets of his organisation that the actor may see; None for none."""
    if actor.kind == "contact":
        copied = [Term("cc", "is", one) for one in dict.fromkeys([actor.email, *actor.emails]) if one]
        shared = [_one_of("company_id", actor.company_ids)] if actor.company_ids else []
        return any_of([Term("requester_id", "is", actor.id), *copied, *shared])
    if not actor.may("tickets:read"):
        return None
    if "all" in actor.sees:
        return EVERYTHING
    parts: list[Condition] = []
    if "teams" in actor.sees and actor.team_ids:
        parts.append(_one_of("team_id", actor.team_ids))
    if "assigned" in actor.sees:
        parts.append(Term("assignee_id", "is", actor.colleague_id))
    if "unassigned" in actor.sees:
        parts.append(Term("assignee_id", "none"))
    return any_of(parts) if parts else None


def _one_of(field: str, values: tuple[str, ...]) -> Condition:
    return Term(field, "is", values[0]) if len(values) == 1 else Term(field, "in", tuple(sorted(values)))
