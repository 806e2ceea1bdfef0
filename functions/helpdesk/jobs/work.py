"""The worker: freezes a job's ids, then does them by the chunk; each item once, whatever is killed or comes twice.

An item's result is written in the transaction of its effect, under a condition that holds once. A chunk's sum joins
the job's in one transaction, too. So a message of the queue may come any number of times, and at once.
"""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

from aws_lambda_powertools import Logger

from helpdesk.access.actor import Actor
from helpdesk.access.policy import require
from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.effects import Effect
from helpdesk.core.errors import DeskError, Invalid, Unavailable
from helpdesk.core.events import Cause
from helpdesk.core.ids import new_id
from helpdesk.core.tries import tries
from helpdesk.jobs import outbox, rate_store, sources, store
from helpdesk.jobs.actions import command_id, kind_of
from helpdesk.jobs.model import CHUNK, LEASE, MOST_IDS, Job
from helpdesk.jobs.owner import owner_of
from helpdesk.jobs.service import progress_row

logger = Logger()
_TRIES = 4
SECONDS = 40  # of a run; the rest of a chunk goes into the queue again


def take(body: str) -> None:
    """One message of the queue: the event of a job's start, or one of its chunks."""
    message: dict[str, Any] = json.loads(body)
    if "detail" in message:
        event = message["detail"]
        prepare(event["org_id"], event["subject"]["id"])
    else:
        run_chunk(message["org_id"], message["job_id"], message["chunk"])


def prepare(org_id: str, job_id: str) -> None:
    """Freeze the ids of a job that has a filter, and queue all of its chunks."""
    job = store.get_job(org_id, job_id)
    if job and job.state == "preparing":
        job = _frozen(job)
    if not job or job.state != "running":
        return
    if not job.chunks:
        _end(job, "finished", "job.finished")
    outbox.send_chunks(job, range(job.chunks))


def run_chunk(org_id: str, job_id: str, number: int) -> None:
    """Do the items of a chunk that have no result yet."""
    job = store.get_job(org_id, job_id)
    if not job or job.state != "running":
        return
    if not store.is_closed(job, number):
        ids = store.ids_of_chunk(job, number)
        done = store.results(job, number)
        left = [(number * CHUNK + place, id_) for place, id_ in enumerate(ids) if number * CHUNK + place not in done]
        if not _run(job, left, time.monotonic() + SECONDS):
            outbox.send_chunks(job, [number])
            return
        store.close_chunk(job, number, store.results(job, number).values())
    job = store.get_job(org_id, job_id) or job
    if job.state == "running" and job.chunks_done >= job.chunks:
        _end(job, "finished", "job.finished")


def _run(job: Job, items: list[tuple[int, str]], deadline: float) -> bool:
    """Do these items at the rate that all jobs share; False when the time is over. A cancelled job goes no further."""
    for start in range(0, len(items), LEASE):
        batch = items[start : start + LEASE]
        wait = rate_store.lease(job.org_id, len(batch), float(config().job_items_per_second))
        if time.monotonic() + wait > deadline:
            return False
        time.sleep(wait)
        now = store.get_job(job.org_id, job.id)
        if not now or now.state != "running":
            return True
        actor = owner_of(job)
        for number, ticket_id in batch:
            _run_item(job, actor, number, ticket_id)
    return True


def _run_item(job: Job, actor: Actor, number: int, ticket_id: str) -> None:
    effect = Effect(row=store.item_row(job, number, ticket_id, "done"))
    try:
        _do(job, actor, ticket_id, effect)
    except DeskError as error:
        detail = _told(error)
        store.put_item(store.item_row(job, number, ticket_id, "failed", code=error.code, detail=detail))
    except Exception:
        logger.exception("an item failed", job=job.id, ticket=ticket_id)
        detail = "this is our fault and has been noted"
        store.put_item(store.item_row(job, number, ticket_id, "failed", code="internal_error", detail=detail))
    else:
        if not effect.changed:
            store.put_item(store.item_row(job, number, ticket_id, "unchanged"))


def _do(job: Job, actor: Actor, ticket_id: str, effect: Effect) -> None:
    """The action, as one command of the job's owner; tried again while something that it needs does not answer."""
    kind = kind_of(job.action)
    require(actor, kind.needs)
    who = {"kind": actor.kind, "id": actor.id, "ip": None}
    cause = Cause(job.org_id, who, job.via, command_id(job.id, ticket_id), causation_id=job.id, effect=effect)
    for attempt in tries(_TRIES):
        try:
            kind.do(actor, cause, ticket_id, job.action)
            return
        except Unavailable:
            if attempt == _TRIES - 1:
                raise


def _told(error: DeskError) -> str:
    if fields := error.facts.get("fields"):
        return f"{error.detail}: {', '.join(sorted(fields))}"
    if isinstance(error, Invalid) and error.errors:
        return "; ".join(f"{one.pointer}: {one.message}" for one in error.errors)
    return error.detail


def _frozen(job: Job) -> Job | None:
    """Walk the filter and write down what it finds; who is first at the end decides, and the others' walk is lost."""
    attempt = new_id()
    try:
        total = store.freeze(job, sources.found_by(owner_of(job), job), attempt, MOST_IDS)
        if total > MOST_IDS:
            raise Invalid(f"more than {MOST_IDS} tickets; take a narrower filter", code="too_many")
    except DeskError as error:
        if isinstance(error, Unavailable):
            raise
        _end(job, "failed", "job.failed", error={"code": error.code, "detail": error.detail})
    else:
        store.move(job, "running", total=total, chunks=-(-total // CHUNK), frozen=attempt)
    return store.get_job(job.org_id, job.id)


def _end(job: Job, state: str, type_: str, **values: Any) -> None:
    who = {"kind": "system", "id": "system", "ip": None}
    cause = Cause(job.org_id, who, "system", job.id, causation_id=job.id)
    ended = replace(job, version=job.version + 1)
    store.move(job, state, [progress_row(cause, ended, type_)], ended_at=clock.stamp(), **values)
