"""What tests of notices share: tickets that are Sam's, what he is told, and browsers that get push messages."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.callers import NEW_TICKET, Caller

ALL = ["inbox", "mail", "push"]


def mine(opener: Caller, agent: Caller, cloud, **values: Any) -> dict[str, Any]:
    """A ticket that somebody else opened and gave to `agent`, which he was told of and has read."""
    made = opener.post("/v1/tickets", NEW_TICKET | {"assignee_id": agent.me["id"]} | values)
    assert made.status == 201, made.body
    settle(cloud)
    assert agent.put("/v1/notifications/read").status == 204
    return dict(made.body)


def settle(cloud) -> None:
    """The stream to the bus, and what comes of it to people."""
    while cloud.run_stream() + cloud.run_notify():
        pass


def told(who: Caller, query: str = "") -> list[dict[str, Any]]:
    """The notices of somebody, newest first."""
    reply = who.get(f"/v1/notifications?limit=100{query}")
    assert reply.status == 200, reply.body
    return list(reply.body["data"])


def kinds(who: Caller) -> list[str]:
    return [one["kind"] for one in told(who)]


def state(who: Caller, channel: str, index: int = 0) -> tuple[str, str | None, str | None]:
    """`(state, reason, until)` of a channel of the newest notice."""
    one = told(who)[index]["channels"][channel]
    return one["state"], one["reason"], one["until"]


def mails(cloud, words: str = "") -> list[EmailMessage]:
    """The notices that went out by mail whose subject or text has these words, in order."""
    read = BytesParser(policy=default)
    found = [read.parsebytes(raw) for _, raw in cloud.sent()]
    return [one for one in found if words in f"{one['subject']}\n{text_of(one)}"]


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content()) if body else ""


def wish(who: Caller, **values: Any) -> dict[str, Any]:
    reply = who.patch("/v1/notifications/preferences", values)
    assert reply.status == 200, reply.body
    return dict(reply.body)


def note(who: Caller, ticket: dict[str, Any], *mentions: str) -> None:
    body = {"kind": "note", "body_text": "The secret is 4711.", "mentions": list(mentions)}
    reply = who.post(f"/v1/tickets/{ticket['id']}/messages", body)
    assert reply.status == 201, reply.body


def ask(customer: Caller, ticket: dict[str, Any], text: str = "And now?") -> None:
    reply = customer.post(f"/v1/portal/tickets/{ticket['id']}/messages", {"body_text": text})
    assert reply.status == 201, reply.body


@dataclass
class Browser:
    """A push service on loopback and the browser that it serves."""

    status: int = 201
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    def __post_init__(self) -> None:
        browser = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                browser.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(browser.status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                return

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def subscription(self, path: str = "one") -> dict[str, Any]:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": _text(point), "auth": _text(self.auth)}
        port = self._server.server_address[1]
        return {"endpoint": f"http://127.0.0.1:{port}/push/{path}", "keys": keys, "label": "Firefox"}

    def read(self, index: int = -1) -> str:
        """A message as the browser reads it."""
        import http_ece

        plain = http_ece.decrypt(self.got[index][1], private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        return str(plain.decode())

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
