"""One write to DynamoDB as a value: an item to put, change or delete, under a condition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from helpdesk.core.items import Item, dump_item, load_item

NEW = "attribute_not_exists(pk)"


@dataclass(frozen=True)
class Put:
    """Write a whole item, if `condition` holds of the one that is there."""

    table: str
    item: Item
    condition: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Update:
    """Change attributes of the item at (pk, sk) by an update expression."""

    table: str
    pk: str
    sk: str
    expression: str
    condition: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Delete:
    """Remove the item at (pk, sk)."""

    table: str
    pk: str
    sk: str
    condition: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """Change nothing, but let the transaction fail unless `condition` holds of the item at (pk, sk)."""

    table: str
    pk: str
    sk: str
    condition: str
    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


Action = Put | Update | Delete | Check


class ConditionFailed(Exception):
    """A write did not happen: `action` is the first whose condition failed, `item` what stands there."""

    def __init__(self, action: Action, item: Item | None) -> None:
        super().__init__(type(action).__name__)
        self.action = action
        self.item = item


def adding(steps: Mapping[str, float]) -> tuple[str, dict[str, str], dict[str, Any]]:
    """What adds a step to the number of each name, for an Update: `(ADD clause, names, values)`."""
    names = {f"#add{index}": name for index, name in enumerate(steps)}
    values = {f":add{index}": step for index, step in enumerate(steps.values())}
    return "ADD " + ", ".join(f"#add{index} :add{index}" for index in range(len(steps))), names, values


def request_of(action: Action) -> tuple[str, dict[str, Any]]:
    """`(Put | Update | Delete | ConditionCheck, its request)` as DynamoDB wants it, alone or in a transaction."""
    request: dict[str, Any] = {"TableName": action.table}
    if isinstance(action, Put):
        request["Item"] = dump_item(action.item)
    else:
        request["Key"] = dump_item({"pk": action.pk, "sk": action.sk})
    if isinstance(action, Update):
        request["UpdateExpression"] = action.expression
    if action.condition:
        request["ConditionExpression"] = action.condition
        request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    if action.names:
        request["ExpressionAttributeNames"] = dict(action.names)
    if action.values:
        request["ExpressionAttributeValues"] = dump_item(action.values)
    return "ConditionCheck" if isinstance(action, Check) else type(action).__name__, request


def item_of(response: Mapping[str, Any]) -> Item | None:
    """The item in an answer, if there is one."""
    return load_item(response["Item"]) if response.get("Item") else None
