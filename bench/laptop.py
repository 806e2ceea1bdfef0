"""The whole laptop stack over HTTP and SMTP, as a user meets it: at 10,000 tickets, with one client and with eight."""

from __future__ import annotations

import http.client
import json
import os
import smtplib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

import psutil

from bench.dynoxide import HOME
from infra import ROOT

START_SECONDS = 120
TARGETS = {"create": 15, "read with thread": 15, "list 50 open": 25, "reply": 12}  # p50 ms at one client
WORDS = "It stops after three minutes with error E-42. " * 6


def _timings(answer: http.client.HTTPResponse) -> list[str]:
    return [one for one in (answer.headers["Server-Timing"] or "").split(",") if one]


class Client:
    """One keep-alive connection with the laptop's API key."""

    def __init__(self, stack: dict[str, Any]) -> None:
        self.connection = http.client.HTTPConnection(stack["origin"].partition("//")[2], timeout=30)
        self.timing: dict[str, float] = {}
        self.headers = {"authorization": f"Bearer {stack['api_key']}", "content-type": "application/json"}

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Call and give the parsed answer; RuntimeError for any status but 2xx."""
        self.connection.request(method, path, json.dumps(body) if body else None, self.headers)
        answer = self.connection.getresponse()
        content = answer.read()
        self.timing = {one.partition(";")[0].strip(): float(one.partition("dur=")[2]) for one in _timings(answer)}
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {content[:300]!r}")
        return json.loads(content)


@contextmanager
def running() -> Iterator[dict[str, Any]]:
    """A fresh laptop stack on free ports, below .local/bench; stopped at the end."""
    state = HOME / "stack"
    command = [sys.executable, "-m", "infra.local.up", "--state", str(state), "--any-ports", "--fresh"]
    HOME.mkdir(parents=True, exist_ok=True)
    (state / "stack.json").unlink(missing_ok=True)
    with (HOME / "stack.log").open("wb") as sink:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not (state / "stack.json").exists():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the stack did not start: see {HOME / 'stack.log'}")
            time.sleep(0.1)
        os.environ["DESK_STATE"] = str(state)
        yield json.loads((state / "stack.json").read_text()) | {"pid": process.pid}
    finally:
        process.terminate()
        process.wait(60)


def seed(count: int) -> float:
    """`desk seed`; gives the seconds that it took."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "infra.cli", "seed", "--tickets", str(count)], cwd=ROOT, check=True)
    return time.monotonic() - began


def measure_operations(stack: dict[str, Any], clients: int, times: int) -> list[dict[str, Any]]:
    """Median and p95 in milliseconds of each operation, by `clients` at once in a closed loop."""
    first = Client(stack)
    rows = first.call("GET", "/v1/tickets?category=open&limit=50")["data"]
    ids = [row["id"] for row in rows]
    works: dict[str, Callable[[Client, int], Any]] = {
        "create": lambda client, _: client.call("POST", "/v1/tickets", _new()),
        "read with thread": lambda client, n: client.call("GET", f"/v1/tickets/{ids[n % 50]}?include=messages"),
        "list 50 open": lambda client, _: client.call("GET", "/v1/tickets?category=open&limit=50"),
        "note": lambda client, n: client.call("POST", f"/v1/tickets/{ids[n % 50]}/messages", _words("note")),
        "reply": lambda client, n: client.call("POST", f"/v1/tickets/{ids[n % 50]}/messages", _words("reply")),
        "statuses (no table call)": lambda client, _: client.call("GET", "/v1/statuses"),
    }
    return [_measured(stack, name, work, clients, times) for name, work in works.items()]


def mail_latency(stack: dict[str, Any], count: int = 50) -> dict[str, Any]:
    """From SMTP's 250 until the ticket is readable through the API: `count` mails, one after another."""
    client, waits = Client(stack), []
    for number in range(count):
        subject = f"Latency {number} {time.time_ns()}"
        send(stack, [new_mail(subject)])
        began = time.perf_counter()
        while not any(
            row["subject"] == subject for row in client.call("GET", "/v1/tickets?category=new&limit=5")["data"]
        ):
            if time.perf_counter() - began > 30:
                raise TimeoutError(subject)
        waits.append((time.perf_counter() - began) * 1000)
    return {"mails": count, "p50_ms": round(statistics.median(waits)), "p95_ms": round(_p95(waits))}


def mail_throughput(stack: dict[str, Any], count: int, clients: int = 8) -> dict[str, Any]:
    """`count` mails by `clients` SMTP connections; mails a second until the last is a ticket."""
    client = Client(stack)
    before = _mail_count(client)
    batches = [[new_mail(f"Load {one} {number}") for number in range(count // clients)] for one in range(clients)]
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(lambda batch: send(stack, batch), batches))
    accepted = time.perf_counter() - began
    total = sum(len(batch) for batch in batches)
    while _mail_count(client) < before + total:
        if time.perf_counter() - began > 300:
            raise TimeoutError("not all mails became tickets")
        time.sleep(0.2)
    seconds = time.perf_counter() - began
    return {
        "mails": total,
        "accepted_per_second": round(total / accepted, 1),
        "tickets_per_second": round(total / seconds, 1),
    }


def memory(stack: dict[str, Any]) -> dict[str, int]:
    """PSS in MiB of the stack's processes, by what they are."""
    found: dict[str, int] = {}
    root = psutil.Process(stack["pid"])
    for process in [root, *root.children(recursive=True)]:
        words = " ".join(process.cmdline())
        kind = next(
            (name for name in ("aws", "lambda_host", "edge", "smtp", "up") if f"local.{name}" in words), "other"
        )
        found[kind] = found.get(kind, 0) + process.memory_full_info().pss // 2**20
    return found | {"together": sum(found.values())}


def _measured(
    stack: dict[str, Any], name: str, work: Callable[[Client, int], Any], clients: int, times: int
) -> dict[str, Any]:
    def loop(_: int) -> list[tuple[float, float, float]]:
        client, spent = Client(stack), []
        work(client, 0)
        for number in range(times):
            began = time.perf_counter()
            work(client, number)
            all_in = (time.perf_counter() - began) * 1000
            spent.append((all_in, client.timing.get("total", 0), client.timing.get("tables", 0)))
        return spent

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        spent = [one for each in pool.map(loop, range(clients)) for one in each]
    seconds = time.perf_counter() - began
    waits = [wait for wait, _, _ in spent]
    return {
        "operation": name,
        "clients": clients,
        "p50_ms": round(statistics.median(waits), 1),
        "p95_ms": round(_p95(waits), 1),
        "of_which_function": round(statistics.median(total for _, total, _ in spent), 1),
        "of_that_tables": round(statistics.median(tables for _, _, tables in spent), 1),
        "per_second": round(len(spent) / seconds, 1),
        "target_p50_ms": TARGETS.get(name) if clients == 1 else None,
    }


def _new() -> dict[str, Any]:
    return {"subject": "The charger stops", "body_text": WORDS, "requester": {"email": "bench@customer.test"}}


def _words(kind: str) -> dict[str, Any]:
    return {"kind": kind, "body_text": WORDS}


def new_mail(subject: str) -> EmailMessage:
    """A plain mail of a sender of its own."""
    mail = EmailMessage()
    name = os.urandom(4).hex()
    mail["From"], mail["Subject"] = f"Bench <bench-{name}@customer.test>", subject  # one sender of all would be a storm
    mail["Message-ID"], mail["Precedence"] = f"<{time.time_ns()}.{name}@customer.test>", "bulk"
    mail.set_content(WORDS)
    return mail


def send(stack: dict[str, Any], mails: list[EmailMessage]) -> None:
    """Hand mails to the SMTP door, over one connection."""
    host, _, port = stack["smtp_in"].partition(":")
    with smtplib.SMTP(host, int(port), timeout=60) as smtp:
        for mail in mails:
            smtp.send_message(mail, "bench@customer.test", [stack["support_address"]])


def _mail_count(client: Client) -> int:
    return sum(view["count"] for view in client.call("GET", "/v1/views")["data"] if view["id"] in ("open", "solved"))


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
