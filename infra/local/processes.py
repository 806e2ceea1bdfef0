"""Starting, watching and ending the processes of the laptop stack; each one in a process group of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from infra import ROOT
from infra.local.layout import read_json, write_json

STOP_SECONDS = 120  # MiniStack writes its state when it is told to stop


@dataclass
class Running:
    """A process that we started, with what it takes to start it again."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def died(self) -> bool:
        """True when it ended by itself."""
        return self.process.poll() is not None


def start(name: str, command: Sequence[str], environment: dict[str, str], log: Path) -> Running:
    """Start a process whose output goes to `log`; a Ctrl-C in the terminal does not reach it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as sink:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Running(name, command, environment, log, process)


def restart(gone: Running) -> Running:
    """The same process again."""
    return start(gone.name, gone.command, gone.environment, gone.log)


def stop(running: Running) -> None:
    """End the process and what it started: asked first, killed after a grace period."""
    _signal_group(running.process.pid, signal.SIGTERM)
    try:
        running.process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        pass
    _signal_group(running.process.pid, signal.SIGKILL)
    running.process.wait()


def remember(path: Path, running: Sequence[Running]) -> None:
    """Write down what runs, so that the next start can end what a killed supervisor left."""
    pids = [os.getpid(), *(it.process.pid for it in running)]
    write_json(path, {"processes": [{"pid": pid, "started": _started(pid)} for pid in pids]})


def running_supervisor(path: Path) -> int | None:
    """The pid of a stack that is up in this directory, or None."""
    recorded = _still_there(path)
    first = read_json(path).get("processes", [])[:1]
    return first[0]["pid"] if first and first[0]["pid"] in recorded else None


def end_leftovers(path: Path) -> int:
    """End the recorded processes that still run (same pid, same start time); says how many."""
    left = _still_there(path)
    for pid in left:
        _signal_group(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while _still_there(path) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid in _still_there(path):
        _signal_group(pid, signal.SIGKILL)
    path.unlink(missing_ok=True)
    return len(left)


def memory(running: Sequence[Running]) -> dict[str, int]:
    """Bytes of proportional set size (resident where the system has no PSS) by process name, and our own."""
    found = {it.name: _tree_bytes(it.process.pid) for it in running if not it.died}
    return found | {"desk up": _bytes(psutil.Process())}


def _still_there(path: Path) -> list[int]:
    recorded: list[dict[str, Any]] = read_json(path).get("processes", [])
    return [it["pid"] for it in recorded if it["started"] and _started(it["pid"]) == it["started"]]


def _started(pid: int) -> float | None:
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.NoSuchProcess:
        return None


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        return


def _tree_bytes(pid: int) -> int:
    parent = psutil.Process(pid)
    return sum(_bytes(process) for process in [parent, *parent.children(recursive=True)])


def _bytes(process: psutil.Process) -> int:
    full = process.memory_full_info()
    return int(getattr(full, "pss", full.rss))
