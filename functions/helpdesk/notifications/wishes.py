"""Who is to be told of an event, and as what; pure. Whether he may see the ticket, and how he is told, comes after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from helpdesk.core.events import Event
from helpdesk.notifications.model import KINDS, Wish
from helpdesk.settings.defaults import DONE

_OF_TICKET = {
    "message.received": "customer_replied",
    "note.added": "colleague_wrote",
    "message.sent": "colleague_wrote",
    "ticket.status_changed": "status_changed",
    "ticket.priority_changed": "priority_changed",
}
_SLA = {"ticket.sla_warned": "sla_warned", "ticket.sla_breached": "sla_breached"}
_OPENING = ("ticket.created", "ticket.team_changed", "ticket.assigned")
_RULE = "ticket.rule_applied"
_UNMATCHED, _POSTPONED = "ticket.unmatched", "message.postponed"
TYPES = frozenset({*_OF_TICKET, *_SLA, *_OPENING, _RULE, _UNMATCHED, _POSTPONED})
"""Types of events that somebody may be told of."""
LEVELS = (2, 3)  # of a broken promise, after its first: leads of the team, then administrators


class Worked(Protocol):
    """What is asked of a ticket."""

    @property
    def assignee_id(self) -> str | None:
        """Who has it."""

    @property
    def team_id(self) -> str | None:
        """Whose queue it is in."""

    @property
    def followers(self) -> tuple[str, ...]:
        """Who wants to hear of it."""


class Promised(Protocol):
    """What is asked of a ticket's promises."""

    @property
    def sla(self) -> dict[str, Any] | None:
        """What is promised."""

    @property
    def category(self) -> str:
        """Whether it is done."""


class Colleague(Protocol):
    """What is asked of a colleague."""

    @property
    def id(self) -> str:
        """Who he is."""

    @property
    def role(self) -> str | None:
        """His role's id."""

    @property
    def team_ids(self) -> tuple[str, ...]:
        """His teams."""


Staff = Callable[[], Sequence[Colleague]]


@dataclass(frozen=True)
class Sources:
    """What is asked only where it matters: all colleagues, teams that the desk routes, and who wrote messages."""

    staff: Staff
    routed: Callable[[str], bool] = lambda _team_id: False
    writers: Callable[[Sequence[str]], Sequence[str]] = lambda _message_ids: ()


def wishes(event: Event, ticket: Worked, sources: Sources) -> list[Wish]:
    """Who is to be told of an event, each once and of the most pressing kind; never who did it."""
    return _once(_wishes(event, ticket, sources), event.actor)


def escalated(level: int, ticket: Worked, staff: Staff) -> list[Wish]:
    """Who is told at a level of a broken promise: 2 the leads of the team (of all, without one), 3 administrators."""
    if level == LEVELS[0]:
        leads = [one for one in staff() if one.role == "supervisor"]
        chosen = [one for one in leads if not ticket.team_id or ticket.team_id in one.team_ids]
        return [Wish(one.id, "sla_breached", "lead", level) for one in chosen]
    return [Wish(one.id, "sla_breached", "administrator", level) for one in staff() if one.role == "admin"]


def still_broken(ticket: Promised, target: str | None) -> bool:
    """Whether a promise that was broken waits still to be met."""
    found = (ticket.sla or {}).get("targets", {}).get(target) or {}
    return bool(found.get("breached_at")) and not found.get("met_at") and ticket.category not in DONE


def _wishes(event: Event, ticket: Worked, sources: Sources) -> Iterable[Wish]:
    staff = sources.staff
    if event.type in _SLA:
        return _owners(_SLA[event.type], ticket, staff)
    if event.type == _RULE:
        return [wish for to in event.data.get("notify") or () for wish in _named(to, ticket, staff)]
    if event.type in _OPENING:
        return _opening(event, ticket, sources)
    if event.type == _UNMATCHED:
        return _unmatched(event, staff)
    if event.type == _POSTPONED:
        return [Wish(id_, "reply_held", "writer") for id_ in sources.writers(_postponed(event))]
    kind = _OF_TICKET.get(event.type)
    if not kind or _begins(event):
        return []  # the words that a ticket begins with are told with the ticket
    named = [Wish(id_, "mentioned", "mentioned") for id_ in event.data.get("mentions") or ()]
    return [*named, *_interested(kind, ticket)]


def _opening(event: Event, ticket: Worked, sources: Sources) -> list[Wish]:
    to = {name: change["to"] for name, change in event.changes.items()}
    if to.get("assignee_id"):
        return [Wish(to["assignee_id"], "assigned", "assignee")]
    if ticket.assignee_id or event.type == "ticket.assigned":
        return []
    team = to.get("team_id")
    if team and sources.routed(team):
        return []  # whom the desk gives it to is told, or the team, when nobody can take it
    if team:
        return _team(team, sources.staff)
    if event.type == "ticket.created":
        return [Wish(one.id, "new_ticket", "everybody") for one in sources.staff()]
    return []


def _unmatched(event: Event, staff: Staff) -> list[Wish]:
    """The team whose ticket nobody can take, once for each time that it comes to wait there."""
    change = event.changes["unmatched"]
    was, now = change["from"] or {}, change["to"] or {}
    return _team(now["team_id"], staff) if now and was.get("team_id") != now["team_id"] else []


def _team(team_id: str, staff: Staff) -> list[Wish]:
    return [Wish(one.id, "team_ticket", "team") for one in staff() if team_id in one.team_ids]


def _postponed(event: Event) -> list[str]:
    """The replies that wait since this event."""
    change = event.changes["planned"]
    was = change["from"] or {}
    return [id_ for id_, plan in change["to"].items() if plan["waits"] and not was.get(id_, {}).get("waits")]


def _named(to: str, ticket: Worked, staff: Staff) -> list[Wish]:
    """Whom a rule means: the assignee, the team, or a colleague by id."""
    if to == "assignee":
        return [Wish(ticket.assignee_id, "rule", "rule")] if ticket.assignee_id else []
    if to == "team":
        return [Wish(one.id, "rule", "rule") for one in staff() if ticket.team_id and ticket.team_id in one.team_ids]
    return [Wish(to, "rule", "rule")]


def _begins(event: Event) -> bool:
    return bool(event.changes.get("message_count", {}).get("to") == 1)


def _owners(kind: str, ticket: Worked, staff: Staff) -> list[Wish]:
    if ticket.assignee_id:
        return [Wish(ticket.assignee_id, kind, "assignee")]
    if ticket.team_id:
        return [Wish(one.id, kind, "team") for one in staff() if ticket.team_id in one.team_ids]
    return [Wish(one.id, kind, "lead") for one in staff() if one.role in ("supervisor", "admin")]


def _interested(kind: str, ticket: Worked) -> list[Wish]:
    mine = [Wish(ticket.assignee_id, kind, "assignee")] if ticket.assignee_id else []
    return [*mine, *(Wish(id_, kind, "follower") for id_ in ticket.followers)]


def _once(found: Iterable[Wish], actor: dict[str, Any]) -> list[Wish]:
    order = list(KINDS)
    best: dict[str, Wish] = {}
    for wish in sorted(found, key=lambda one: order.index(one.kind)):
        if wish.person_id != actor.get("id"):
            best.setdefault(wish.person_id, wish)
    return list(best.values())
