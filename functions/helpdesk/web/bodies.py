"""A request body: bounded, JSON, and checked against the route's pydantic model with all faults at once."""

from __future__ import annotations

import base64
import importlib
import json
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from helpdesk.core.errors import FieldError, Invalid

if TYPE_CHECKING:
    from pydantic import BaseModel

FORM, CSV = "application/x-www-form-urlencoded", "text/csv"
MOST_BYTES = 1_000_000
MOST_DEPTH = 20


def checked_body(event: dict[str, Any], headers: dict[str, str], model_name: str | None) -> dict[str, Any]:
    """The body as a dict of the fields that were given; {} for a route without a model.

    Raises
    ------
    Invalid
        not JSON (415, 400), too large (413), or not what the model asks for (422, each field named).
    """
    if model_name is None:
        return {}
    text = raw_body(event)
    if len(text) > MOST_BYTES:
        raise Invalid(f"a body may have {MOST_BYTES} bytes", code="too_large")
    type_ = headers.get("content-type", "application/json")
    if type_.startswith(FORM) and hasattr(model_of(model_name), "FORM"):
        return _validated(model_of(model_name), dict(parse_qsl(text, max_num_fields=50)))
    if type_.startswith(CSV) and hasattr(model_of(model_name), "CSV"):
        named = "csv_base64" if event.get("isBase64Encoded") else "csv"
        return _validated(model_of(model_name), {named: event.get("body") or ""})
    if "json" not in type_:
        raise Invalid("the body must be application/json", code="not_json")
    try:
        given = json.loads(text or "{}")
    except (ValueError, RecursionError) as failure:
        place = f"at character {failure.pos}" if isinstance(failure, json.JSONDecodeError) else "nested too deep"
        fault = FieldError("", "malformed", place)
        raise Invalid("the body is not JSON", fault, code="malformed_json", malformed=True) from failure
    if _depth(given) > MOST_DEPTH:
        fault = FieldError("", "too_deep", f"nested deeper than {MOST_DEPTH}")
        raise Invalid("the body is nested too deep", fault, malformed=True)
    return _validated(model_of(model_name), given)


def raw_body(event: dict[str, Any]) -> str:
    """The body's text as it came."""
    text = event.get("body") or ""
    return base64.b64decode(text).decode("utf-8", "replace") if event.get("isBase64Encoded") else text


@cache
def model_of(name: str) -> type[BaseModel]:
    """The model named `module:Class`; imported at first use, because pydantic costs 100 ms of a cold start."""
    module, _, attribute = name.partition(":")
    model: type[BaseModel] = getattr(importlib.import_module(module), attribute)
    return model


def validated(name: str, given: Any, pointer: str = "") -> dict[str, Any]:
    """What the model named `module:Class` makes of a part of a body, which stands at `pointer`."""
    return _validated(model_of(name), given, pointer)


def _validated(model: type[BaseModel], given: Any, pointer: str = "") -> dict[str, Any]:
    from pydantic import ValidationError

    try:
        return model.model_validate(given).model_dump(exclude_unset=True, mode="json")
    except ValidationError as failure:
        faults = [
            FieldError(
                pointer + "".join(f"/{part}" for part in error["loc"]),
                error["type"],
                error["msg"].removeprefix("Value error, "),
            )
            for error in failure.errors(include_url=False, include_input=False, include_context=False)
        ]
        raise Invalid("some fields are not right", *faults) from None


def _depth(value: Any, level: int = 1) -> int:
    if level > MOST_DEPTH:
        return level
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return max((_depth(child, level + 1) for child in children), default=level)
