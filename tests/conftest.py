"""Fixtures that all tests share."""

from __future__ import annotations

pytest_plugins = ("tests.stack_fixture", "tests.callers", "tests.receiver", "tests.timeline")
