"""What a list is asked for, out of a query string: view, filter, the short parameters, order, fields, includes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import require
from helpdesk.core.errors import FieldError, Invalid, NotFound
from helpdesk.filters.conditions import Condition, Term, all_of
from helpdesk.filters.documents import condition_from
from helpdesk.filters.folding import words_of
from helpdesk.filters.terms import Fault, term_of
from helpdesk.filters.text import parse
from helpdesk.search.engine import NEWEST, SORTS, Sort
from helpdesk.settings.fields.reading import check_askable
from helpdesk.settings.fields.service import viewer_of
from helpdesk.settings.priorities import check_ranks
from helpdesk.tickets.listing import IN_TRASH
from helpdesk.views import saved

_SHORT = ("category", "assignee_id", "team_id", "requester_id", "company_id", "tag", "status_id", "priority", "channel")
_MOST_SORTS = 3
MOST_WORDS = 200  # characters of q


@dataclass(frozen=True)
class Asked:
    """A list: the condition and order that everything given comes to."""

    condition: Condition
    sort: tuple[Sort, ...] = NEWEST


def asked_of(actor: Actor, query: Mapping[str, str]) -> Asked:
    """The list that a query string asks for; what is given beside a view narrows it.

    Raises
    ------
    Invalid
        naming the parameter at fault; `not_indexed` for an order that nothing answers.
    """
    view = _view(actor, query["view"]) if query.get("view") else {}
    parts: list[Condition] = []
    for name in _SHORT:
        if value := query.get(name) or view.get(name):
            parts.append(_trash(actor) if (name, value) == ("category", "trash") else _short(name, value))
    if view.get("filter"):
        parts.append(condition_from(view["filter"]))
    if query.get("filter"):
        parts.append(check_ranks(actor.org_id, parse(query["filter"])))
    parts += words(query.get("q", ""))
    condition = check_askable(viewer_of(actor), actor.org_id, all_of(parts))
    sort = query.get("sort") or view.get("sort") or ""
    return Asked(condition, sort_of(sort) if sort else NEWEST)


def words(q: str) -> list[Condition]:
    """A person's words as comparisons that must all hold; quotes keep words together."""
    if len(q) > MOST_WORDS:
        raise _fault("q", "too_long", f"at most {MOST_WORDS} characters")
    found: list[str] = []
    for place, piece in enumerate(q.split('"')):
        found += [piece] if place % 2 else piece.split()
    asked = [one.strip() for one in dict.fromkeys(found) if words_of(one)]
    return [Term("text", "matches", one) for one in asked[:12]]


def sort_of(text: str) -> tuple[Sort, ...]:
    """The order in `-priority,updated_at`: a minus is from high to low, or from new to old.

    Raises
    ------
    Invalid
        `not_indexed` for a key by which nothing is ordered.
    """
    keys = [one.strip() for one in text.split(",")]
    for one in keys:
        if one.lstrip("-") not in SORTS:
            reason = f"nothing is ordered by {one.lstrip('-')[:40]!r}; lists are ordered by {', '.join(SORTS)}"
            raise not_indexed("sort", reason)
    if len(keys) > _MOST_SORTS or len({one.lstrip("-") for one in keys}) < len(keys):
        raise not_indexed("sort", f"at most {_MOST_SORTS} different keys")
    return tuple(Sort(one.lstrip("-"), one.startswith("-")) for one in keys)


def not_indexed(name: str, reason: str) -> Invalid:
    """What neither index nor search answers, and why (API-05)."""
    return Invalid(reason, FieldError(f"/{name}", "not_indexed", reason), code="not_indexed", malformed=True)


def _view(actor: Actor, name: str) -> dict[str, Any]:
    try:
        return saved.get(actor, name)
    except NotFound:
        raise _fault("view", "unknown", "one of those in GET /v1/views") from None


def _trash(actor: Actor) -> Condition:
    """The trash is for those who may put something into it."""
    require(actor, "tickets:delete")
    return IN_TRASH


def _short(name: str, value: str) -> Condition:
    """`name=value` as the text form has it: none for no value, commas between several."""
    try:
        if value == "none" and name not in ("requester_id", "status_id", "priority", "channel", "category"):
            return term_of(name, "none", None)
        return term_of(name, None, value.split(",") if "," in value else value)
    except Fault as fault:
        raise _fault(name, "unknown" if name == "category" else fault.code, fault.message) from None


def _fault(name: str, code: str, message: str) -> Invalid:
    return Invalid(f"{name} is not understood: {message}", FieldError(f"/{name}", code, message), malformed=True)
