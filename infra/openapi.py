"""`make openapi`: the API's description and the page of permissions, from the route tables and models."""

from __future__ import annotations

import inspect
import json
import re
from typing import Any

from infra import ROOT
from infra.commands.routes import page as permissions_page

TARGET = ROOT / "docs" / "openapi.json"
EXAMPLES = ROOT / "docs" / "examples"
PERMISSIONS = ROOT / "docs" / "permissions.md"
_REF = "#/components/schemas/{model}"
_SECURITY: dict[str, list[dict[str, list[str]]]] = {"desk": [{"key": []}, {"session": []}], "portal": [{"portal": []}]}


def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    from helpdesk.web.catalogue import apis

    schemas: dict[str, Any] = {}
    paths: dict[str, Any] = {}
    for feature, api in apis().items():
        for route in api.routes:
            operation = _operation(feature, api.door, route, schemas)
            paths.setdefault(route.path, {})[route.method.lower()] = operation
    _add(schemas, "Problem")
    return {
        "openapi": "3.1.0",
        "info": {"title": "Lambdesk", "version": "1", "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "servers": [{"url": "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "__Host-desk"},
                "portal": {"type": "apiKey", "in": "cookie", "name": "__Host-portal"},
            },
        },
    }


def main() -> None:
    """Write the document."""
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(document(), indent=1, ensure_ascii=False) + "\n")
    print(f"{TARGET.relative_to(ROOT)}: {len(document()['paths'])} paths")
    PERMISSIONS.write_text(permissions_page())


def _operation(feature: str, door: str, route: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    from helpdesk.web.api import PUBLIC

    operation: dict[str, Any] = {
        "operationId": f"{feature}_{route.serve.__name__}",
        "tags": [feature],
        "summary": inspect.getdoc(route.serve),
        "x-permission": route.needs,
        "x-rate-limit-class": route.limit,
        **({"deprecated": True} if route.deprecated else {}),
        "security": [] if route.needs == PUBLIC else _SECURITY[door],
        "parameters": _parameters(route),
        "responses": _responses(route, schemas),
    }
    if route.takes:
        from helpdesk.web.bodies import CSV, FORM, model_of

        model = model_of(route.takes)
        reference = _schema(schemas, model)
        types = ["application/json", *([FORM] if hasattr(model, "FORM") else ())]
        content: dict[str, Any] = {one: {"schema": reference} for one in types}
        content |= {CSV: {"schema": {"type": "string"}}} if hasattr(model, "CSV") else {}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _parameters(route: Any) -> list[dict[str, Any]]:
    from helpdesk.web.parameters import MEANING

    text = {"type": "string"}
    found = [
        {"name": name, "in": "path", "required": True, "schema": text} for name in re.findall(r"{(\w+)}", route.path)
    ]
    found += [
        {"name": name, "in": "query", "schema": text, "description": MEANING[name]} for name in sorted(set(route.asks))
    ]
    if route.method in ("POST", "PATCH") and route.needs != "public":
        found.append({"name": "Idempotency-Key", "in": "header", "schema": text | {"maxLength": 255}})
    if route.method in ("PATCH", "PUT", "DELETE"):
        found.append({"name": "If-Match", "in": "header", "schema": text})
    return found


def _responses(route: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "done"}
    if route.gives:
        from helpdesk.web.answers import shape

        kind, _, name = route.gives.rpartition(":")
        schema = _add(schemas, name)
        if kind == "list":
            cursor = {"type": ["string", "null"]}
            rows = {"type": "array", "items": schema}
            schema = {"type": "object", "properties": {"data": rows, "next_cursor": cursor}, "required": ["data"]}
        success["content"] = {getattr(shape(name), "MEDIA_TYPE", "application/json"): {"schema": schema}}
    problem = {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}}
    return {str(route.status): success, "default": {"description": "a problem", "content": problem}}


def _add(schemas: dict[str, Any], name: str) -> dict[str, Any]:
    from helpdesk.web.answers import shape

    return _schema(schemas, shape(name))


def _schema(schemas: dict[str, Any], model: Any) -> dict[str, Any]:
    made = model.model_json_schema(ref_template=_REF)
    recorded = EXAMPLES / f"{model.__name__}.json"
    if recorded.exists():
        made["examples"] = [json.loads(recorded.read_text())]
    schemas.update(made.pop("$defs", {}))
    schemas[model.__name__] = made
    return {"$ref": _REF.format(model=model.__name__)}


if __name__ == "__main__":
    main()
