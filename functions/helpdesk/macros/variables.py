"""What `{{name}}` and `{{name|default}}` stand for: a closed table, filled once, never read again as a template."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.config import config
from helpdesk.people.company_store import get_company
from helpdesk.people.model import Person
from helpdesk.settings.fields.reading import shown
from helpdesk.settings.fields.service import definitions
from helpdesk.settings.priorities import priorities
from helpdesk.settings.service import organisation, teams
from helpdesk.settings.statuses import status_of
from helpdesk.settings.topics import topics
from helpdesk.tickets.model import Ticket
from helpdesk.tickets.placeholders import marked

_VARIABLE = re.compile(r"\{\{\s*([A-Za-z][A-Za-z0-9_.-]{0,80})\s*(?:\|([^{}|]{0,200}))?\}\}")
_FIELD = "fields."


@dataclass(frozen=True)
class Scope:
    """What values are taken from: the ticket, who writes, and who asked."""

    ticket: Ticket
    actor: Actor
    requester: Person | None


def _first(name: str | None) -> str | None:
    return (name or "").split()[0] if (name or "").split() else None


def _topic(scope: Scope) -> str | None:
    topic = topics(scope.ticket.org_id).get(scope.ticket.topic_id or "")
    return topic.customer_label if topic else None


def _company(scope: Scope) -> str | None:
    company = get_company(scope.ticket.org_id, scope.ticket.company_id) if scope.ticket.company_id else None
    return company.name if company else None


def _status(scope: Scope) -> str:
    ticket = scope.ticket
    return status_of(ticket.org_id, ticket.status_id, ticket.category).customer_label


def _priority(scope: Scope) -> str | None:
    known = priorities(scope.ticket.org_id).get(scope.ticket.priority)
    return known.label if known else None


def _team(scope: Scope) -> str | None:
    team = teams(scope.ticket.org_id).get(scope.ticket.team_id or "")
    return team["name"] if team else None


Taken = tuple[str, Callable[[Scope], Any]]
_GROUPS: dict[str, dict[str, Taken]] = {
    "requester": {
        "name": ("who asked", lambda it: it.ticket.requester.get("name")),
        "first_name": ("the first word of that name", lambda it: _first(it.ticket.requester.get("name"))),
        "email": ("the address that was written from", lambda it: it.ticket.requester.get("email")),
        "phone": ("the telephone number", lambda it: next(iter(it.requester.phones if it.requester else ()), None)),
        "company": ("the company's name; one more round trip", _company),
        "locale": ("the language", lambda it: it.requester.locale if it.requester else None),
    },
    "ticket": {
        "number": ("the ticket's number", lambda it: it.ticket.number or None),
        "subject": ("the subject", lambda it: it.ticket.subject),
        "status": ("the status in the customer's words", _status),
        "priority": ("the priority's label", _priority),
        "topic": ("the topic in the customer's words", _topic),
        "team": ("the team's name", _team),
        "created_on": ("the day on which it was opened", lambda it: it.ticket.created_at[:10]),
        "url": ("where the customer reads it", lambda it: f"{config().origin}/portal/#/tickets/{it.ticket.id}"),
    },
    "agent": {
        "name": ("who writes", lambda it: it.actor.name),
        "first_name": ("the first word of that name", lambda it: _first(it.actor.name)),
        "email": ("the writer's address", lambda it: it.actor.email),
    },
    "organisation": {
        "name": ("the desk's name", lambda it: organisation(it.ticket.org_id)["name"]),
        "support_address": (
            "the desk's address",
            lambda it: organisation(it.ticket.org_id)["support_address"],
        ),
    },
}
VARIABLES: dict[str, Taken] = {
    f"{group}.{name}": one for group, names in _GROUPS.items() for name, one in names.items()
}
FIELD_VARIABLE = ("fields.<id>", "a custom field: its option's label, or its value")


def unknown_in(text: str) -> list[str]:
    """The variables in a text that the table does not have; custom fields come and go, so they are never unknown."""
    names = dict.fromkeys(found[1] for found in _VARIABLE.finditer(text))
    return [name for name in names if name not in VARIABLES and not name.startswith(_FIELD)]


def filled(text: str, scope: Scope, *, html: bool) -> tuple[str, list[str]]:
    """`(text with values in place, names without a value)`; in HTML values are escaped.

    A name without a value becomes `[[name?]]` unless it has a default. What a value says is not looked at again:
    a customer who calls himself `{{agent.email}}` stays that.
    """
    undefined: dict[str, None] = {}

    def fill(found: re.Match[str]) -> str:
        name, default = found[1], found[2]
        value = _value(name, scope)
        if value in (None, ""):
            if default is not None:
                return default.strip()
            undefined[name] = None
            return marked(name)
        plain = str(value).replace("?]]", "? ]]")  # a value is never a mark
        return escape(plain) if html else plain

    return _VARIABLE.sub(fill, text), list(undefined)


def _value(name: str, scope: Scope) -> Any:
    if name in VARIABLES:
        return VARIABLES[name][1](scope)
    if not name.startswith(_FIELD):
        return None
    id_ = name.removeprefix(_FIELD)
    definition = definitions(scope.ticket.org_id).by_id.get(id_)
    value = shown(scope.actor, scope.ticket).get(id_)
    if isinstance(value, bool):
        return "true" if value else "false"
    options = definition.options if definition else {}
    chosen = [str(one) for one in (value if isinstance(value, list) else [value]) if one is not None]
    return ", ".join(options[one].label if one in options else one for one in chosen)
