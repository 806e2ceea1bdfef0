"""`desk mail`: its files need no command's name, and reading the archive again needs a day."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.cli import app
from infra.commands import mail, reparse


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["mail", *words], env={"COLUMNS": "200"})
    return result.exit_code, re.sub(r"\x1b\[[0-9;]*m", "", result.output)


def test_files_are_sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sent: list[str] = []

    def stop(origin: str, _key: str, smtp: str) -> None:
        sent.append(f"{origin} {smtp}")
        raise SystemExit(7)

    monkeypatch.setattr(mail, "desk", stop)
    letter = tmp_path / "reparse.eml"
    letter.write_bytes(b"From: a@b.test\n\nx")
    for words in ([str(letter)], ["--smtp", "h:1", str(letter)], ["send", "--smtp", "h:1", str(letter)]):
        assert run(*words)[0] == 7
    assert sent == [" ", " h:1", " h:1"]


def test_what_is_no_file_is_said() -> None:
    code, output = run("no-such-file.eml")
    assert code == 2 and "no-such-file.eml" in output and "not exist" in output


def test_reading_again_wants_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, bool]] = []
    monkeypatch.setattr(reparse, "enter", lambda _stack: None)
    monkeypatch.setattr(reparse, "report", lambda since, *, apply: asked.append((since.isoformat(), apply)) or ["done"])
    assert run("reparse")[0] == 2 and run("reparse", "--since", "soon")[0] == 2
    assert run("reparse", "--since", "2026-01-31") == (0, "done\n")
    assert run("reparse", "--since", "2026-01-31", "--apply") == (0, "done\n")
    assert asked == [("2026-01-31T00:00:00+00:00", False), ("2026-01-31T00:00:00+00:00", True)]
