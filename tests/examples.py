"""Examples of bodies and answers in docs/examples: recorded by tests, shown in the API's description, held as golden.

`RECORD_EXAMPLES=1 pytest tests/api tests/contract` writes those that are missing; delete a file to record it anew.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

FOLDER = Path(__file__).parents[1] / "docs" / "examples"
RECORDING = bool(os.environ.get("RECORD_EXAMPLES"))
_SECRET = re.compile(r"(ldk_\w+?_\w+?_|ld[ar]_\w+\.\w+\.\w+\.|whsec_|\"client_secret\": \")[\w+/=-]+")


def example(name: str) -> Any:
    """The example of the body or answer of this name, None if there is none yet."""
    path = FOLDER / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else None


def record(name: str, value: Any) -> None:
    """Write the example if recording and it is missing; secrets are cut short."""
    path = FOLDER / f"{name}.json"
    if not RECORDING or path.exists():
        return
    text = _SECRET.sub(r"\1...", json.dumps(value, indent=1, ensure_ascii=False))
    path.write_text(text + "\n")


def record_request(method: str, path: str, body: Any) -> None:
    """Record what was sent with success to a route that takes a body."""
    from helpdesk.web.catalogue import routes

    if RECORDING and isinstance(body, str):
        body = dict(parse_qsl(body))  # an app's form
    if not RECORDING or not isinstance(body, dict):
        return
    for route in routes():
        pattern = re.sub(r"{\w+}", "[^/]+", route.path)
        if route.takes and route.method == method and re.fullmatch(pattern, path):
            record(route.takes.rpartition(":")[2], body)


def structure(value: Any) -> Any:
    """What of an answer a client may rely on: names and kinds, not values."""
    if isinstance(value, dict):
        return {name: structure(one) for name, one in sorted(value.items())}
    if isinstance(value, list):
        return [structure(value[0])] if value else []
    return type(value).__name__
