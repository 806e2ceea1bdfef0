"""A desk in memory that answers what the screens ask, so that their own tests need no stack.

It knows the shapes of the API, not its rules: those are tested where they are made. What it was asked to
write is kept in `writes`.
"""

from __future__ import annotations

import json
import mimetypes
import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

from infra.commands.portal import BESIDE
from infra.local.security_headers import security_headers
from tests.browser import canned_numbers
from tests.browser.canned_data import ME, PORTAL_FORM, PORTAL_ME, SETTINGS, messages_of, ticket_rows
from tests.browser.canned_imports import CannedImports
from tests.browser.canned_mail import quarantined
from tests.browser.canned_notices import CannedNotices
from tests.browser.canned_relations import RULES
from tests.browser.canned_settings import CannedSettings
from tests.browser.canned_work import CannedWork

STATIC = Path(__file__).resolve().parents[2] / "portal_static"
APPS = ("agent", "portal", "docs")
DELAY_S = float(os.environ.get("CANNED_DELAY_S", "0"))  # at most, by chance: shows the tests that look too soon
PATIENCE_S = 20.0


@dataclass
class CannedDesk:
    """The state of the desk, and what was asked of it."""

    origin: str = ""
    signed_in: bool = True
    role: dict[str, Any] = field(default_factory=lambda: dict(ME))
    tickets: list[dict[str, Any]] = field(default_factory=ticket_rows)
    writes: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    broken: str = ""  # path below /v1 that answers 500
    settings: CannedSettings = field(default_factory=CannedSettings)
    work: CannedWork = field(init=False)
    notices: CannedNotices = field(init=False)
    imports: CannedImports = field(default_factory=CannedImports)
    at_settings: bool = False  # the screen that asks
    wrote: threading.Condition = field(default_factory=threading.Condition)
    turn: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.work = CannedWork(self.tickets)
        self.notices = CannedNotices(self.tickets)

    def answer(
        self, method: str, path: str, query: dict[str, str], body: dict[str, Any], version: str = ""
    ) -> tuple[int, Any]:
        """Status and JSON of one call; `path` is below /v1, `version` the one of If-Match."""
        self.settings.version = version
        if self.broken and path.startswith(self.broken):
            return 500, {"code": "broken", "detail": "The table did not answer.", "request_id": "01TEST"}
        if method != "GET":
            with self.wrote:
                self.writes.append((method, path, body))
                self.wrote.notify_all()
        if path in {"/session", "/portal/session"}:
            self.signed_in = method == "POST"
            return (201, self.me(path)) if self.signed_in else (204, None)
        if path == "/portal/brand":
            return 200, {"name": PORTAL_ME["org"]["name"], "locale": "en"}
        if path == "/portal/sign-in-links":
            return 202, {}
        if not self.signed_in:
            return 401, {"code": "unauthenticated", "detail": "Sign in."}
        return self.inside(method, path.removeprefix("/portal"), query, body, portal=path.startswith("/portal"))

    def written(self, path: str, count: int = 1) -> list[tuple[str, dict[str, Any]]]:
        """`(method, body)` of what was written below a path; waits until there are `count` of them.

        A screen shows a change before it asks for it, so what is shown says nothing about what has arrived here.
        """

        with self.wrote:
            self.wrote.wait_for(lambda: sum(at.startswith(path) for _, at, _ in self.writes) >= count, PATIENCE_S)
            return [(method, body) for method, at, body in self.writes if at.startswith(path)]

    def inside(
        self, method: str, path: str, query: dict[str, str], body: dict[str, Any], portal: bool
    ) -> tuple[int, Any]:
        """The answer to somebody who is signed in."""
        if path == "/me":
            return 200, PORTAL_ME if portal else self.role
        if path == "/events":
            return 200, {"data": [], "next_cursor": "1"}
        if path in {"/wallboard", "/numbers"}:
            return self.numbers(path, query)
        if read := self.imports.answer(method, path, query, body):
            return read
        if not portal and (told := self.notices.answer(method, path, query, body)):
            return told
        if portal and path in {"/topics", "/form"}:
            return 200, {"data": PORTAL_FORM[path], "next_cursor": None}
        if not (portal or self.at_settings) and (known := self.work.answer(method, path, query, body)):
            return known
        if (self.at_settings or path != "/views") and (known := self.settings.answer(method, path, query, body)):
            return known
        if path == "/views":
            return 200, {"data": SETTINGS[path] + self.work.views, "next_cursor": None}
        if path == "/mail/M1" and method == "GET":
            return 200, quarantined()
        if path in SETTINGS:
            return 200, {"data": SETTINGS[path], "next_cursor": None}
        if path == "/tickets" and method == "GET":
            wanted = query.get("requester_id", "")
            rows = [row for row in self.tickets if wanted in {"", row["requester"]["id"]}]
            return 200, {"data": rows, "next_cursor": None}
        if path.startswith("/tickets/"):
            return self.one_ticket(method, path.split("/")[2:], body)
        return 200, {"data": [], "next_cursor": None}

    def numbers(self, path: str, query: dict[str, str]) -> tuple[int, Any]:
        """The wall, or one's own numbers; what others did is for whoever may."""
        if refused := self.work.refusals.pop(f"GET {path}", None):
            return refused
        if path == "/numbers":
            return 200, canned_numbers.mine()
        team = {"team_id": query.get("team_id")}
        return 200, canned_numbers.wall("numbers:read" in self.role["permissions"]) | team | (
            {"active": 7, "people": []} if team["team_id"] else {}
        )

    def one_ticket(self, method: str, parts: list[str], body: dict[str, Any]) -> tuple[int, Any]:
        """A ticket, or what is written to it."""
        found = [row for row in self.tickets if parts[0] in {row["id"], str(row["number"])}]
        if not found:
            return 404, {"code": "not_found", "detail": "No such ticket."}
        ticket = found[0]
        if parts[1:] == ["messages"] and method == "POST":
            return 201, self.sent(ticket, body)
        if method == "PATCH" or parts[1:] == ["resolution"]:
            status = body.get("status_id") or ("solved" if method == "PUT" else "open")
            if body.get("fields", {}).get("site") == "wrong":
                fault = {"pointer": "/fields/site", "code": "pattern", "message": "that is no site"}
                return 422, {"code": "invalid", "detail": "some fields are not right", "errors": [fault]}
            ticket["was"] = {"status": ticket["status"]}
            ticket["status"] = {"id": status, "label": status.title(), "category": status}
            ticket["fields"] = ticket["fields"] | body.get("fields", {})
            ticket["version"] += 1
        events = [
            {"id": f"E{ticket['version']}", "version": ticket["version"], "type": "x", "at": ticket["updated_at"]},
            *ticket.get("told", ()),
        ]
        held = [row for row in self.work.held.values() if row["id"].startswith(ticket["id"])]
        messages = messages_of(ticket) + ([] if self.work.far_back else held)
        extra = {
            "messages": messages,
            "messages_cursor": None,
            "planned": self.work.planned(ticket["id"]),
            "events": events,
            "can_close": True,
            "field_rules": RULES,
        }
        return 200, ticket | extra | {"can_reopen": False, "handled_by": {"name": "Sam Agent"}}

    def sent(self, ticket: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
        """A message of ours, held if it says so."""
        message = messages_of(ticket, sent=body)[-1]
        if seconds := body.get("undo_seconds"):
            start = datetime.fromisoformat(message["created_at"])
            until = (start + timedelta(seconds=seconds)).isoformat()
            message["delivery"] = {"status": "held", "until": until}
            self.work.held[message["id"]] = message
        if until := body.get("send_at"):
            message["delivery"] = {"status": "held", "until": until, "later": True, "waits": None}
            message["delivery"]["status_id"] = body.get("status_id")
            self.work.held[message["id"]] = message
        return message

    def me(self, path: str) -> dict[str, Any]:
        """Who has just signed in."""
        return PORTAL_ME if path.startswith("/portal") else self.role


def late() -> None:
    """Take a while, when that is asked for: on the way here, and on the way back."""
    if DELAY_S:
        time.sleep(random.uniform(0, DELAY_S))


class _Handler(BaseHTTPRequestHandler):
    desk: CannedDesk
    headers_of_edge = security_headers("")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def handle_any(self) -> None:
        url = urlsplit(self.path)
        if not url.path.startswith("/v1/"):
            return self.send_file(url.path)
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length) or b"{}") if length else {}
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        version = (self.headers.get("If-Match") or "").strip('"')
        late()
        with self.desk.turn:  # pages ask several things at once, and each sees the others' writes whole
            self.desk.at_settings = "/agent/settings" in (self.headers.get("Referer") or "")
            status, answer = self.desk.answer(self.command, url.path[3:], query, body, version)
        late()
        content = b"" if answer is None else json.dumps(answer).encode()
        return self.reply(status, content, "application/json")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

    def send_file(self, path: str) -> None:
        file = BESIDE.get(path.lstrip("/")) or STATIC / path.lstrip("/")
        app = path.split("/")[1]
        if app in APPS and not file.suffix:
            file = STATIC / app / "index.html"
        if not file.is_file():
            return self.reply(404, b"", "text/plain")
        kind = "text/javascript" if file.suffix == ".js" else mimetypes.guess_type(file.name)[0]
        return self.reply(200, file.read_bytes(), kind or "application/octet-stream")

    def reply(self, status: int, content: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in self.headers_of_edge.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def serve() -> Iterator[CannedDesk]:
    """Serve a fresh desk on a free port until the block ends."""
    desk = CannedDesk()
    handler = type("Handler", (_Handler,), {"desk": desk})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    desk.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield desk
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def ready(page: Page, selector: str) -> None:
    """Wait until something is shown and the desk knows what it is set up with: keys do nothing before."""
    page.wait_for_selector(selector)
    page.wait_for_selector("desk-shell:not([aria-busy])", state="attached")
