"""The laptop stack for tests: started once per session on free ports, in a directory of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


@dataclass(frozen=True)
class Stack:
    """What stack.json says, and where the stack keeps its files."""

    origin: str
    api: str
    socket: str
    smtp_in: str
    mail_out: Path
    support_address: str
    org: str
    admin: dict[str, str]
    agent: dict[str, str]
    customer: dict[str, str]
    api_key: str
    aws_endpoint: str
    state: Path
    pid: int

    def aws(self, service: str) -> Any:
        """A boto3 client of the stack's AWS."""
        import boto3

        return boto3.client(
            service,
            endpoint_url=self.aws_endpoint,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )

    def deployed(self) -> dict[str, Any]:
        """Outputs of the stack and the functions' environment."""
        return dict(json.loads((self.state / "deployed.json").read_text()))


def start_stack(state: Path, *arguments: str, any_ports: bool = True) -> tuple[subprocess.Popen[bytes], Stack]:
    """Start `desk up` below `state` and wait until it is ready."""
    state.mkdir(parents=True, exist_ok=True)
    (state / "stack.json").unlink(missing_ok=True)  # of a run that was killed
    output = state.with_suffix(".log")
    ports = ["--any-ports"] if any_ports else []
    command = [sys.executable, "-m", "infra.local.up", "--state", str(state), *ports, *arguments]
    with output.open("ab") as sink:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
    deadline = time.monotonic() + START_SECONDS
    while not (state / "stack.json").exists():
        if process.poll() is not None or time.monotonic() > deadline:
            stop_stack(process)
            raise RuntimeError(f"the stack did not start:\n{output.read_text()[-3000:]}")
        time.sleep(0.05)
    content = json.loads((state / "stack.json").read_text())
    content["mail_out"] = ROOT / content["mail_out"]
    return process, Stack(**content, state=state, pid=process.pid)


def stop_stack(process: subprocess.Popen[bytes], number: signal.Signals = signal.SIGTERM) -> int:
    """Ask the stack to stop and wait for it; its exit code."""
    if process.poll() is None:
        process.send_signal(number)
    return process.wait(60)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A running laptop stack, fresh at the session's start."""
    process, running = start_stack(tmp_path_factory.mktemp("laptop") / "local")
    yield running
    stop_stack(process)
