"""Messages of the jobs' queue: a chunk each."""

from __future__ import annotations

import json
from collections.abc import Sequence

from helpdesk.core.aws import client
from helpdesk.core.config import config
from helpdesk.core.errors import Unavailable
from helpdesk.jobs.model import Job

_AT_ONCE = 10  # messages of one SendMessageBatch (AWS limit)


def send_chunks(job: Job, numbers: Sequence[int]) -> None:
    """Queue these chunks; one that is queued twice is done once.

    Raises
    ------
    Unavailable
        when the queue does not take all of them.
    """
    for start in range(0, len(numbers), _AT_ONCE):
        batch = numbers[start : start + _AT_ONCE]
        entries = [{"Id": str(number), "MessageBody": _body(job, number)} for number in batch]
        answer = client("sqs").send_message_batch(QueueUrl=config().jobs_queue_url, Entries=entries)  # type: ignore[arg-type]
        if answer.get("Failed"):
            raise Unavailable("the queue of jobs does not take all chunks")


def _body(job: Job, number: int) -> str:
    return json.dumps({"org_id": job.org_id, "job_id": job.id, "chunk": number})
