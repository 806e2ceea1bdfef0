"""Two hundred custom fields on one ticket: what they add to a read and to a write (budget: 20 ms on a read)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from bench import desk
from helpdesk.core import cache
from helpdesk.records.store import add_setting

COUNT = 200
_ROW: dict[str, Any] = {"label": "Field", "type": "text", "visible_to": ["staff"], "version": 1}


def measure(key: str, times: int = 60) -> list[dict[str, Any]]:
    """Least milliseconds of a read and a change, without fields and with 200 of them, half conditional."""

    def prepare(path: str) -> None:
        define()
        desk.call(key, "PATCH", path, {"fields": {f"f{number}": "x" * 20 for number in range(COUNT)}})

    return compared(key, prepare, f"with_{COUNT}", times)


def compared(key: str, prepare: Callable[[str], None], name: str, times: int = 60) -> list[dict[str, Any]]:
    """Least milliseconds of a read and a change of a ticket before and after `prepare(path)`.

    `cpu` is what this process computes of it; the rest is waiting for the tables.
    """
    requester = {"requester": {"email": "fields@customer.test"}}
    opened = desk.call(key, "POST", "/v1/tickets", {"subject": "x", "body_text": "x", **requester})
    path = f"/v1/tickets/{opened['id']}"
    works = {
        "read": lambda: desk.call(key, "GET", path),
        "change": lambda: desk.call(key, "PATCH", path, {"subject": str(time.perf_counter())}),
    }
    bare = {work: _least(run, times) for work, run in works.items()}
    prepare(path)
    full = {work: _least(run, times) for work, run in works.items()}
    return [
        {
            "operation": f"{work}, {kind}",
            "bare": round(bare[work][kind], 2),
            name: round(full[work][kind], 2),
            "added": round(full[work][kind] - bare[work][kind], 2),
        }
        for work in works
        for kind in ("whole", "cpu")
    ]


def define() -> None:
    """Make the fields; every other one looks at the one before it."""
    for number in range(COUNT):
        shown = {"field": f"fields.f{number - 1}", "op": "is", "value": "x" * 20} if number % 2 else None
        needed = {"field": "category", "op": "is", "value": "solved"}
        row = {"id": f"f{number}", "position": number, "visible_when": shown, "required_when": needed}
        add_setting(desk.ORG, "field", _ROW | row)
    cache.forget()


def _least(work: Any, times: int) -> dict[str, float]:
    """The least of many: a busy machine only ever adds."""
    whole, cpu = [], []
    for _ in range(times):
        began, computed = time.perf_counter(), time.thread_time()
        work()
        whole.append((time.perf_counter() - began) * 1000)
        cpu.append((time.thread_time() - computed) * 1000)
    return {"whole": min(whole), "cpu": min(cpu)}
