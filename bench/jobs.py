"""A bulk job of 10,000 tickets through the laptop stack: items a second, and what people at work feel of it."""

from __future__ import annotations

import statistics
import threading
import time
from typing import Any

from bench.laptop import Client

DEADLINE_SECONDS = 1800
_QUIET_SECONDS = 10


def measure(stack: dict[str, Any], items: int) -> dict[str, Any]:
    """Start a job on `items` tickets and read tickets and lists beside it, as before it without."""
    client = Client(stack)
    ids = _ids(client, items)
    quiet = _read_for(stack, ids, _QUIET_SECONDS)
    action = {"kind": "change", "change": {"tags": {"add": ["bench-job"]}}}
    began = time.monotonic()
    job = client.call("POST", "/v1/jobs", {"ids": ids, "action": action})
    over = threading.Event()
    found: list[list[float]] = []
    reader = threading.Thread(target=lambda: found.append(_read_until(stack, ids, over)))
    reader.start()
    ended = _wait(client, job["id"])
    seconds = time.monotonic() - began
    over.set()
    reader.join()
    busy = found[0]
    return {
        "items": len(ids),
        "counts": ended["counts"],
        "seconds": round(seconds, 1),
        "items_per_second": round(len(ids) / seconds, 1),
        "read_p50_quiet": _percentile(quiet, 50),
        "read_p95_quiet": _percentile(quiet, 95),
        "read_p50_during": _percentile(busy, 50),
        "read_p95_during": _percentile(busy, 95),
        "reads_during": len(busy),
    }


def _ids(client: Client, wanted: int) -> list[str]:
    found: list[str] = []
    cursor = ""
    while len(found) < wanted:
        page = client.call("GET", f"/v1/tickets?limit=100{cursor and f'&cursor={cursor}'}")
        found += [row["id"] for row in page["data"]]
        cursor = page["next_cursor"] or ""
        if not cursor:
            break
    return found[:wanted]


def _wait(client: Client, job_id: str) -> dict[str, Any]:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        job: dict[str, Any] = client.call("GET", f"/v1/jobs/{job_id}")
        if job["state"] not in ("preparing", "running"):
            return job
        time.sleep(1)
    raise RuntimeError("the job did not end")


def _read_for(stack: dict[str, Any], ids: list[str], seconds: float) -> list[float]:
    over = threading.Event()
    threading.Timer(seconds, over.set).start()
    return _read_until(stack, ids, over)


def _read_until(stack: dict[str, Any], ids: list[str], over: threading.Event) -> list[float]:
    """A person who opens a ticket and looks at the list, twice a second; milliseconds of each read."""
    client, taken = Client(stack), []
    turn = 0
    while not over.is_set():
        turn += 1
        for path in (f"/v1/tickets/{ids[turn * 37 % len(ids)]}?include=messages", "/v1/tickets?category=open&limit=50"):
            began = time.perf_counter()
            client.call("GET", path)
            taken.append((time.perf_counter() - began) * 1000)
        over.wait(0.5)
    return taken


def _percentile(values: list[float], percent: int) -> float:
    return round(statistics.quantiles(values, n=100)[percent - 1], 1) if len(values) > 1 else 0.0
