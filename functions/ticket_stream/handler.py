"""The only publisher: committed events from the table's stream to the feed and the bus."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from aws_lambda_powertools import Logger

from helpdesk.core.items import load_item
from helpdesk.feed.publish import publish

logger = Logger()


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Publish the new events of a batch in order; on a fault the stream goes on from that record."""
    records = [record for record in event["Records"] if _is_new_event(record)]
    rows = [(record, load_item(record["dynamodb"]["NewImage"])) for record in records]
    for org_id, group in groupby(rows, key=lambda one: one[1]["org_id"]):
        batch = list(group)
        try:
            publish(org_id, [row for _, row in batch])
        except Exception:
            first = batch[0][0]["dynamodb"]["SequenceNumber"]
            logger.exception("publishing failed", first=first, count=len(batch))
            return {"batchItemFailures": [{"itemIdentifier": first}]}
    return {"batchItemFailures": []}


def _is_new_event(record: dict[str, Any]) -> bool:
    keys = record["dynamodb"]["Keys"]
    return record["eventName"] == "INSERT" and str(keys["sk"]["S"]).startswith("EVENT#")
