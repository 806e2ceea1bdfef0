"""What happened, into the search index: a batch of events at a time."""

from __future__ import annotations

import json
from typing import Any

from aws_lambda_powertools import Logger

logger = Logger()


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Write the documents of a batch's subjects together; if that fails, each event for itself.

    So one document that cannot be written does not hold up the others: it alone comes again, and ends as a letter.
    """
    from helpdesk.search.indexing import take

    records = [(record["messageId"], _event(record["body"])) for record in event["Records"]]
    try:
        take([one for _, one in records])
        return {"batchItemFailures": []}
    except Exception:
        logger.exception("a batch failed", count=len(records))
    failed = []
    for message_id, one in records:
        try:
            take([one])
        except Exception:
            logger.exception("failed", message_id=message_id)
            failed.append({"itemIdentifier": message_id})
    return {"batchItemFailures": failed}


def _event(body: str) -> dict[str, Any]:
    """The domain event in what the bus put on the queue."""
    given: dict[str, Any] = json.loads(body)
    found: dict[str, Any] = given.get("detail", given)
    return found
