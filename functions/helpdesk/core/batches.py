"""Removing many rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpdesk.core.aws import client
from helpdesk.core.errors import Unavailable
from helpdesk.core.items import dump_item
from helpdesk.core.tries import tries

_AT_ONCE = 25  # requests of one BatchWriteItem (AWS limit)
_TRIES = 10


def delete_many(table: str, keys: Sequence[tuple[str, str]]) -> None:
    """Remove the rows at these (pk, sk), whether they are there or not; one round trip for each 25.

    Raises
    ------
    Unavailable
        when the table stays too busy; some rows are gone then, and trying again is safe.
    """
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        request: Any = {table: [{"DeleteRequest": {"Key": dump_item({"pk": pk, "sk": sk})}} for pk, sk in part]}
        for _ in tries(_TRIES):
            request = client("dynamodb").batch_write_item(RequestItems=request).get("UnprocessedItems")
            if not request:
                break
        else:
            raise Unavailable("the tables are too busy; try again")
