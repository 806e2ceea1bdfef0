"""Noticing that the sources changed, so that the next request runs the new code."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, DefaultFilter
from watchfiles import watch as watch_files

from infra import FUNCTIONS, ROOT


class _Sources(DefaultFilter):
    def __call__(self, change: Change, path: str) -> bool:
        return path.endswith((".py", ".yaml", ".jinja", ".html", ".txt")) and super().__call__(change, path)


def watch(stopping: threading.Event) -> Iterator[set[Path]]:
    """Sets of changed files of functions/ and of the templates, until `stopping` is set."""
    places = [FUNCTIONS, ROOT / "template.yaml", *(ROOT / "infra").glob("*.yaml")]
    for changes in watch_files(*places, watch_filter=_Sources(), stop_event=stopping, raise_interrupt=False):
        yield {Path(path) for _, path in changes}
