"""`desk events`: pages become lines, and Ctrl-C ends it cleanly."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from helpdesk.webhooks.event_types import catalogue
from infra.cli import app

EVENT = catalogue()["ticket.status_changed"]["example"] | {"seq": 7}


class Feed:
    """A desk with one event; after that nothing, or Ctrl-C."""

    def __init__(self, *, interrupted: bool = False) -> None:
        self.asked: list[str] = []
        self.interrupted = interrupted

    def call(self, _method, path):
        self.asked.append(path)
        if len(self.asked) > 1 and self.interrupted:
            raise KeyboardInterrupt
        return {"data": [EVENT] if len(self.asked) == 1 else [], "next_cursor": "7"}


def run(monkeypatch, feed, *arguments):
    monkeypatch.setattr("infra.commands.events.desk", lambda *_: feed)
    return CliRunner().invoke(app, ["events", *arguments])


def test_events_are_lines_or_json(monkeypatch):
    feed = Feed()
    done = run(monkeypatch, feed, "--after", "3", "--types", "ticket.status_changed", "--no-follow")
    assert done.exit_code == 0
    assert "ticket.status_changed" in done.stdout
    assert 'status_id: "new" > "open"' in done.stdout
    assert feed.asked[0] == "/v1/events?after=3&limit=500&types=ticket.status_changed"
    done = run(monkeypatch, Feed(), "--json", "--no-follow")
    assert json.loads(done.stdout) == EVENT


def test_ctrl_c_ends_it_cleanly(monkeypatch):
    done = run(monkeypatch, Feed(interrupted=True))
    assert (done.exit_code, len(done.stdout.splitlines())) == (0, 1)
