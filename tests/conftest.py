"""Fixtures that all tests share."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile(
    "desk", deadline=None
)  # a busy machine is no fault; what may take long has a bound of its own
settings.load_profile("desk")
pytest_plugins = ("tests.stack_fixture", "tests.callers", "tests.receiver", "tests.timeline")
