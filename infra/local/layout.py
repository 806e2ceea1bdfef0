"""Where a laptop stack keeps its files and which ports it listens on."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from infra import ROOT

HOST = "127.0.0.1"
REGION = "us-east-1"
USUAL_PORTS = {"origin": 8080, "aws": 4566, "functions": 9080, "smtp_in": 2525, "smtp_out": 2526}


@dataclass(frozen=True)
class Ports:
    """One port per listener, all on 127.0.0.1."""

    origin: int
    aws: int
    functions: int
    smtp_in: int
    smtp_out: int

    @property
    def endpoint(self) -> str:
        """MiniStack's address, for AWS_ENDPOINT_URL."""
        return f"http://{HOST}:{self.aws}"

    @property
    def origin_url(self) -> str:
        """What a browser opens."""
        return f"http://{HOST}:{self.origin}"


@dataclass(frozen=True)
class Layout:
    """The files below one state directory (`.local/` unless a test says otherwise)."""

    state: Path = ROOT / ".local"

    @property
    def aws_state(self) -> Path:
        """MiniStack's tables, queues and pools."""
        return self.state / "aws"

    @property
    def objects(self) -> Path:
        """MiniStack's S3 objects."""
        return self.state / "s3"

    @property
    def mail(self) -> Path:
        """What SES sent, one `.eml` each."""
        return self.state / "mail"

    @property
    def dkim_keys(self) -> Path:
        """DNS names and TXT records that the SMTP door knows beside DNS, `{name: text}`; nobody has to make it."""
        return self.state / "dkim-keys.json"

    @property
    def search(self) -> Path:
        """The search index, one SQLite file an organisation."""
        return self.state / "search"

    @property
    def logs(self) -> Path:
        """One log per process, of the current run."""
        return self.state / "logs"

    @property
    def stack(self) -> Path:
        """Addresses and credentials of the running stack."""
        return self.state / "stack.json"

    @property
    def deployed(self) -> Path:
        """What was deployed: fingerprint, outputs, the functions' environment."""
        return self.state / "deployed.json"

    @property
    def people(self) -> Path:
        """Who was set up: local users, their passwords, the API key."""
        return self.state / "people.json"

    @property
    def processes(self) -> Path:
        """Pids of the current run, so that leftovers of a killed run can be ended."""
        return self.state / "processes.json"


def current_layout() -> Layout:
    """The laptop stack that commands speak to: below DESK_STATE if that is set, else `.local/`."""
    return Layout(Path(os.environ["DESK_STATE"]).resolve()) if "DESK_STATE" in os.environ else Layout()


def choose_ports(wanted: dict[str, int] | None = None) -> tuple[Ports, list[str]]:
    """The usual ports, or free ones where those are busy; and a sentence for each replaced port."""
    chosen: dict[str, int] = {}
    said: list[str] = []
    for name, usual in (wanted or USUAL_PORTS).items():
        port = usual if usual and _is_free(usual) else _free_port(set(chosen.values()))
        if usual and port != usual:
            said.append(f"port {usual} ({name}) is busy: using {port}")
        chosen[name] = port
    return Ports(**chosen), said


def aws_environment(ports: Ports) -> dict[str, str]:
    """The process environment with which boto3 finds MiniStack and nothing else."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return kept | {
        "AWS_ENDPOINT_URL": ports.endpoint,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file, or an empty one when there is no such file."""
    return dict(json.loads(path.read_text())) if path.exists() else {}


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Replace the file in one step, readable by its owner only (it may hold passwords)."""
    draft = path.with_suffix(".tmp")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(content, indent=2) + "\n")
    draft.replace(path)


def ports_as_json(ports: Ports) -> dict[str, int]:
    """For a file or a command line."""
    return asdict(ports)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _free_port(taken: set[int]) -> int:
    while True:
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            port = int(probe.getsockname()[1])
        if port not in taken:
            return port
