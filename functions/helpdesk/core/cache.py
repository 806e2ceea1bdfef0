"""Answers kept in a container for some seconds: sessions, keys, settings."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
_MOST = 1000
_stores: list[dict[Any, Any]] = []


def remember(seconds: float) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Decorate a function of hashable positional arguments: one call per `seconds` and arguments.

    What a person may do is kept for at most 30 s, so that a revoked session ends in under 60 s.
    """

    def decorate(function: Callable[..., T]) -> Callable[..., T]:
        store: dict[Any, tuple[float, T]] = {}
        _stores.append(store)

        def cached(*args: Any) -> T:
            now = time.monotonic()
            kept = store.get(args)
            if kept and kept[0] > now:
                return kept[1]
            if len(store) >= _MOST:
                store.clear()
            value = function(*args)
            store[args] = (now + seconds, value)
            return value

        cached.__doc__, cached.__name__ = function.__doc__, function.__name__
        return cached

    return decorate


def forget() -> None:
    """Empty every cache of this container (after a write that readers must see, and between tests)."""
    for store in _stores:
        store.clear()
