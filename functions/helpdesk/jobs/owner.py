"""Who a job works for: the one who started it, as he may now and no more than he might then."""

from __future__ import annotations

from dataclasses import replace

from helpdesk.access import store as access_store
from helpdesk.access.actor import Actor, system
from helpdesk.access.keys import actor_by_id
from helpdesk.access.people import person_actor
from helpdesk.jobs.model import Job


def owner_of(job: Job) -> Actor:
    """The actor of a job's commands; one who is gone, disabled or revoked may do nothing."""
    kind, id_ = job.actor["kind"], job.actor["id"]
    actor: Actor | None = None
    if kind == "system":
        actor = system(job.org_id)
    elif kind == "key":
        actor = actor_by_id(job.org_id, id_)
    elif row := access_store.get_person(job.org_id, id_):
        actor = person_actor(row)
    if not actor:
        return Actor(kind, id_, job.org_id, frozenset())
    return replace(actor, permissions=actor.permissions & frozenset(job.granted))
