"""The commands of the stack's processes and the questions that tell when each is ready."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from infra import FUNCTIONS, ROOT
from infra.local import processes
from infra.local.layout import HOST, Layout, Ports, aws_environment, ports_as_json, read_json
from infra.local.processes import Running

READY_SECONDS = 60
FUNCTION_WORKERS = 4


def start_aws(layout: Layout, ports: Ports) -> Running:
    """MiniStack, with its state below `layout`; only services that are asked for are loaded."""
    settings = {
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(ports.aws),
        "PERSIST_STATE": "1",
        "STATE_DIR": str(layout.aws_state),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(layout.objects),
        "SMTP_HOST": f"{HOST}:{ports.smtp_out}",
        "LOG_LEVEL": "WARNING",
        "IOT_MTLS_ENABLED": "0",  # would listen on all interfaces
        "SFTP_ENABLED": "0",
    }
    command = [sys.executable, "-m", "infra.local.aws"]
    return _start("aws", command, aws_environment(ports) | settings, layout)


def deploy(layout: Layout, ports: Ports) -> None:
    """Bring the stack and the organisation to what the sources say.

    Raises
    ------
    RuntimeError
        with the last lines of the deployment's log.
    """
    command = [sys.executable, "-m", "infra.local.deploy", *_arguments(layout, ports)]
    done = subprocess.run(command, env=aws_environment(ports), cwd=ROOT, capture_output=True, text=True)
    (layout.logs / "deploy.log").write_text(done.stdout + done.stderr)
    if done.returncode:
        raise RuntimeError("\n".join(done.stderr.splitlines()[-6:]))


def start_functions(layout: Layout, ports: Ports) -> Running:
    """The functions' host, with the environment that the template gives to functions."""
    environment = aws_environment(ports) | read_json(layout.deployed)["environment"]
    environment.setdefault("WEBHOOK_TARGETS_ALLOWED", f"{HOST}:*,localhost:*")  # the laptop's own receivers
    environment["PYTHONPATH"] = f"{FUNCTIONS}:{ROOT}"
    command = [
        *(sys.executable, "-m", "gunicorn", "infra.local.lambda_host:app"),
        *("--bind", f"{HOST}:{ports.functions}", "--workers", str(FUNCTION_WORKERS)),
        *("--preload", "--timeout", "60", "--backlog", "2048", "--log-level", "warning"),
    ]
    return _start("functions", command, environment, layout)


def start_edge(layout: Layout, ports: Ports) -> Running:
    """One origin for screens and API."""
    command = [sys.executable, "-m", "infra.local.edge", *_arguments(layout, ports)]
    return _start("edge", command, aws_environment(ports), layout)


def start_smtp(layout: Layout, ports: Ports) -> Running:
    """Both SMTP doors."""
    command = [sys.executable, "-m", "infra.local.smtp", *_arguments(layout, ports)]
    return _start("smtp", command, aws_environment(ports), layout)


def wait_for_aws(running: Running, ports: Ports) -> None:
    """Until MiniStack answers."""
    _wait(running, lambda: _answers(f"{ports.endpoint}/_ministack/health"))


def wait_for_port(running: Running, port: int) -> None:
    """Until somebody listens."""
    _wait(running, lambda: _listens(port))


def _start(name: str, command: list[str], environment: dict[str, str], layout: Layout) -> Running:
    log = layout.logs / f"{name}.log"
    log.unlink(missing_ok=True)
    return processes.start(name, command, environment | {"PYTHONUNBUFFERED": "1"}, log)


def _arguments(layout: Layout, ports: Ports) -> list[str]:
    return [str(layout.state), json.dumps(ports_as_json(ports))]


def _wait(running: Running, ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not ready():
        if running.died or time.monotonic() > deadline:
            tail = "\n".join(running.log.read_text(errors="replace").splitlines()[-10:])
            raise RuntimeError(f"{running.name} did not start; its log ends with:\n{tail}")
        time.sleep(0.03)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0
