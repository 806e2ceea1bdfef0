"""Tickets that wait for somebody, and tickets that somebody has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import islice

from helpdesk.core.config import config
from helpdesk.core.table import query_all
from helpdesk.routing import members
from helpdesk.routing.model import Candidate
from helpdesk.routing.service import Call, route, would_match
from helpdesk.settings.teams import automatic, automatic_teams
from helpdesk.tickets.model import Ticket, is_active, ticket_from
from helpdesk.tickets.row_store import INDEX_KEYS

MOST_LOOKED_AT = 1000  # tickets without an owner, of all teams, at one time


def fill(org_id: str, team_ids: Iterable[str], more: Callable[[], bool]) -> int:
    """Give out what waits in these teams to those who can take it, the oldest first; says how many got an owner."""
    given = 0
    wanted = list(team_ids)
    waiting = sorted(_owned_by(org_id, None, wanted), key=_age) if wanted else []
    for team_id in wanted:
        given += _fill(org_id, team_id, [one for one in waiting if one.team_id == team_id], more)
    return given


def fill_freed(org_id: str, person_id: str, more: Callable[[], bool], waiting: Callable[[str], int]) -> int:
    """Give out what waits for somebody who has less to do now; says how much.

    Nothing is looked for where nothing waits, as `waiting` counts it by team, or he still has no room: a ticket that
    is solved costs two round trips, and those of his teams alone are read.
    """
    given = 0
    for team_id, routing in automatic_teams(org_id).items():
        him = [one for one in members.members(org_id, team_id) if one[0].id == person_id]
        if him and waiting(team_id) > 0 and _has_room(members.candidates(org_id, routing, him)[0]):
            given += _fill(org_id, team_id, _waiting_in(org_id, team_id), more)
    return given


def held_by(org_id: str, person_id: str, team_ids: Collection[str]) -> list[Ticket]:
    """The active tickets that somebody has in these teams."""
    return _owned_by(org_id, person_id, team_ids)


def _fill(org_id: str, team_id: str, waiting: list[Ticket], more: Callable[[], bool]) -> int:
    routing, given = automatic(org_id, team_id), 0
    if not waiting or not routing:
        return 0
    known = members.members(org_id, team_id)
    ready = members.candidates(org_id, routing, known)
    for ticket in waiting:
        if not more():
            break
        if ticket.unmatched and not would_match(ticket, routing, ready):
            continue
        after = route(org_id, ticket.id, Call("freed"))
        if after and after.assignee_id:
            given += 1
            ready = members.candidates(org_id, routing, known)
    return given


def _has_room(one: Candidate) -> bool:
    return one.state == "available" and one.on_shift and one.load < one.capacity


def _waiting_in(org_id: str, team_id: str) -> list[Ticket]:
    """What nobody has of a team, the longest unchanged first."""
    pk, names = f"{org_id}#{team_id}#active", INDEX_KEYS["by_team"]
    rows = query_all(config().tickets_table, pk, index="by_team", key_names=names)
    tickets = (ticket_from(row) for row in rows)
    free = islice((one for one in tickets if not one.assignee_id and is_active(one)), MOST_LOOKED_AT)
    return sorted(free, key=_age)


def _age(ticket: Ticket) -> tuple[str, str]:
    return ticket.created_at, ticket.id


def _owned_by(org_id: str, person_id: str | None, team_ids: Collection[str]) -> list[Ticket]:
    pk, names = f"{org_id}#{person_id or '-'}#active", INDEX_KEYS["by_assignee"]
    rows = query_all(config().tickets_table, pk, index="by_assignee", key_names=names)
    found = (ticket_from(row) for row in islice(rows, MOST_LOOKED_AT))
    return [one for one in found if is_active(one) and one.team_id in team_ids]
