"""The shapes of answers, for the API's description and for tests that hold answers to it; not imported to serve."""

from __future__ import annotations

from pydantic import BaseModel

from helpdesk.web.answers import (
    access,
    base,
    describing,
    jobs,
    macros,
    people,
    portal,
    relations,
    search,
    settings,
    tickets,
)


def shape(name: str) -> type[BaseModel]:
    """The shape that a route's `gives` names.

    Raises
    ------
    LookupError
        when there is none of that name.
    """
    for module in (tickets, relations, people, describing, macros, jobs, settings, access, portal, search, base):
        found: type[BaseModel] | None = getattr(module, name, None)
        if found:
            return found
    raise LookupError(f"no answer has the shape {name}")
