"""Cold import time of each handler over a bare Powertools and boto3 handler, both with a DynamoDB client made."""

from __future__ import annotations

import statistics
import subprocess
import sys
from typing import Any

from infra import ROOT

HANDLERS = sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py"))
BARE = "from aws_lambda_powertools import Logger, event_handler\nevent_handler.APIGatewayHttpResolver()"
_TAIL = "\nimport boto3\nboto3.client('dynamodb', region_name='us-east-1')\nprint(time.perf_counter() - began)"
_HEAD = "import time\nbegan = time.perf_counter()\n"


def measure(times: int = 9) -> list[dict[str, Any]]:
    """Medians in milliseconds, handlers and the bare one in turn."""
    codes = {"bare": BARE} | {name: f"import {name}.handler" for name in HANDLERS}
    found: dict[str, list[float]] = {name: [] for name in codes}
    for _ in range(times):
        for name, code in codes.items():
            found[name].append(_seconds(_HEAD + code + _TAIL) * 1000)
    medians = {name: statistics.median(values) for name, values in found.items()}
    return [
        {"handler": name, "milliseconds": round(value), "over_bare": round(value / medians["bare"], 2)}
        for name, value in medians.items()
    ]


def _seconds(code: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "functions", capture_output=True, text=True, check=True
    )
    return float(done.stdout)
