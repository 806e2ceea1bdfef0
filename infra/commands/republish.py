"""`desk republish`: events that never reached the feed, because the stream gave them up, are numbered and sent now."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import typer

from infra.commands.operator import Stack, enter, scanned


def republish(stack: Stack = "") -> None:
    """Find events without a number and publish them; safe to repeat, and harmless when there are none."""
    enter(stack)
    typer.echo(f"{publish_unnumbered()} events published")


def publish_unnumbered() -> int:
    """Publish every event of the table that has no number, in the order of their making; says how many."""
    from helpdesk.feed.publish import publish

    rows = sorted(_unnumbered(), key=lambda row: (row["org_id"], row["at"], row["pk"], row["version"]))
    for org_id, group in groupby(rows, key=lambda row: str(row["org_id"])):
        publish(org_id, list(group))
    return len(rows)


def _unnumbered() -> Iterator[dict[str, Any]]:
    from helpdesk.core.config import config
    from helpdesk.core.items import dump_item

    return scanned(
        config().tickets_table,
        FilterExpression="begins_with(sk, :event) AND attribute_not_exists(seq)",
        ExpressionAttributeValues=dump_item({":event": "EVENT#"}),
    )
