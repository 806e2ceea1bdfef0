"""`python -m infra.event_types`: the list of event types wherever it is read, from its one source, events/schemas.

Each schema has the type's name, meaning and form. From them come the table in docs/events.md, what
`GET /v1/event-types` answers, and an example of each (the schema's own, or one made from it). A test compares.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from infra import ROOT

SCHEMAS = ROOT / "events" / "schemas"
CATALOGUE = ROOT / "functions" / "helpdesk" / "webhooks" / "event_types.json"
DOCS = ROOT / "docs" / "events.md"
_HEAD = "| type | when | data |\n|---|---|---|\n"
_TABLE = re.compile(r"\| type \| when \| data \|\n(?:\|.*\n)+")
_ID, _AT = "01KAGH8V6N3X9Y2Z7W5T4R1QPM", "2026-11-20T09:30:00.000Z"
_PERSON = {"id": _ID, "name": "Carla Customer", "email": "carla@customer.example"}
_VALUES: dict[str, tuple[Any, Any]] = {
    "number": (None, 1001),
    "subject": ("Help", "The charger stops"),
    "status_id": ("new", "open"),
    "category": ("new", "open"),
    "priority": ("normal", "high"),
    "requester": (None, _PERSON),
    "assignee_id": (None, _ID),
    "team_id": (None, _ID),
    "tags": ([], ["charger"]),
    "fields": ({}, {"serial": "A-1"}),
    "cc": ([], ["friend@customer.example"]),
    "channel": (None, "mail"),
    "message_count": (1, 2),
    "has_attachments": (False, True),
    "snippet": ("Hello", "It stops after three minutes."),
    "created_at": (None, _AT),
    "resolved_at": (None, _AT),
    "first_response_at": (None, _AT),
    "status_changed_at": (None, _AT),
    "enabled": (True, False),
}


def types() -> dict[str, dict[str, Any]]:
    """`{type: {description, event_schema, example}}`, by name."""
    found = {}
    for path in sorted(SCHEMAS.glob("*.json")):
        schema = json.loads(path.read_text())
        given = schema.pop("examples", None)
        example = given[0] if given else example_of(schema)
        found[path.stem] = {"description": schema["description"], "event_schema": schema, "example": example}
    return found


def catalogue() -> str:
    """The text of functions/helpdesk/webhooks/event_types.json: one line a type, so that changes of two merge."""
    lines = [f"{json.dumps(name)}: {json.dumps(facts, ensure_ascii=False)}" for name, facts in types().items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def docs() -> str:
    """The text of docs/events.md with its table."""
    rows = [
        f"| `{name}` | {facts['description']} | {_data(facts['event_schema'])}|\n" for name, facts in types().items()
    ]
    return _TABLE.sub(lambda _: _HEAD + "".join(rows), DOCS.read_text())


def example_of(schema: dict[str, Any], name: str = "") -> Any:
    """A value that fits the schema, and looks like one that the desk would send."""
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    kinds = schema.get("type", "null")
    kind = kinds if isinstance(kinds, str) else kinds[0]
    if kind == "object":
        parts = schema.get("properties", {})
        if set(parts) == {"from", "to"}:
            return dict(zip(("from", "to"), _VALUES.get(name, (None, None)), strict=True))
        return {part: example_of(form, part) for part, form in parts.items()}
    plain: dict[str, Any] = {"integer": 1, "number": 1, "boolean": False, "array": [], "null": None}
    return plain[kind] if kind in plain else _text(schema, name)


def main() -> None:
    """Write both."""
    CATALOGUE.write_text(catalogue())
    DOCS.write_text(docs())
    print(f"{len(types())} types in {_shown(CATALOGUE)} and {_shown(DOCS)}")


def _text(schema: dict[str, Any], name: str) -> str:
    if schema.get("format") == "date-time" or name.endswith("_at"):
        return _AT
    known = {"org_id": "acme", "ip": "198.51.100.7", "kind": "team", "detail": "", "reason": "no answer in 5 s"}
    return known.get(name, _ID)


def _data(schema: dict[str, Any]) -> str:
    parts = schema["properties"]["data"].get("properties", {})
    shown = [
        f"`{name}`: {form['description']}" if "description" in form else f"`{name}`" for name, form in parts.items()
    ]
    return ", ".join(shown) + " " * bool(shown)


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
