"""One POST to a checked address: five seconds in all, 64 kB of answer at most, no redirect followed."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from functools import cache

from helpdesk.webhooks.targets import Refused, Target, checked

SECONDS = 5.0
MOST_READ = 64 * 1024
_EXCERPT = 1024  # bytes of the answer that are kept


@dataclass(frozen=True)
class Outcome:
    """What an endpoint said: `http_status` None when it said nothing that is HTTP; `error` says why it failed."""

    http_status: int | None
    milliseconds: int
    response: str = ""
    error: str | None = None
    retry_after: int = 0

    @property
    def delivered(self) -> bool:
        """True for a status of 2xx, which the standard asks for."""
        return self.http_status is not None and 200 <= self.http_status < 300


def post(url: str, body: bytes, headers: dict[str, str], seconds: float = SECONDS) -> Outcome:
    """Send the body; never raises for what the other side does."""
    began = time.monotonic()
    try:
        target = checked(url, seconds)
        outcome = _exchange(target, body, headers, began + seconds)
        status, text, asked = outcome
        error = None if 200 <= status < 300 else _said(status)
        return Outcome(status, _since(began), text, error, asked)
    except Refused as refused:
        return Outcome(None, _since(began), error=str(refused))
    except (OSError, http.client.HTTPException, ValueError) as failure:
        late = time.monotonic() - began >= seconds - 0.05
        error = f"no answer in {seconds:g} s" if late else _cause(failure)
        return Outcome(None, _since(began), error=error)


def _exchange(target: Target, body: bytes, headers: dict[str, str], until: float) -> tuple[int, str, int]:
    connection = _Pinned(target, until)
    try:
        connection.connect()
        sock = connection.sock
        # An endpoint that sends a byte now and then never meets a socket's own time limit.
        watch = threading.Timer(max(0.01, until - time.monotonic()), _cut, (sock,))
        watch.daemon = True
        watch.start()
        try:
            connection.request("POST", target.path, body, headers)
            answer = connection.getresponse()
            if time.monotonic() >= until:  # cut off within its headers, which reads like their end
                raise TimeoutError
            return answer.status, _excerpt(answer), _asked(answer)
        finally:
            watch.cancel()
    finally:
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was checked, whatever the name says by now."""

    def __init__(self, target: Target, until: float) -> None:
        super().__init__(target.host, target.port)
        self._target, self._until = target, until

    def connect(self) -> None:
        left = max(0.01, self._until - time.monotonic())
        self.sock = socket.create_connection((self._target.address, self._target.port), left)
        if self._target.scheme == "https":
            watch = threading.Timer(left, _cut, (self.sock,))
            watch.daemon = True
            watch.start()
            try:
                self.sock = _tls().wrap_socket(self.sock, server_hostname=self._target.host)
            finally:
                watch.cancel()


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _excerpt(answer: http.client.HTTPResponse) -> str:
    """The beginning of the answer's body; what lies about its length, or breaks off, has said its status already."""
    read = b""
    try:
        while len(read) < MOST_READ and (part := answer.read1(min(8192, MOST_READ - len(read)))):
            read += part
    except (OSError, http.client.HTTPException, ValueError):
        pass
    return read[:_EXCERPT].decode("utf-8", "replace").encode()[:_EXCERPT].decode("utf-8", "ignore")


def _asked(answer: http.client.HTTPResponse) -> int:
    text = answer.headers.get("retry-after", "") if answer.status in (429, 503) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _cut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass


def _said(status: int) -> str:
    if 300 <= status < 400:
        return f"answered {status}: redirects are not followed"
    return f"answered {status}"


def _cause(failure: Exception) -> str:
    if isinstance(failure, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {failure.verify_message}"
    known = {
        ConnectionRefusedError: "the connection was refused",
        ConnectionResetError: "the connection was reset",
        http.client.RemoteDisconnected: "it closed the connection without an answer",
        http.client.BadStatusLine: "its answer is not HTTP",
    }
    return known.get(type(failure), f"{type(failure).__name__}: {failure}"[:200])


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
