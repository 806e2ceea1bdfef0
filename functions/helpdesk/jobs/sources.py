"""Which tickets a job is for: a list's filter, what somebody did between two times, or what another job changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.core.errors import FieldError, Invalid
from helpdesk.feed import window
from helpdesk.jobs import store
from helpdesk.jobs.model import Job
from helpdesk.relations.incidents import open_ids
from helpdesk.tickets.service import find_ticket
from helpdesk.views.asking import asked_of
from helpdesk.views.lists import walk


def ids_of(actor: Actor, wanted: dict[str, str]) -> Iterator[str]:
    """The ids of all tickets that a list's parameters show to the actor, page by page.

    Raises
    ------
    Invalid
        for what no list answers.
    """
    return (ticket.id for ticket in walk(actor, asked_of(actor, wanted).condition))


def found_by(actor: Actor, job: Job) -> Iterator[str]:
    """The ids that a job without given ids is for.

    Raises
    ------
    Invalid
        for a filter that no list answers, and a window that is too wide.
    """
    action = job.action
    if job.filter is not None:
        return ids_of(actor, job.filter)
    if action["kind"] == "undo" and "job_id" in action:
        source = store.get_job(job.org_id, action["job_id"])
        return iter(store.done_ids(source)) if source else iter(())
    if action["kind"] == "undo":
        return window.tickets_of(job.org_id, action["actor_id"], action["from"], action["to"])
    if action["kind"] == "solve_incidents":
        return open_ids(actor, find_ticket(actor, action["problem_id"]))
    if action["kind"] in _FILTERS:
        return ids_of(actor, _FILTERS[action["kind"]](action))
    raise Invalid("say for which tickets", FieldError("/filter", "missing", "ids or a filter"))


_FILTERS: dict[str, Callable[[dict[str, Any]], dict[str, str]]] = {
    "rename_tag": lambda action: {"tag": action["from"]},
    "replace_archived": lambda action: {"filter": f"{action['field']}:{action['value']}"},
}
"""Actions that know themselves which tickets they are for."""
