"""Which desk a command talks to, and how: options, then environment, then the running laptop stack."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any

import typer

from infra.local.layout import current_layout, read_json

Origin = Annotated[str, typer.Option(envvar="DESK_ORIGIN", help="Base URL; default: the running laptop stack.")]
Key = Annotated[str, typer.Option(envvar="DESK_KEY", help="API key; default: the laptop stack's.")]
Smtp = Annotated[str, typer.Option(envvar="DESK_SMTP", help="HOST:PORT of the SMTP door that mail goes to.")]
TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Desk:
    """A desk's address and the credentials for it."""

    origin: str
    key: str
    smtp: str = ""
    support_address: str = ""
    stack: dict[str, Any] = field(default_factory=dict)

    def call(self, method: str, path: str, body: object = None) -> Any:
        """The JSON of an answer, None for 204.

        Raises
        ------
        typer.Exit
            with 1, after printing the problem's detail, for any other answer than 2xx.
        """
        request = urllib.request.Request(f"{self.origin}{path}", method=method, headers=self._headers())
        if body is not None:
            request.data = json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                content = answer.read()
        except urllib.error.HTTPError as failure:
            raise _explained(method, path, failure) from failure
        except OSError as failure:
            raise _said(f"{self.origin} does not answer: {failure}") from failure
        return json.loads(content) if content else None

    def pages(self, path: str, **query: str | int) -> Iterator[dict[str, Any]]:
        """Every row of a list, page by page."""
        cursor: str | None = None
        while True:
            asked = {name: value for name, value in {**query, "cursor": cursor}.items() if value}
            page = self.call("GET", f"{path}?{urllib.parse.urlencode(asked)}")
            yield from page["data"]
            cursor = page["next_cursor"]
            if not cursor:
                return

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}


def desk(origin: str = "", key: str = "", smtp: str = "") -> Desk:
    """The desk that the options name, completed from the running laptop stack.

    Raises
    ------
    typer.Exit
        when neither says where the desk is.
    """
    stack = read_json(current_layout().stack)
    if not (origin or stack):
        raise _said("no laptop stack is running (start it with `desk up`); or name a desk with --origin and --key")
    if origin and origin.rstrip("/") != stack.get("origin"):
        return Desk(origin.rstrip("/"), key, smtp)
    return Desk(stack["origin"], key or stack["api_key"], smtp or stack["smtp_in"], stack["support_address"], stack)


def _explained(method: str, path: str, failure: urllib.error.HTTPError) -> typer.Exit:
    text = failure.read().decode("utf-8", "replace")
    try:
        problem = json.loads(text)
        text = f"{problem.get('detail') or problem.get('title')} ({problem.get('code')})"
    except ValueError:
        text = text[:200]
    return _said(f"{method} {path}: {failure.code} {text}")


def _said(text: str) -> typer.Exit:
    typer.echo(text, err=True)
    return typer.Exit(1)
