"""DynamoDB played by Dynoxide (npm `@dynoxide/linux-x64`, SQLite): an index read costs its page, as on AWS."""

from __future__ import annotations

import os
import platform
import socket
import subprocess
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import boto3

from infra import ROOT
from infra.schema import create_tables, environment

VERSION = "1.2.1"
HOME = ROOT / ".local" / "bench"


@contextmanager
def tables() -> Iterator[Any]:
    """An empty set of the desk's tables, and the environment of a function that uses them.

    Raises
    ------
    RuntimeError
        on another machine than Linux on x86-64, for which there is no binary.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [_binary(), "serve", "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        endpoint = f"http://127.0.0.1:{port}"
        with patch.dict(os.environ, environment(AWS_ENDPOINT_URL_DYNAMODB=endpoint)):
            dynamodb = boto3.client("dynamodb", endpoint_url=endpoint, region_name="us-east-1")
            _wait(port)
            create_tables(dynamodb, streams=False)  # nobody reads it here, and it takes half of each write
            yield dynamodb
    finally:
        process.terminate()
        process.wait()


def _binary() -> Path:
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise RuntimeError("Dynoxide's package here is for Linux on x86-64")
    binary = HOME / VERSION / "package" / "dynoxide"
    if not binary.exists():
        binary.parent.parent.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(
            ["npm", "pack", "--silent", f"@dynoxide/linux-x64@{VERSION}"],
            cwd=binary.parent.parent,
            check=True,
            capture_output=True,
            text=True,
        )
        with tarfile.open(binary.parent.parent / packed.stdout.strip().splitlines()[-1]) as archive:
            archive.extractall(binary.parent.parent, filter="data")
        binary.chmod(0o755)
    return binary


def _wait(port: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
    raise RuntimeError("Dynoxide did not start")
