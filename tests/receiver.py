"""Endpoints of integrators, on loopback: each answers as its script says and remembers what it got."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest

Script = Callable[[socket.socket], None]


@dataclass(frozen=True)
class Hook:
    """One request as it came, and whether it was answered with 2xx."""

    headers: dict[str, str]
    text: str
    ok: bool

    @property
    def event(self) -> dict[str, Any]:
        return dict(json.loads(self.text))

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


@dataclass
class Receiver:
    """A server of one endpoint; `script` may be exchanged at any time, `choose` decides by the request."""

    port: int = 0
    script: Script = field(default_factory=lambda: answers(200))
    choose: Callable[[dict[str, Any]], Script | None] = field(default=lambda event: None)
    got: list[Hook] = field(default_factory=list)
    _listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0), backlog=128))

    def __post_init__(self) -> None:
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?x=1"

    @property
    def taken(self) -> list[Hook]:
        """What was answered with 2xx, in order."""
        return [hook for hook in self.got if hook.ok]

    def stop(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(sock,), daemon=True).start()

    def _answer(self, sock: socket.socket) -> None:
        with sock:
            try:
                headers, text = _request(sock)
                script = self.choose(json.loads(text)) or self.script
                self.got.append(Hook(headers, text, getattr(script, "ok", False)))
                script(sock)
            except OSError:
                return


def answers(status: int, body: bytes = b"thanks", **headers: str) -> Script:
    """Answer with this status at once."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())

    def script(sock: socket.socket) -> None:
        sock.sendall(f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n{lines}\r\n".encode() + body)

    script.ok = 200 <= status < 300  # type: ignore[attr-defined]
    return script


def slow(seconds: float, then: Script) -> Script:
    """Take some time, then answer."""

    def script(sock: socket.socket) -> None:
        time.sleep(seconds)
        then(sock)

    script.ok = getattr(then, "ok", False)  # type: ignore[attr-defined]
    return script


def raw(text: bytes, *, ok: bool = False, linger: float = 0) -> Script:
    """Say exactly these bytes, stay for a while, and hang up."""

    def script(sock: socket.socket) -> None:
        sock.sendall(text)
        time.sleep(linger)

    script.ok = ok  # type: ignore[attr-defined]
    return script


def drips(seconds: float) -> Script:
    """Send a header byte by byte for ever."""

    def script(sock: socket.socket) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(int(seconds / 0.05)):
            sock.sendall(b"x")
            time.sleep(0.05)

    return script


def floods(megabytes: int) -> Script:
    """Say 200 and pour out far more than anybody reads."""

    def script(sock: socket.socket) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(megabytes * 16):
            sock.sendall(b"x" * 65536)

    script.ok = True  # type: ignore[attr-defined]
    return script


def _request(sock: socket.socket) -> tuple[dict[str, str], str]:
    read = b""
    while b"\r\n\r\n" not in read:
        part = sock.recv(65536)
        if not part:
            raise OSError("hung up")
        read += part
    head, _, body = read.partition(b"\r\n\r\n")
    pairs = (line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    headers = {name.lower(): value for name, value in pairs}
    while len(body) < int(headers["content-length"]):
        body += sock.recv(65536)
    return headers, body.decode()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.stop()


@pytest.fixture
def receivers() -> Iterator[Callable[[], Receiver]]:
    """Makes as many as are wanted."""
    made: list[Receiver] = []

    def make() -> Receiver:
        made.append(Receiver())
        return made[-1]

    yield make
    for one in made:
        one.stop()
