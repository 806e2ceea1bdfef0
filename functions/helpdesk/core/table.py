"""DynamoDB with plain dicts: reads, one-round-trip writes, and errors that the domain understands."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from helpdesk.core.actions import NEW, Action, Check, ConditionFailed, Delete, Put, Update, item_of, request_of
from helpdesk.core.aws import client
from helpdesk.core.errors import Unavailable
from helpdesk.core.items import Item, dump_item, load_item
from helpdesk.core.spent import spent
from helpdesk.core.tries import tries

__all__ = ["NEW", "Action", "Check", "ConditionFailed", "Delete", "Page", "Put", "Update"]
_CONFLICT_TRIES = 8


@dataclass(frozen=True)
class Page:
    """Items of one query and the key to go on from, None at the end."""

    items: list[Item]
    next_key: Item | None


def get(table: str, pk: str, sk: str, *, consistent: bool = True) -> Item | None:
    """One item or None; one round trip."""
    with _translated():
        answer = client("dynamodb").get_item(
            TableName=table, Key=dump_item({"pk": pk, "sk": sk}), ConsistentRead=consistent
        )
    return load_item(answer["Item"]) if "Item" in answer else None


def get_many(keys: Sequence[tuple[str, str, str]]) -> list[Item]:
    """The items that exist of (table, pk, sk), in no order; one round trip for each 100 keys."""
    found: list[Item] = []
    unique = list(dict.fromkeys(keys))
    for start in range(0, len(unique), 100):
        request: Any = {}
        for table, pk, sk in unique[start : start + 100]:
            request.setdefault(table, {"Keys": [], "ConsistentRead": True})["Keys"].append(
                dump_item({"pk": pk, "sk": sk})
            )
        found += _batch_get(request)
    return found


def query(
    table: str,
    pk: str,
    *,
    index: str | None = None,
    key_names: tuple[str, str] = ("pk", "sk"),
    between: tuple[str, str] | None = None,
    start_key: Item | None = None,
    limit: int | None = None,
    newest_first: bool = False,
    consistent: bool = False,
) -> Page:
    """Items of one partition, ordered by sort key; one round trip.

    `between` bounds the sort key at both ends, inclusive. `limit` counts items read.
    """
    values: Item = {":pk": pk}
    condition = "#pk = :pk"
    names = {"#pk": key_names[0]}
    if between:
        condition += " AND #sk BETWEEN :low AND :high"
        names["#sk"] = key_names[1]
        values |= {":low": between[0], ":high": between[1]}
    request: Any = {
        "TableName": table,
        "KeyConditionExpression": condition,
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": dump_item(values),
        "ScanIndexForward": not newest_first,
        "ConsistentRead": consistent,
    }
    optional = {
        "IndexName": index,
        "Limit": limit,
        "ExclusiveStartKey": dump_item(start_key) if start_key else None,
    }
    request |= {name: value for name, value in optional.items() if value is not None}
    with _translated():
        answer = client("dynamodb").query(**request)
    last = answer.get("LastEvaluatedKey")
    return Page([load_item(item) for item in answer["Items"]], load_item(last) if last else None)


def query_all(table: str, pk: str, **options: Any) -> Iterator[Item]:
    """Every item of a partition, page by page."""
    start_key = None
    while True:
        page = query(table, pk, start_key=start_key, **options)
        yield from page.items
        if not (start_key := page.next_key):
            return


def write(action: Action) -> Item:
    """One write; gives the item's new attributes for an Update, else {}.

    Raises
    ------
    ConditionFailed
        when the action's condition does not hold.
    """
    dynamodb: Any = client("dynamodb")
    kind, request = request_of(action)
    call = {"Put": dynamodb.put_item, "Update": dynamodb.update_item, "Delete": dynamodb.delete_item}[kind]
    if kind == "Update":
        request["ReturnValues"] = "ALL_NEW"
    try:
        with _translated():
            answer = call(**request)
    except dynamodb.exceptions.ConditionalCheckFailedException as failure:
        raise ConditionFailed(action, item_of(failure.response)) from failure
    return load_item(answer.get("Attributes", {}))


def transact(actions: Sequence[Action]) -> None:
    """All of the actions or none; one round trip. A conflict with a running transaction is tried again.

    Raises
    ------
    ConditionFailed
        for the first action whose condition does not hold.
    Unavailable
        when the items stay contended.
    """
    dynamodb = client("dynamodb")
    request: Any = {"TransactItems": [dict([request_of(action)]) for action in actions]}
    for _ in tries(_CONFLICT_TRIES):
        try:
            with _translated():
                dynamodb.transact_write_items(**request)
            return
        except dynamodb.exceptions.TransactionCanceledException as failure:
            reasons: Any = failure.response.get("CancellationReasons", [])
            for action, reason in zip(actions, reasons, strict=False):
                if reason.get("Code") == "ConditionalCheckFailed":
                    raise ConditionFailed(action, item_of(reason)) from failure
            if not any("Conflict" in reason.get("Code", "") for reason in reasons):
                raise
    raise Unavailable("the same thing is being changed by too many at once; try again")


def _batch_get(request: Any) -> list[Item]:
    found: list[Item] = []
    for _ in tries(_CONFLICT_TRIES):
        with _translated():
            answer = client("dynamodb").batch_get_item(RequestItems=request)
        found += [load_item(item) for items in answer["Responses"].values() for item in items]
        if not (request := answer.get("UnprocessedKeys")):
            return found
    raise Unavailable("the tables are too busy; try again")


_BUSY = {
    "ProvisionedThroughputExceededException",
    "ThrottlingException",
    "RequestLimitExceeded",
    "InternalServerError",
}


@contextmanager
def _translated() -> Iterator[None]:
    """Throttling and outages, after botocore's own retries, as `Unavailable`; and the time noted in `spent`."""
    from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

    began = time.perf_counter()
    try:
        yield
    except ClientError as failure:
        if failure.response.get("Error", {}).get("Code") in _BUSY:
            raise Unavailable("the tables are too busy; try again") from failure
        raise
    except (ConnectionError, HTTPClientError) as failure:
        raise Unavailable("the tables do not answer; try again") from failure
    finally:
        spent.calls += 1
        spent.seconds += time.perf_counter() - began
