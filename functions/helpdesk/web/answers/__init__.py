"""The shapes of answers, for the API's description and for tests that hold answers to it; not imported to serve."""

from __future__ import annotations

from pydantic import BaseModel

from helpdesk.web.answers import (
    access,
    base,
    coverage,
    describing,
    events,
    imports,
    jobs,
    macros,
    mail,
    notifications,
    numbers,
    outgoing,
    past,
    people,
    portal,
    promises,
    relations,
    routing,
    rules,
    search,
    settings,
    tickets,
    views,
    webhooks,
)

_MODULES = (
    *(tickets, past, promises, relations, routing, people, imports, describing, macros, jobs, search, views),
    *(events, settings, mail, outgoing, access, webhooks, portal),
    *(coverage, numbers, rules, notifications, base),
)


def shape(name: str) -> type[BaseModel]:
    """The shape that a route's `gives` names.

    Raises
    ------
    LookupError
        when there is none of that name.
    """
    for module in _MODULES:
        found: type[BaseModel] | None = getattr(module, name, None)
        if found:
            return found
    raise LookupError(f"no answer has the shape {name}")
