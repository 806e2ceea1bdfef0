"""Starting, watching, cancelling and undoing jobs; `work` does them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from helpdesk.access.actor import Actor
from helpdesk.access.policy import require
from helpdesk.core import clock
from helpdesk.core.actions import Put
from helpdesk.core.effects import Effect
from helpdesk.core.errors import Conflict, DeskError, FieldError, Forbidden, Invalid, NotFound
from helpdesk.core.events import Cause, event_of
from helpdesk.core.ids import new_id
from helpdesk.core.log import event_row
from helpdesk.core.table import Action, ConditionFailed
from helpdesk.jobs import sources, store
from helpdesk.jobs.actions import kind_of
from helpdesk.jobs.model import CHUNK, MOST_IDS, OUTCOMES, Job

Wish = dict[str, Any]
"""`{action, ids?, filter?}`; times in the action are as events have them."""


def start(actor: Actor, cause: Cause, wish: Wish, *, undoes: Job | None = None) -> Job:
    """Begin a job; its first event makes the worker take it up. A command that is tried again gives the same job.

    Raises
    ------
    Invalid
        for an action or filter that is none, and for values that no ticket would take.
    Forbidden
        without the permission that a single such change needs.
    """
    check(actor, wish)
    job = job_of(actor, cause, wish, undoes)
    ids = list(dict.fromkeys(wish.get("ids") or ()))
    if "ids" in wish:
        if len(ids) > MOST_IDS:
            raise Invalid("too many ids", FieldError("/ids", "too_many", f"at most {MOST_IDS}"))
        job = replace(job, state="running", total=len(ids), chunks=-(-len(ids) // CHUNK), frozen="given")
        _rehearse(actor, cause, job.action, ids[:1])
    else:
        next(iter(sources.found_by(actor, job)), None)  # refuses at once what no list answers
    undone = [store.mark_undone(undoes, job.id)] if undoes else []
    also: list[Action] = [progress_row(cause, job, "job.started"), *undone]
    try:
        store.add(job, ids, also)
    except ConditionFailed as failure:
        if isinstance(failure.action, Put) and (known := store.get_job(job.org_id, job.id)):
            return known
        raise Conflict("that job still runs, or is undone already", code="not_undoable") from failure
    return job


def get_job(actor: Actor, job_id: str) -> Job:
    """One's own job; those who change settings see all.

    Raises
    ------
    NotFound
        for a job that is not there or not to be seen.
    """
    job = store.get_job(actor.org_id, job_id)
    if not job or not _may_see(actor, job):
        raise NotFound("there is no such job")
    return job


def list_jobs(actor: Actor, before: str | None, limit: int) -> tuple[list[Job], str | None]:
    """Jobs, the newest first, and the position to go on from; a page of one's own may be short."""
    page = store.list_jobs(actor.org_id, before=before, limit=limit)
    last = page[-1].id if len(page) == limit else None
    return [job for job in page if _may_see(actor, job)], last


def list_items(
    actor: Actor, job_id: str, outcome: str | None, after: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Results of a job's items, in its order."""
    if outcome not in (*OUTCOMES, None):
        fault = FieldError("/outcome", "unknown", f"one of {', '.join(OUTCOMES)}")
        raise Invalid("there is no such outcome", fault, malformed=True)
    rows, last = store.list_items(get_job(actor, job_id), outcome=outcome, after=after, limit=limit)
    names = ("ticket_id", "outcome", "code", "detail", "at")
    return [{name: row.get(name) for name in names} for row in rows], last


def cancel(actor: Actor, cause: Cause, job_id: str) -> Job:
    """Stop a job: within ten items of each worker. What is done stays; one that has ended is answered as it is."""
    while (job := get_job(actor, job_id)).live:
        ended = replace(job, version=job.version + 1)
        if store.move(job, "cancelled", [progress_row(cause, ended, "job.cancelled")], ended_at=clock.stamp()):
            return get_job(actor, job_id)
    return job


def undo(actor: Actor, cause: Cause, job_id: str) -> Job:
    """Undo all that a job did, as one job; asked for again, that same job."""
    job = get_job(actor, job_id)
    if job.undone_by:
        return get_job(actor, job.undone_by)
    if job.live:
        raise Conflict("this job still runs; cancel it first", code="running")
    return start(actor, cause, {"action": {"kind": "undo", "job_id": job.id}}, undoes=job)


def progress_row(cause: Cause, job: Job, type_: str) -> Put:
    """The write of an event that tells how far a job has come; `job` is at the version of the event."""
    event = event_of(cause, type_, {"kind": "job", "id": job.id}, job.version, clock.stamp())
    data = {"action": job.action["kind"], "total": job.total, **job.counts}
    return event_row(replace(event, data=data))


def job_of(actor: Actor, cause: Cause, wish: Wish, undoes: Job | None = None) -> Job:
    """A job as it begins, not stored yet."""
    return Job(
        id=cause.command_id or new_id(),
        org_id=actor.org_id,
        state="preparing",
        action=wish["action"],
        actor={"kind": actor.kind, "id": actor.id},
        granted=tuple(sorted(actor.permissions)),
        via=cause.via,
        created_at=clock.stamp(),
        filter=wish.get("filter"),
        undoes=undoes.id if undoes else None,
    )


def check(actor: Actor, wish: Wish) -> None:
    """Whether the actor may do this to single tickets, and to what others did."""
    action = wish["action"]
    require(actor, kind_of(action).needs)
    if "ids" in wish and "filter" in wish:
        raise Invalid("give ids or a filter", FieldError("/filter", "extra", "not together with ids"))
    if action["kind"] != "undo":
        return
    if "job_id" in action:
        get_job(actor, action["job_id"])
    elif missing := [name for name in ("actor_id", "from", "to") if name not in action]:
        raise Invalid("say who, and between which times", FieldError(f"/action/{missing[0]}", "missing", "or a job_id"))
    elif action["actor_id"] != actor.id and not actor.may("tickets:undo"):
        raise Forbidden("this needs the permission tickets:undo", permission="tickets:undo")


def _rehearse(actor: Actor, cause: Cause, action: dict[str, Any], ids: list[str]) -> None:
    """Refuse at once what is wrong for every ticket; what is wrong for this one alone is its own result."""
    try:
        for id_ in ids:
            kind_of(action).do(actor, replace(cause, effect=Effect(rehearsal=True)), id_, action)
    except Invalid as fault:
        if fault.code != "required":  # a field that this ticket lacks
            raise
    except DeskError:
        return


def _may_see(actor: Actor, job: Job) -> bool:
    return job.actor["id"] in (actor.id, actor.colleague_id) or actor.may("settings:write")
