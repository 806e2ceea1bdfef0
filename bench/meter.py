"""Counts what an operation asks of AWS: calls, and the capacity units that DynamoDB says it used."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import botocore.client

_READS = {"GetItem", "BatchGetItem", "Query"}


@dataclass
class Meter:
    """The calls made since it was started, with the units they used."""

    calls: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    read_units: float = 0
    write_units: float = 0

    @property
    def round_trips(self) -> int:
        """Calls of DynamoDB and others alike."""
        return len(self.calls)


@contextmanager
def metered() -> Iterator[Meter]:
    """Count the AWS calls made inside the block; capacity is asked for and added up."""
    client: Any = botocore.client.BaseClient
    original, meter = client._make_api_call, Meter()

    def call(self: Any, operation: str, params: dict[str, Any]) -> Any:
        service = self.meta.service_model.service_name
        meter.calls.append((service, operation, copy.deepcopy(params)))
        if service == "dynamodb":
            params = params | {"ReturnConsumedCapacity": "TOTAL"}
        answer = original(self, operation, params)
        consumed = answer.get("ConsumedCapacity") or []
        units = sum(one["CapacityUnits"] for one in (consumed if isinstance(consumed, list) else [consumed]))
        if operation in _READS:
            meter.read_units += units
        else:
            meter.write_units += units
        return answer

    client._make_api_call = call
    try:
        yield meter
    finally:
        client._make_api_call = original
