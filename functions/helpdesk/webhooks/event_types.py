"""The types of events with their schemas and examples; made from events/schemas by `python -m infra.event_types`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from helpdesk.webhooks.payload import CUSTOMER

SOURCE = Path(__file__).with_name("event_types.json")


@cache
def catalogue() -> dict[str, dict[str, Any]]:
    """`{type: {description, event_schema, example}}`, by name."""
    return dict(json.loads(SOURCE.read_text()))


def names() -> frozenset[str]:
    """Every type that there is."""
    return frozenset(catalogue())


def described() -> list[dict[str, Any]]:
    """The types for integrators; `scopes` are those of the webhooks that may get it."""
    return [
        {"type": name, **facts, "scopes": ["internal", "customer"] if name in CUSTOMER else ["internal"]}
        for name, facts in catalogue().items()
    ]
