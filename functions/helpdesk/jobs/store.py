"""Rows of jobs, in the Deliveries table: the job, its frozen ids by the thousand, a result an item, a sum a chunk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import timedelta
from itertools import islice
from typing import Any

from helpdesk.core import clock
from helpdesk.core.config import config
from helpdesk.core.items import Item
from helpdesk.core.table import NEW, Action, ConditionFailed, Put, Update, get, query, query_all, transact, write
from helpdesk.jobs.model import CHUNK, OUTCOMES, Job, job_from

KEPT = timedelta(days=90)
_IDS = 1000  # ids of a row: 27 kB, ten chunks
_STATE = {"#state": "state"}


def add(job: Job, ids: Sequence[str], also: Sequence[Action]) -> None:
    """Store a new job with its ids in one transaction; ConditionFailed if it is there."""
    row = asdict(job) | {"pk": _pk(job), "sk": "JOB", "s_pk": f"{job.org_id}#JOBS", "s_sk": job.id} | _over()
    transact([Put(config().deliveries_table, row, NEW), *_id_rows(job, ids, job.frozen), *also])


def get_job(org_id: str, job_id: str) -> Job | None:
    """One job."""
    row = get(config().deliveries_table, f"{org_id}#JOB#{job_id}", "JOB")
    return job_from(row) if row else None


def list_jobs(org_id: str, *, before: str | None, limit: int) -> list[Job]:
    """Jobs, the newest first, older than the job `before`."""
    page = query(
        config().deliveries_table,
        f"{org_id}#JOBS",
        index="by_status",
        key_names=("s_pk", "s_sk"),
        between=("0", before or "~"),
        limit=limit + 1,
        newest_first=True,
    )
    return [job_from(row) for row in page.items if row["s_sk"] != before][:limit]


def freeze(job: Job, ids: Iterable[str], attempt: str, most: int) -> int:
    """Write the ids that a walk finds, under the walk's own name; gives how many, at most `most` + 1."""
    walked, total = iter(ids), 0
    while total <= most and (batch := list(islice(walked, min(_IDS, most + 1 - total)))):
        for action in _id_rows(job, batch, attempt, first=total // _IDS):
            write(action)
        total += len(batch)
    return total


def move(job: Job, state: str, also: Sequence[Action] = (), **values: Any) -> bool:
    """Change a job's state, provided that nobody else has; `also` is written with it."""
    given = {"state": state, "version": job.version + 1} | values
    names = {f"#{name}": name for name in given}
    change = Update(
        config().deliveries_table,
        _pk(job),
        "JOB",
        "SET " + ", ".join(f"#{name} = :{name}" for name in given),
        "#state = :was",
        names=names,
        values={f":{name}": value for name, value in given.items()} | {":was": job.state},
    )
    try:
        transact([change, *also])
    except ConditionFailed:
        return False
    return True


def mark_undone(job: Job, undo_id: str) -> Action:
    """The write that names the one job that undoes another."""
    return Update(
        config().deliveries_table,
        _pk(job),
        "JOB",
        "SET undone_by = :undo",
        "undone_by = :none AND NOT #state IN (:preparing, :running)",
        names=_STATE,
        values={":undo": undo_id, ":none": None, ":preparing": "preparing", ":running": "running"},
    )


def ids_of_chunk(job: Job, number: int) -> list[str]:
    """The ids of one chunk, in order."""
    place, offset = divmod(number * CHUNK, _IDS)
    row = get(config().deliveries_table, _pk(job), f"IDS#{job.frozen}#{place:05}")
    return list(row["ids"][offset : offset + CHUNK]) if row else []


def item_row(job: Job, number: int, ticket_id: str, outcome: str, **why: str) -> Put:
    """The write of an item's result; it fails if the item has one."""
    row = {"pk": _pk(job), "sk": _item_key(number), "ticket_id": ticket_id, "outcome": outcome, "at": clock.stamp()}
    if outcome == "failed":  # only these have an index of their own
        row |= {"s_pk": f"{_pk(job)}#failed", "s_sk": _item_key(number)}
    return Put(config().deliveries_table, row | why | _over(), NEW)


def put_item(row: Put) -> None:
    """Store a result, unless the item has one."""
    try:
        write(row)
    except ConditionFailed:
        return


def results(job: Job, number: int) -> dict[int, str]:
    """The outcomes that a chunk has so far, by the item's number."""
    first = number * CHUNK
    bounds = (_item_key(first), _item_key(first + CHUNK - 1))
    rows = query_all(config().deliveries_table, _pk(job), between=bounds, consistent=True)
    return {int(row["sk"].removeprefix("ITEM#")): row["outcome"] for row in rows}


def list_items(job: Job, *, outcome: str | None, after: str | None, limit: int) -> tuple[list[Item], str | None]:
    """Results in order after a position, and the position to go on from; a page of done ones may be short."""
    held = outcome == "failed"
    page = query(
        config().deliveries_table,
        f"{_pk(job)}#failed" if held else _pk(job),
        index="by_status" if held else None,
        key_names=("s_pk", "s_sk") if held else ("pk", "sk"),
        between=(after or "ITEM#", "ITEM#~"),
        limit=limit + 1 + bool(after),
    )
    rows = [row for row in page.items if row["sk"] != after]
    shown = rows[:limit]
    last = shown[-1]["sk"] if shown and (len(rows) > limit or page.next_key) else None
    return [row for row in shown if outcome in (None, row["outcome"])], last


def done_ids(job: Job) -> Iterable[str]:
    """The tickets that a job changed, in its order."""
    rows = query_all(config().deliveries_table, _pk(job), between=("ITEM#", "ITEM#~"), consistent=True)
    return (row["ticket_id"] for row in rows if row["outcome"] == "done")


def close_chunk(job: Job, number: int, outcomes: Iterable[str]) -> None:
    """Add a chunk's results to the job's, once."""
    found = list(outcomes)
    counts = {name: found.count(name) for name in OUTCOMES}
    row = {"pk": _pk(job), "sk": f"CHUNK#{number:05}"} | counts | _over()
    table, values = config().deliveries_table, {f":{name}": count for name, count in counts.items()}
    added = Update(
        table,
        _pk(job),
        "JOB",
        "ADD chunks_done :one, done :done, unchanged :unchanged, failed :failed",
        values=values | {":one": 1},
    )
    try:
        transact([Put(table, row, NEW), added])
    except ConditionFailed:
        return


def is_closed(job: Job, number: int) -> bool:
    """True if a chunk's results are in the job's."""
    return get(config().deliveries_table, _pk(job), f"CHUNK#{number:05}") is not None


def _id_rows(job: Job, ids: Sequence[str], attempt: str, first: int = 0) -> list[Put]:
    rows = []
    for place, start in enumerate(range(0, len(ids), _IDS), first):
        row = {"pk": _pk(job), "sk": f"IDS#{attempt}#{place:05}", "ids": list(ids[start : start + _IDS])} | _over()
        rows.append(Put(config().deliveries_table, row))
    return rows


def _over() -> Item:
    return {"expires_at": clock.epoch(clock.now() + KEPT)}


def _item_key(number: int) -> str:
    return f"ITEM#{number:06}"


def _pk(job: Job) -> str:
    return f"{job.org_id}#JOB#{job.id}"
