"""Plain Python values to DynamoDB's typed form and back.

Ours, because boto3's `TypeSerializer` takes five times as long and refuses floats.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Item = dict[str, Any]
KEYS = frozenset({"pk", "sk"})  # of every table


def dump(value: Any) -> dict[str, Any]:
    """One value as a DynamoDB attribute value: str, bool, int, float, None, bytes, list, tuple, dict."""
    match value:
        case str():
            return {"S": value}
        case bool():
            return {"BOOL": value}
        case int() | float():
            return {"N": repr(value)}
        case None:
            return {"NULL": True}
        case Mapping():
            return {"M": dump_item(value)}
        case list() | tuple():
            return {"L": [dump(one) for one in value]}
        case bytes():
            return {"B": value}
    raise TypeError(f"no DynamoDB form for {type(value).__name__}")


def dump_item(values: Mapping[str, Any]) -> dict[str, Any]:
    """A whole item."""
    return {name: dump(value) for name, value in values.items()}


def load(attribute: Mapping[str, Any]) -> Any:
    """One attribute value as plain Python; whole numbers become int, others float."""
    kind, value = next(iter(attribute.items()))
    match kind:
        case "S" | "BOOL" | "B":
            return value
        case "N":
            return int(value) if value.lstrip("-").isdigit() else float(value)
        case "NULL":
            return None
        case "M":
            return load_item(value)
        case "L":
            return [load(one) for one in value]
        case "SS":
            return sorted(value)
    raise TypeError(f"no plain form for DynamoDB type {kind}")


def load_item(attributes: Mapping[str, Any]) -> Item:
    """A whole item as a plain dict."""
    return {name: load(value) for name, value in attributes.items()}
