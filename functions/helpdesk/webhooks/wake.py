"""Waking workers: an event on the bus wakes the endpoints that ask for it, a message of ours wakes one."""

from __future__ import annotations

import json
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aws_lambda_powertools import Logger

from helpdesk.core.aws import client
from helpdesk.core.config import config

logger = Logger()
Place = tuple[str, str]  # organisation, webhook


def later(org_id: str, webhook_id: str, seconds: int = 0) -> None:
    """Have somebody deliver to this endpoint, in at most 900 s."""
    body = json.dumps({"kind": "deliver", "org_id": org_id, "webhook_id": webhook_id})
    client("sqs").send_message(QueueUrl=config().webhook_queue_url, MessageBody=body, DelaySeconds=seconds)


def take(records: list[dict[str, Any]]) -> list[str]:
    """Deliver to every endpoint that these messages wake, each in a thread of its own; gives the ids that failed.

    An endpoint that is slow holds up its own messages only: others are taken by other workers meanwhile.
    """
    from helpdesk.webhooks.run import deliver

    told: dict[Place, list[str]] = defaultdict(list)
    failed: set[str] = set()
    for record in records:
        try:
            for place in _woken(json.loads(record["body"])):
                told[place].append(record["messageId"])
        except Exception:
            logger.exception("not understood", message_id=record["messageId"])
            failed.add(record["messageId"])
    if not told:
        return sorted(failed)
    with ThreadPoolExecutor(len(told)) as pool:
        runs = {place: pool.submit(deliver, *place) for place in told}
    for place, run in runs.items():
        try:
            run.result()
        except Exception:
            logger.exception("delivering failed", webhook_id=place[1])
            failed.update(told[place])
    return sorted(failed)


def _woken(job: dict[str, Any]) -> list[Place]:
    from helpdesk.webhooks import registry

    if job.get("kind") == "deliver":
        return [(job["org_id"], job["webhook_id"])]
    event = job["detail"]
    if job["source"] == "aws.events":  # the clock: look at all, in case that a message was lost
        return [(one.org_id, one.id) for one in registry.enabled(config().org_id)]
    org_id = event["org_id"]
    return [(org_id, one.id) for one in registry.enabled(org_id) if one.is_told(event)]
