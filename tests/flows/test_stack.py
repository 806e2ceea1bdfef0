"""The laptop stack itself: start, state over a restart, a busy port, nothing left behind."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import psutil
import pytest

from infra.local.layout import HOST, USUAL_PORTS, choose_ports
from tests.stack_fixture import ROOT, Stack, start_stack, stop_stack


def fetch(url: str) -> tuple[int, dict[str, str]]:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.status, dict(answer.headers)


def call(stack: Stack, method: str, path: str, body: object = None) -> Any:
    request = urllib.request.Request(f"{stack.api}{path}", method=method, data=json.dumps(body).encode())
    request.add_header("Authorization", f"Bearer {stack.api_key}")
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())


def create_ticket(stack: Stack) -> str:
    body = {"subject": "kept?", "body_text": "hello", "requester": {"email": "rosa@customer.test"}}
    return str(call(stack, "POST", "/tickets", body)["id"])


def await_feed(stack: Stack, ticket_id: str) -> None:
    deadline = time.monotonic() + 20
    while ticket_id not in {it["subject"]["id"] for it in call(stack, "GET", "/events?limit=100")["data"]}:
        assert time.monotonic() < deadline, "the ticket's events never reached the feed"
        time.sleep(0.1)


def test_stack_json_says_what_runs(stack: Stack) -> None:
    written = json.loads((stack.state / "stack.json").read_text())
    assert set(written) == {
        *("origin", "api", "socket", "smtp_in", "mail_out", "support_address", "org"),
        *("admin", "agent", "customer", "api_key", "aws_endpoint"),
    }
    assert set(written["admin"]) == set(written["agent"]) == {"email", "password"}
    assert fetch(f"{stack.api}/health")[0] == 200


def test_screens_carry_the_security_headers(stack: Stack) -> None:
    status, headers = fetch(f"{stack.origin}/agent/tickets/1")
    assert status == 200
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert stack.aws_endpoint in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_all_listen_on_the_loopback_only(stack: Stack) -> None:
    children = psutil.Process(stack.pid).children(recursive=True)
    addresses = {
        connection.laddr.ip
        for process in children
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert addresses == {HOST}


def test_memory_stays_small(stack: Stack) -> None:
    processes = [psutil.Process(stack.pid), *psutil.Process(stack.pid).children(recursive=True)]
    full = [process.memory_full_info() for process in processes]
    assert sum(getattr(it, "pss", it.rss) for it in full) <= 800e6


def test_state_survives_a_restart_and_fresh_forgets_it(tmp_path: Path) -> None:
    process, first = start_stack(tmp_path / "local")
    kept = create_ticket(first)
    await_feed(first, kept)
    assert stop_stack(process) == 0
    process, second = start_stack(tmp_path / "local")
    assert second.api_key == first.api_key
    assert call(second, "GET", f"/tickets/{kept}")["id"] == kept
    await_feed(second, create_ticket(second))  # streams and queues go on where they were
    stop_stack(process)
    process, third = start_stack(tmp_path / "local", "--fresh")
    stop_stack(process)
    assert third.api_key != first.api_key


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_ends_all_that_it_started_and_only_that(tmp_path: Path, number: signal.Signals) -> None:
    process, _ = start_stack(tmp_path / "local")
    children = psutil.Process(process.pid).children(recursive=True)
    assert len(children) >= 4
    assert stop_stack(process, number) == 0
    assert not [it for it in children if it.is_running()]
    assert not (tmp_path / "local" / "stack.json").exists()


def test_a_killed_supervisor_leaves_nothing_for_long(tmp_path: Path) -> None:
    process, _ = start_stack(tmp_path / "local")
    orphans = psutil.Process(process.pid).children(recursive=True)
    stop_stack(process, signal.SIGKILL)
    process, _ = start_stack(tmp_path / "local", "--fresh")
    stop_stack(process)
    assert not [it for it in orphans if it.is_running()]


def test_a_second_stack_in_the_same_directory_is_refused(stack: Stack) -> None:
    command = [sys.executable, "-m", "infra.local.up", "--state", str(stack.state)]
    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert second.returncode == 1
    assert f"is up already in {stack.state} (process {stack.pid})" in second.stdout


def test_a_busy_port_is_replaced_and_reported() -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        busy = other.getsockname()[1]
        ports, said = choose_ports(USUAL_PORTS | {"origin": busy})
    assert ports.origin != busy
    assert said[0] == f"port {busy} (origin) is busy: using {ports.origin}"


def test_changed_functions_are_reloaded(stack: Stack) -> None:
    said = stack.state.with_suffix(".log")
    before = said.read_text().count("functions changed: reloaded")
    (ROOT / "functions" / "admin" / "handler.py").touch()
    deadline = time.monotonic() + 20
    while said.read_text().count("functions changed: reloaded") == before:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert fetch(f"{stack.api}/health")[0] == 200
