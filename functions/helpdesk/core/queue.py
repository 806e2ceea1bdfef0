"""An SQS batch: each message for itself, and only those that failed come again (partial batch response)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger

from helpdesk.core.errors import Unavailable

logger = Logger()


def take_each(event: dict[str, Any], take: Callable[[str], object]) -> dict[str, Any]:
    """Call `take` with each body; gives Lambda's ReportBatchItemFailures answer.

    Twelve lines of our own: Powertools' BatchProcessor costs 50 ms of each cold start.
    """
    failed = []
    for record in event["Records"]:
        try:
            take(record["body"])
        except Unavailable as later:
            logger.info("comes again", message_id=record["messageId"], reason=later.detail)
            failed.append({"itemIdentifier": record["messageId"]})
        except Exception:
            logger.exception("failed", message_id=record["messageId"])
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}
