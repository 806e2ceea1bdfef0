"""One slow and nine fast endpoints: what a desk of many events sends, and whether the slow one holds up the others.

The desk's tables are Dynoxide's, the queue is a list: what is measured is the delivering itself.
"""

from __future__ import annotations

import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest.mock import patch

from bench import desk, dynoxide
from helpdesk.access.actor import cause_of, system
from helpdesk.core import clock

FAST, SLOW_SECONDS = 9, 1.0


class _Endpoint(ThreadingHTTPServer):
    daemon_threads, request_queue_size = True, 128

    def __init__(self, seconds: float) -> None:
        super().__init__(("127.0.0.1", 0), _Hook)
        self.seconds, self.arrivals = seconds, list[float]()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Hook(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        server: Any = self.server
        time.sleep(server.seconds)
        server.arrivals.append(time.perf_counter())
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        return


def measure(events: int = 200) -> list[dict[str, Any]]:
    """Deliver `events` events of as many tickets to nine fast endpoints, alone and beside a slow one."""
    return [_run(events, slow=False), _run(events, slow=True)]


def _run(events: int, *, slow: bool) -> dict[str, Any]:
    from helpdesk.webhooks import run

    with _desk() as org_id:
        endpoints = [_Endpoint(0.0) for _ in range(FAST)] + [_Endpoint(SLOW_SECONDS)] * slow
        ids = [_webhook(org_id, endpoint) for endpoint in endpoints]
        _fill(org_id, events)
        began = time.perf_counter()
        workers = [threading.Thread(target=run.deliver, args=(org_id, id_), daemon=True) for id_ in ids]
        for worker in workers:
            worker.start()
        for worker in workers[:FAST]:
            worker.join()
        seconds = max(endpoint.arrivals[-1] for endpoint in endpoints[:FAST]) - began
        counts = [len(endpoint.arrivals) for endpoint in endpoints]
        half = [sorted(endpoint.arrivals)[events // 2] - began for endpoint in endpoints[:FAST]]
        for worker in workers:
            worker.join()
        for endpoint in endpoints:
            endpoint.shutdown()
    return {
        "endpoints": f"{FAST} fast" + (", 1 slow (1 s an answer)" if slow else ""),
        "events": events,
        "delivered_fast": sum(counts[:FAST]),
        "seconds_fast": round(seconds, 2),
        "per_second_fast": round(sum(counts[:FAST]) / seconds),
        "median_event_s": round(statistics.median(half), 2),
        "delivered_slow": counts[FAST] if slow else None,
    }


@contextmanager
def _desk() -> Iterator[str]:
    with dynoxide.tables(), patch.dict("os.environ", {"WEBHOOK_TARGETS_ALLOWED": "127.0.0.1:*"}):
        desk.be_cold()
        desk.be_signed()
        with patch("helpdesk.webhooks.wake.later"):
            yield desk.ORG
    desk.be_cold()


def _webhook(org_id: str, endpoint: _Endpoint) -> str:
    from helpdesk.webhooks import service

    given = {"url": f"http://127.0.0.1:{endpoint.server_address[1]}/", "events": ["ticket.created"]}
    return str(service.create(cause_of(system(org_id), "system"), given)["id"])


def _fill(org_id: str, events: int) -> None:
    """Events in the feed, one a ticket."""
    from helpdesk.core.events import event_of
    from helpdesk.core.ids import new_id
    from helpdesk.core.log import event_row
    from helpdesk.core.table import transact
    from helpdesk.feed import store

    cause = cause_of(system(org_id), "system")
    made = [
        event_of(cause, "ticket.created", {"kind": "ticket", "id": new_id()}, 1, clock.stamp()) for _ in range(events)
    ]
    rows = [event_row(event) for event in made]
    for start in range(0, events, store.MOST_AT_ONCE):
        part = rows[start : start + store.MOST_AT_ONCE]
        transact(part)
        store.append(org_id, store.get_head(org_id), [row.item for row in part], Counter())
