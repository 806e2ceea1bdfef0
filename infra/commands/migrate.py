"""`desk migrate`: rows of older shapes are written in the present one, in the background of a running desk (DM-02)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from infra.commands.operator import Stack, enter, scanned


def migrate(stack: Stack = "") -> None:
    """Bring every ticket and message up to the present shape; safe to repeat and to stop at any time."""
    enter(stack)
    typer.echo(f"{sweep()} rows brought up")


def sweep() -> int:
    """Rewrite rows of older shapes, each only if nobody has changed it meanwhile; says how many.

    No event tells of it: what the row means is the same. A row that somebody writes meanwhile is up by that.
    """
    from helpdesk.core.config import config
    from helpdesk.core.table import ConditionFailed, Put, write
    from helpdesk.tickets.schema import SCHEMA, upcast

    done = 0
    for row in _older(SCHEMA):
        kind, condition, value = _kind(row)
        fresh = dict(upcast(kind, row)) | {"schema": SCHEMA}
        names = {"#guard": condition}
        action = Put(config().tickets_table, fresh, "#guard = :was", names, {":was": value})
        try:
            write(action)
        except ConditionFailed:
            continue
        done += 1
    return done


def _kind(row: dict[str, Any]) -> tuple[str, str, Any]:
    """What it is, and the attribute and value by which one sees that nobody has written it meanwhile."""
    if row["sk"] == "TICKET":
        return "ticket", "version", row["version"]
    return "message", "delivery", row["delivery"]


def _older(schema: int) -> Iterator[dict[str, Any]]:
    from helpdesk.core.config import config
    from helpdesk.core.items import dump_item

    values = {":schema": schema, ":ticket": "TICKET", ":message": "MSG#"}
    return scanned(
        config().tickets_table,
        FilterExpression="#schema < :schema AND (sk = :ticket OR begins_with(sk, :message))",
        ExpressionAttributeNames={"#schema": "schema"},
        ExpressionAttributeValues=dump_item(values),
    )
