"""The quickened moto still rolls a failed transaction back: rows that are put, updated and deleted, and the stream."""

from __future__ import annotations

import boto3
import pytest

from tests.cloud import Cloud, start


@pytest.fixture
def cloud():
    made = start()
    yield made
    made.mock.stop()


def _put(sk: str, **values: str) -> dict:
    return {"pk": {"S": "a"}, "sk": {"S": sk}, **{name: {"S": value} for name, value in values.items()}}


def _rows(cloud: Cloud) -> list[dict]:
    return boto3.client("dynamodb").scan(TableName="Tickets")["Items"]


def test_a_failed_transaction_leaves_no_trace(cloud):
    dynamodb = boto3.client("dynamodb")
    for sk in ("one", "two"):
        dynamodb.put_item(TableName="Tickets", Item=_put(sk, v="old"))
    before, told = _rows(cloud), len(cloud.stream_records())
    update = {
        "TableName": "Tickets",
        "Key": _put("one"),
        "UpdateExpression": "SET v = :v",
        "ExpressionAttributeValues": {":v": {"S": "new"}},
    }
    delete = {"TableName": "Tickets", "Key": _put("two")}
    refused = {"TableName": "Tickets", "Item": _put("four"), "ConditionExpression": "attribute_exists(pk)"}
    actions = [{"Update": update}, {"Delete": delete}, {"Put": {"TableName": "Tickets", "Item": _put("three")}}]
    with pytest.raises(dynamodb.exceptions.TransactionCanceledException):
        dynamodb.transact_write_items(TransactItems=[*actions, {"Put": refused}])
    assert (_rows(cloud), len(cloud.stream_records())) == (before, told)
    dynamodb.transact_write_items(TransactItems=actions)
    assert {row["sk"]["S"]: row.get("v") for row in _rows(cloud)} == {"one": {"S": "new"}, "three": None}
    assert len(cloud.stream_records()) == told + 3
