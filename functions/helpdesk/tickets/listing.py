"""Lists by index: which partitions hold exactly the tickets wanted, and how they are merged into one page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

from helpdesk.access.actor import Actor
from helpdesk.access.policy import may_see
from helpdesk.filters.conditions import Condition, Not, Term, all_of, conjuncts, names
from helpdesk.filters.fields import CATEGORIES, STATES
from helpdesk.filters.matching import Context, matches
from helpdesk.tickets import store
from helpdesk.tickets.facts import facts_of
from helpdesk.tickets.model import Ticket

VIEWS: dict[str, dict[str, str]] = {
    "mine": {"assignee_id": "me", "category": "active"},
    "unassigned": {"assignee_id": "none", "category": "active"},
    "open": {"category": "active"},
    "waiting": {"category": "waiting"},
    "solved": {"category": "solved"},
    "closed": {"category": "closed"},
    "trash": {"category": "trash"},
}
IN_TRASH = Term("trashed", "is", True)
_INDEX_OF = {
    "assignee_id": "by_assignee",
    "team_id": "by_team",
    "requester_id": "by_requester",
    "company_id": "by_company",
}
_MOST_PARTITIONS = 40
Row = tuple[str, Ticket]  # position and ticket
Source = Callable[[str | None, int], list[Row]]


@dataclass(frozen=True)
class Plan:
    """Partitions `(index, key)` that together hold every ticket wanted, and what a row must fulfil besides."""

    partitions: tuple[tuple[str, str], ...]
    rest: Condition
    newest_first: bool


def plan(actor: Actor, condition: Condition, *, newest_first: bool, context: Context) -> Plan | None:
    """How the indexes answer the condition for this actor, None where they cannot.

    They can for a state or category, of one assignee, team or requester if wanted; the trash is left out of what
    they give. One who does not see every ticket gets the union of what he sees.
    """
    if list(conjuncts(condition)) == [IN_TRASH] and actor.may("tickets:delete"):
        return Plan((("by_state", f"{actor.org_id}#trash"),), condition, newest_first)
    found = _shape(condition, context)
    if not found or actor.kind == "contact":
        return None
    owner, categories = found
    if owner:
        partitions = _of_owner(actor.org_id, owner, categories) if _selective(actor, *owner) else []
    elif "all" in actor.sees:
        partitions = _of_state(actor.org_id, categories)
    else:
        partitions = _of_sight(actor, categories)
    if not 0 < len(partitions) <= _MOST_PARTITIONS:
        return None
    return Plan(tuple(partitions), condition, newest_first)


def page(
    actor: Actor, found: Plan, context: Context, *, after: str | None, limit: int
) -> tuple[list[Ticket], str | None]:
    """One page by a plan, and the position to go on from, None at the end; a page may be short before the end."""
    sources = [by_index(index, pk, found.newest_first) for index, pk in found.partitions]

    def wanted(ticket: Ticket) -> bool:
        return may_see(actor, ticket) and matches(found.rest, facts_of(ticket), context)

    return merged(sources, wanted, after=after, limit=limit, newest_first=found.newest_first)


def merged(
    sources: Sequence[Source], wanted: Callable[[Ticket], bool], *, after: str | None, limit: int, newest_first: bool
) -> tuple[list[Ticket], str | None]:
    """Sources in one order by position, each ticket once; what is read stays within `limit` rows a source."""
    read = (
        [sources[0](after, limit)] if len(sources) == 1 else list(_pool().map(lambda one: one(after, limit), sources))
    )
    ends = [rows[-1][0] for rows in read if len(rows) == limit]
    horizon = (max(ends) if newest_first else min(ends)) if ends else None
    rows = sorted({row[0]: row for one in read for row in one}.values(), key=_position, reverse=newest_first)
    if horizon is not None:  # beyond it a source that has more may have rows that stand before those read
        rows = [row for row in rows if (row[0] >= horizon if newest_first else row[0] <= horizon)]
    shown = [row for row in rows if wanted(row[1])]
    if len(shown) > limit:
        return [ticket for _, ticket in shown[:limit]], shown[limit - 1][0]
    return [ticket for _, ticket in shown], horizon


def _position(row: Row) -> str:
    return row[0]


def _shape(condition: Condition, context: Context) -> tuple[tuple[str, str] | None, tuple[str, ...]] | None:
    """The one owner `(field, id)` and the categories that the condition asks for, None for any other condition."""
    owner: tuple[str, str] | None = None
    categories: tuple[str, ...] | None = None
    for part in conjuncts(condition):
        if part in (Term("trashed", "is", False), Not(Term("trashed", "is", True))):
            continue
        if not isinstance(part, Term):
            return None
        if part.field == "category" and categories is None and part.op in ("is", "in"):
            categories = _categories(part)
        elif part.field in _INDEX_OF and owner is None and (part.op == "is" or _none_is_indexed(part)):
            owner = (part.field, _owner(part, context))
        else:
            return None
    return owner, categories if categories is not None else CATEGORIES


def _none_is_indexed(term: Term) -> bool:
    """Tickets of nobody and of no team stand in an index, those of no company do not."""
    return term.op == "none" and term.field != "company_id"


def _categories(term: Term) -> tuple[str, ...]:
    given = term.value if isinstance(term.value, tuple) else (str(term.value),)
    wanted = {one for name in given for one in STATES.get(name, (name,))}
    return tuple(one for one in CATEGORIES if one in wanted)


def _owner(term: Term, context: Context) -> str:
    if term.op == "none":
        return "-"
    return context.me if term.value == "me" and term.field not in ("team_id", "company_id") else str(term.value)


def _of_state(org_id: str, categories: tuple[str, ...]) -> list[tuple[str, str]]:
    whole = _whole_states(categories)
    if whole is not None:
        return [("by_state", f"{org_id}#{state}") for state in whole]
    return [("by_queue", f"{org_id}#{category}") for category in categories]


def _of_owner(org_id: str, owner: tuple[str, str], categories: tuple[str, ...]) -> list[tuple[str, str]]:
    """Only whole states of an owner stand in an index."""
    states = _whole_states(categories)
    return [] if states is None else [(_INDEX_OF[owner[0]], f"{org_id}#{owner[1]}#{state}") for state in states]


def _of_sight(actor: Actor, categories: tuple[str, ...]) -> list[tuple[str, str]]:
    owners = [("by_team", team_id) for team_id in actor.team_ids if "teams" in actor.sees]
    owners += [("by_assignee", actor.colleague_id)] if "assigned" in actor.sees else []
    owners += [("by_assignee", "-")] if "unassigned" in actor.sees else []
    states = [state for state, inside in STATES.items() if set(inside) & set(categories)]
    return [(index, f"{actor.org_id}#{id_}#{state}") for index, id_ in owners for state in states]


def _selective(actor: Actor, field: str, id_: str) -> bool:
    """True if the actor sees every ticket of this owner, or the owner has few: a requester, a company."""
    if "all" in actor.sees or field in ("requester_id", "company_id"):
        return True
    if field == "team_id":
        return "teams" in actor.sees and id_ in actor.team_ids
    if field == "assignee_id":
        return ("assigned" in actor.sees and id_ == actor.colleague_id) or ("unassigned" in actor.sees and id_ == "-")
    return False


def _whole_states(categories: tuple[str, ...]) -> list[str] | None:
    states = [state for state, inside in STATES.items() if set(inside) <= set(categories)]
    return states if sum(len(STATES[state]) for state in states) == len(categories) else None


def by_index(index: str, pk: str, newest_first: bool = True) -> Source:
    """One index partition as a source of rows."""
    return lambda after, limit: store.query_index(index, pk, after=after, limit=limit, newest_first=newest_first)


def without_trash(condition: Condition) -> Condition:
    """The condition, and that the ticket is not in the trash, unless the condition speaks of the trash itself."""
    return condition if "trashed" in names(condition) else all_of([condition, Term("trashed", "is", False)])


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=6)
