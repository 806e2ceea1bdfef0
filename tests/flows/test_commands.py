"""The `desk` command against a running stack, as a person types it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.stack_fixture import ROOT, Stack

GOOD = b"From: Rosa <rosa@customer.test>\nTo: support@acme.test\nSubject: Printer\nMessage-ID: <one@customer.test>\n\n"


def desk(stack: Stack, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "infra.cli", *arguments],
        cwd=ROOT,
        env=os.environ | {"DESK_STATE": str(stack.state), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=110,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def views(stack: Stack) -> dict[str, int]:
    request = urllib.request.Request(f"{stack.api}/views", headers={"Authorization": f"Bearer {stack.api_key}"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return {view["id"]: view["count"] for view in json.load(answer)["data"]}


def test_mail_prints_the_outcome_of_each_file(stack: Stack, tmp_path: Path) -> None:
    (tmp_path / "a-good.eml").write_bytes(GOOD + b"It does not print.\n")
    (tmp_path / "b-again.eml").write_bytes(GOOD + b"It does not print.\n")
    (tmp_path / "c-empty.eml").write_bytes(b"")
    (tmp_path / "d-nobody.eml").write_bytes(b"Subject: who\n\nNo sender.\n")
    first = desk(stack, "mail", str(tmp_path / "a-good.eml"))
    assert "1 mails: 1 message" in first
    rest = desk(stack, "mail", str(tmp_path))
    assert "4 mails: 2 duplicate, 2 quarantine" in rest


def test_quarantine_lists_shows_and_releases(stack: Stack, tmp_path: Path) -> None:
    (tmp_path / "nobody.eml").write_bytes(b"Subject: lost words\n\nNo sender here.\n")
    desk(stack, "mail", str(tmp_path))
    listed = desk(stack, "quarantine", "list")
    assert "no_sender" in listed
    mail_id = re.findall(r"[0-9A-HJKMNP-TV-Z]{26}", listed)[-1]
    assert json.loads(desk(stack, "quarantine", "show", mail_id))["id"] == mail_id
    desk(stack, "quarantine", "reject", mail_id)
    assert mail_id not in desk(stack, "quarantine", "list")


def test_a_new_key_works_until_it_is_revoked(stack: Stack) -> None:
    key = desk(stack, "key", "create", "robot", "--scope", "tickets:read").strip()
    assert key.startswith("ldk_acme_")
    assert "robot" in desk(stack, "key", "list", "--key", stack.api_key)
    desk(stack, "key", "list", "--key", key, code=1)  # it may not read keys


def test_seed_makes_tickets_feed_and_counts_agree(stack: Stack) -> None:
    before = views(stack)
    printed = desk(stack, "seed", "--tickets", "60", "--seed", "5")
    assert re.search(r"60 tickets, \d+ events in \d+ s", printed)
    after = views(stack)
    made = {name: after[name] - before.get(name, 0) for name in ("open", "solved", "closed")}
    assert sum(made.values()) == 60
    assert 3 <= made["open"] <= 25


def test_without_a_stack_it_says_how_to_start_one(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "infra.cli", "quarantine", "list"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("DESK_")}
        | {"DESK_STATE": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "desk up" in done.stderr
