"""`desk events`: the feed as it grows, like `tail -f`."""

from __future__ import annotations

import json
import time
from typing import Annotated, Any
from urllib.parse import urlencode

import typer

from infra.commands.target import Desk, Key, Origin, desk

After = Annotated[str, typer.Option(help="Begin after this number; 0 is the beginning, latest the end.")]
Types = Annotated[str, typer.Option(help="Only these types, with commas.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document a line.")]
Follow = Annotated[bool, typer.Option(help="Go on until Ctrl-C; else end when there is no more.")]
PAUSE_SECONDS = 1.0


def events(
    after: After = "latest",
    types: Types = "",
    as_json: Json = False,
    follow: Follow = True,
    origin: Origin = "",
    key: Key = "",
) -> None:
    """Show what happens on the desk, as it happens."""
    there, cursor = desk(origin, key), after
    try:
        while True:
            page = read(there, cursor, types)
            for event in page["data"]:
                typer.echo(json.dumps(event, ensure_ascii=False) if as_json else line_of(event))
            moved, cursor = page["next_cursor"] != cursor, page["next_cursor"]
            if not (moved or follow):
                return
            if not moved:
                time.sleep(PAUSE_SECONDS)
    except KeyboardInterrupt:
        return


def read(there: Desk, after: str, types: str) -> dict[str, Any]:
    """The next page of the feed."""
    query = {"after": after, "limit": 500} | ({"types": types} if types else {})
    return dict(there.call("GET", f"/v1/events?{urlencode(query)}"))


def line_of(event: dict[str, Any]) -> str:
    """An event on one line: number, time, type, subject, who, and what changed."""
    who, subject = event["actor"], event["subject"]
    changes = ", ".join(
        f"{name}: {_short(one['from'])} > {_short(one['to'])}" for name, one in event["changes"].items()
    )
    place = f"{subject['kind']} {subject['id']}"
    by = f"by {who['kind']} {who['id']}"
    return f"{event['seq']:>8}  {event['at']}  {event['type']:<26} {place}  {by}  {changes}".rstrip()


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"
