"""What holds for all of the code: where AWS, the environment and keys may stand, and that handlers import bare."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from helpdesk.filters.rule_fields import EVENT_FIELDS
from helpdesk.web.catalogue import FEATURES

FUNCTIONS = Path(__file__).parents[2] / "functions"
FILES = sorted(FUNCTIONS.rglob("*.py"))
WORKERS = (
    *("inbound_mail", "outbound_mail", "mail_feedback", "ticket_stream", "index_search"),
    *("run_job", "purge", "deliver_webhook", "feed_archive", "run_rules"),
)


def _text(path):
    return path.read_text()


def test_the_environment_is_read_in_one_place():
    readers = [path.relative_to(FUNCTIONS) for path in FILES if re.search(r"\bos\.environ|\bgetenv", _code(path))]
    assert [str(path) for path in readers] == ["helpdesk/core/config.py"]


def test_only_stores_speak_dynamodb():
    """Keys and expressions stand in stores and their like; nobody scans."""
    allowed = re.compile(
        r"core/|store\.py$|web/(limits|idempotency)\.py$|mail/(receiving/ledger|sending/deliveries)\.py$|tickets/once\.py$"
    )
    speakers = [
        str(path.relative_to(FUNCTIONS)) for path in FILES if re.search(r'"pk"|(?<!_)\bUpdate\(|\bPut\(', _code(path))
    ]
    assert [path for path in speakers if not allowed.search(path)] == []
    assert [path for path in FILES if re.search(r"\.scan\(", _code(path))] == []


@pytest.mark.parametrize("name", (*FEATURES, *WORKERS))
def test_a_handler_imports_with_an_empty_environment(name):
    heavy = ("pydantic", "jinja2", "nh3", "sqlite3", "opensearchpy")
    code = f"import {name}.handler, sys; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=FUNCTIONS, env={}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]", "heavy modules are imported where they are used"


def test_files_and_functions_are_short():
    """House style: 200 lines a file; a function may have 40 with its docstring and line breaks."""
    long_files = {
        str(path.relative_to(FUNCTIONS)): len(_text(path).splitlines())
        for path in FILES
        if len(_text(path).splitlines()) > 200
    }
    assert long_files == {}
    long_functions = [
        f"{path.relative_to(FUNCTIONS)}:{node.name}"
        for path in FILES
        for node in ast.walk(ast.parse(_text(path)))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno > 40
    ]
    assert long_functions == []


def _code(path):
    """The file without comments and docstrings, roughly."""
    return re.sub(r'""".*?"""|(?m:(?:^|  )# [^\n]*)', "", _text(path), flags=re.DOTALL)


def test_every_event_type_is_documented():
    documented = set(re.findall(r"^\| `([a-z_.]+)` \|", (FUNCTIONS.parent / "docs/events.md").read_text(), re.M))
    subjects = "|".join(sorted({type_.partition(".")[0] for type_ in documented}))
    emitted = set()
    for path in FILES:
        emitted |= set(re.findall(rf'"((?:{subjects})\.[a-z_]+)"', _code(path)))
    assert emitted - {one.name for one in EVENT_FIELDS} == documented, "fields that rules ask for look alike"


def test_only_web_imports_the_event_handler():
    users = {path.relative_to(FUNCTIONS).parts[1] for path in FILES if "powertools.event_handler" in _text(path)}
    assert users == {"web"}
